package bulla.pim.application;

import bulla.resilientpackage.policy.Application;
import java.util.Collection;
import java.util.List;

/** The trusted applications, for the features that refer to them. */
public interface Applications {
  /**
   * The number of the trusted application that a member of a request names.
   *
   * @throws bulla.commonops.problem.Problem 400 where there is none
   */
  long referenced(String uid, String member);

  /** These trusted applications, in the order of their uids; one statement per thousand. */
  List<Application> definitions(Collection<Long> ids);
}
