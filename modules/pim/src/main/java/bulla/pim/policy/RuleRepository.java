package bulla.pim.policy;

import bulla.commonops.http.Page;
import bulla.pim.object.ObjectType;
import bulla.pim.object.Versioned;
import bulla.resilientpackage.policy.Rule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The stored rules. */
interface RuleRepository {
  /** The numbers of the roles that have rules in these policies; one statement per thousand. */
  Set<Long> rolesOfPolicies(Collection<Long> policyIds);

  /**
   * The rules of each of these policies that has some, in any order; one statement per thousand
   * policies.
   */
  Map<Long, List<Rule>> definitions(Collection<Long> policyIds);

  /**
   * The rules of a policy for a role, a data element, or both, in the order of their creation.
   *
   * @param roleId any where it is null
   * @param dataElementId any where it is null
   * @param page all where it is null
   */
  List<Versioned<Rule>> ofPolicy(long policyId, Long roleId, Long dataElementId, Page page);

  /**
   * How many rules {@link #ofPolicy} finds where it finds all. Those of a whole policy are not
   * counted for it.
   */
  long count(long policyId, Long roleId, Long dataElementId);

  /** The rule of a policy for this role and data element. */
  Optional<PolicyRule> find(long policyId, long roleId, long dataElementId);

  /** Stores a new rule. */
  void add(PolicyRule rule);

  /** Writes what changed, so that the version of {@code rule} is the one that will be committed. */
  void write(PolicyRule rule);

  /** Removes a rule. */
  void remove(PolicyRule rule);

  /** Removes all rules of a policy; two statements. */
  void removeAll(long policyId);

  /** A rule that names this role, data element or mask. */
  Optional<PolicyRule> naming(ObjectType type, long id);
}
