package bulla.identity.role;

import java.util.Set;

/**
 * A role as it counts for its holders.
 *
 * @param id the role's id
 * @param name the role's name
 * @param permissions the flattened permissions, implied ones included
 */
public record GrantedRole(String id, String name, Set<String> permissions) {
  /** Copies the permissions. */
  public GrantedRole {
    permissions = Set.copyOf(permissions);
  }
}
