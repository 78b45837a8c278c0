package bulla.resilientpackage.policy;

import static bulla.resilientpackage.policy.InvalidPolicyException.require;
import static bulla.resilientpackage.policy.InvalidPolicyException.requireUid;

/**
 * What one role may do with one data element. Several policies may be deployed to one data store,
 * so several rules may join the same role and data element: they add up.
 *
 * @param role the uid of the role
 * @param dataElement the uid of the data element
 * @param mask the uid of the mask on unprotected values, {@link #CLEAR} for none, or null for the
 *     data element's own
 * @param noAccessOperation what an unprotect without the right to it gives
 * @param permission what is granted and what is recorded
 */
public record Rule(
    String role,
    String dataElement,
    String mask,
    NoAccessOperation noAccessOperation,
    RulePermission permission) {
  /** In place of a mask's uid: no mask, even where the data element has one. */
  public static final String CLEAR = "0";

  public Rule {
    requireUid(role, "role");
    requireUid(dataElement, "dataElement");
    if (mask != null) {
      requireUid(mask, "mask");
    }
    require(noAccessOperation, "noAccessOperation");
    require(permission, "permission");
  }
}
