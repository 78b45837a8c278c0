package bulla.rps;

import bulla.commonops.document.ApiDocument;
import bulla.commonops.problem.ProblemType;
import bulla.pim.object.PimProblem;
import bulla.rps.export.RpsProblem;
import java.util.stream.Stream;

/** This API's document. */
public class RpsDocument extends ApiDocument {
  public RpsDocument() {
    super(
        new RpsApplication(),
        // Finding out what is deployed is the business of policy management, and fails as it does.
        Stream.<ProblemType>concat(Stream.of(RpsProblem.values()), Stream.of(PimProblem.values()))
            .toList(),
        "rps.json");
  }
}
