package bulla.identity.user;

import java.util.Set;

/**
 * A group as it counts for its members.
 *
 * @param id the group's id
 * @param name the group's name
 * @param roleIds the roles that all its members have
 */
public record UserGroup(String id, String name, Set<String> roleIds) {
  /** Copies the roles. */
  public UserGroup {
    roleIds = Set.copyOf(roleIds);
  }
}
