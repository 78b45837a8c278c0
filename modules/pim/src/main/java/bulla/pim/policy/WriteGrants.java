package bulla.pim.policy;

import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.RulePermission;

/**
 * What a template or a rule grants and records, as it is written: each half may be absent.
 *
 * @param access the operations that are allowed
 * @param audit the operations that leave an audit record
 */
public record WriteGrants(Permissions access, AuditFlags audit) {
  /** These, with what is absent taken from {@code defaults}. */
  static RulePermission complete(WriteGrants wanted, RulePermission defaults) {
    if (wanted == null) {
      return defaults;
    }
    return new RulePermission(
        wanted.access == null ? defaults.access() : wanted.access,
        wanted.audit == null ? defaults.audit() : wanted.audit);
  }

  /** Whether the access was written, and is none of a template. */
  static boolean hasAccess(WriteGrants wanted) {
    return wanted != null && wanted.access != null;
  }
}
