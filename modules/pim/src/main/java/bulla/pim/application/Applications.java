package bulla.pim.application;

import bulla.resilientpackage.policy.Application;
import java.util.Collection;
import java.util.List;

/** The trusted applications, for the features that refer to them. */
public interface Applications {
  /**
   * The numbers of the trusted applications that a list in a request names, ascending; one
   * statement per thousand.
   *
   * @param list the member of the request that is the list
   * @throws bulla.commonops.problem.Problem 400 where one of them does not exist or is named twice
   */
  List<Long> allReferenced(List<String> uids, String list);

  /** These trusted applications, in the order of their uids; one statement per thousand. */
  List<Application> definitions(Collection<Long> ids);
}
