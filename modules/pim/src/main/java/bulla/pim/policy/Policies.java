package bulla.pim.policy;

import bulla.resilientpackage.policy.Rule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The policies, for the features that refer to them. */
public interface Policies {
  /**
   * The numbers of the policies that a list in a request names, ascending; one statement per
   * thousand.
   *
   * @param list the member of the request that is the list
   * @throws bulla.commonops.problem.Problem 400 where one of them does not exist or is named twice
   */
  List<Long> allReferenced(List<String> uids, String list);

  /** The names of these policies, by their numbers; one statement per thousand. */
  Map<Long, String> names(Collection<Long> ids);

  /**
   * The rules of these policies, in any order; one statement per thousand policies. A policy
   * without rules is absent.
   */
  Map<Long, List<Rule>> rules(Collection<Long> ids);

  /** The numbers of the roles that have rules in these policies; one statement per thousand. */
  Set<Long> roles(Collection<Long> ids);
}
