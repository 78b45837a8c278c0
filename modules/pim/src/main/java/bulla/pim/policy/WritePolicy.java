package bulla.pim.policy;

import bulla.commonops.problem.CommonProblem;
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
 * @param type STRUCTURED, also where it is absent; it is not kept, because there is no other one
 */
public record WritePolicy(
    @ObjectName String name,
    @Description String description,
    WriteGrants template,
    PolicyType type) {
  private static final RulePermission MOST_RESTRICTIVE =
      new RulePermission(Permissions.NONE, AuditFlags.NONE);

  /** One of structured data. */
  public WritePolicy(String name, String description, WriteGrants template) {
    this(name, description, template, null);
  }

  /**
   * Makes sure that it is a policy that can be enforced.
   *
   * @throws bulla.commonops.problem.Problem 400 where it is one of unstructured data
   */
  void requireStructured() {
    if (type == PolicyType.UNSTRUCTURED) {
      throw CommonProblem.INVALID_VALUE.because(
          "A policy of type UNSTRUCTURED protects whole files, which no protector here does; use"
              + " STRUCTURED",
          "type");
    }
  }

  RulePermission completeTemplate() {
    return WriteGrants.complete(template, MOST_RESTRICTIVE);
  }
}
