package bulla.pim.alphabet;

import bulla.resilientpackage.policy.PolicyAlphabet;
import java.util.Collection;
import java.util.List;

/** The alphabets, for the features that refer to them. */
public interface Alphabets {
  /**
   * The alphabet that a member of a request names.
   *
   * @throws bulla.commonops.problem.Problem 400 where there is no such alphabet
   */
  PolicyAlphabet referenced(String uid, String member);

  /** These alphabets, in the order of their uids; one statement per thousand. */
  List<PolicyAlphabet> definitions(Collection<Long> ids);
}
