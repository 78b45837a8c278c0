package bulla.identity;

import bulla.commonops.document.ApiDocument;
import bulla.identity.problem.IdentityProblem;
import java.util.List;

/** This API's document. */
public class IdentityDocument extends ApiDocument {
  public IdentityDocument() {
    super(new IdentityApplication(), List.of(IdentityProblem.values()), "auth.json");
  }
}
