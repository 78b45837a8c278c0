package bulla.pim.policy;

import bulla.resilientpackage.policy.Rule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The policies, for the features that refer to them. */
public interface Policies {
  /**
   * The number of the policy that a member of a request names.
   *
   * @throws bulla.commonops.problem.Problem 400 where there is no such policy
   */
  long referenced(String uid, String member);

  /**
   * The rules of these policies, in any order; one statement per thousand policies. A policy
   * without rules is absent.
   */
  Map<Long, List<Rule>> rules(Collection<Long> ids);

  /** The numbers of the roles that have rules in these policies; one statement per thousand. */
  Set<Long> roles(Collection<Long> ids);
}
