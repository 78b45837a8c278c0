package bulla.resilientpackage.policy;

import static bulla.resilientpackage.policy.InvalidPolicyException.require;

/**
 * Which operations leave an audit record.
 *
 * @param success the operations whose success is recorded
 * @param failed the operations whose failure or refusal is recorded
 */
public record AuditFlags(Permissions success, Permissions failed) {
  /** No records. */
  public static final AuditFlags NONE = new AuditFlags(Permissions.NONE, Permissions.NONE);

  public AuditFlags {
    require(success, "success");
    require(failed, "failed");
  }

  /** What either of the two records. */
  public AuditFlags union(AuditFlags other) {
    return new AuditFlags(success.union(other.success), failed.union(other.failed));
  }
}
