package bulla.pim.role;

import java.util.List;

/**
 * A role with its members, as it is defined.
 *
 * @param members in the order in which they were added; groups are not expanded
 */
public record RoleDefinition(
    long id, String uid, String name, RoleMode mode, boolean allowAll, List<MemberView> members) {
  /** Copies the members. */
  public RoleDefinition {
    members = List.copyOf(members);
  }
}
