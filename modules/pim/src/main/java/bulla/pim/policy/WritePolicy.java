package bulla.pim.policy;

import bulla.pim.object.Description;
import bulla.pim.object.ObjectName;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.RulePermission;

/**
 * A policy to create, or what an existing one becomes.
 *
 * @param name the name, unique among the policies, 1 to 55 characters
 * @param description what it is for, in words, up to 255 characters; optional
 * @param template what a rule grants and records where it does not say so itself; nothing where it
 *     is absent
 */
public record WritePolicy(
    @ObjectName String name, @Description String description, WriteGrants template) {
  private static final RulePermission MOST_RESTRICTIVE =
      new RulePermission(Permissions.NONE, AuditFlags.NONE);

  RulePermission completeTemplate() {
    return WriteGrants.complete(template, MOST_RESTRICTIVE);
  }
}
