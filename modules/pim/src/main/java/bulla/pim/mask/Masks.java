package bulla.pim.mask;

import bulla.resilientpackage.policy.PolicyMask;
import java.util.Collection;
import java.util.List;

/** The masks, for the features that refer to them. */
public interface Masks {
  /**
   * The number of the mask that a member of a request names.
   *
   * @throws bulla.commonops.problem.Problem 400 where there is no such mask
   */
  long referenced(String uid, String member);

  /** These masks, in the order of their uids; one statement per thousand. */
  List<PolicyMask> definitions(Collection<Long> ids);
}
