package bulla.resilientpackage.policy;

import static bulla.resilientpackage.policy.InvalidPolicyException.require;

/**
 * What a rule grants and what of it is recorded; also the shape of a policy's template.
 *
 * @param access the operations that are allowed
 * @param audit the operations that leave an audit record
 */
public record RulePermission(Permissions access, AuditFlags audit) {
  public RulePermission {
    require(access, "access");
    require(audit, "audit");
  }
}
