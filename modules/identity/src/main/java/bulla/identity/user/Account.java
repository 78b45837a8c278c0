package bulla.identity.user;

import bulla.identity.password.PasswordHash;
import java.util.Optional;
import java.util.Set;

/**
 * A user as authentication sees it, at one moment.
 *
 * @param id the user's id
 * @param name the user's name
 * @param enabled whether the user may authenticate
 * @param tokenGeneration which of the user's tokens are good: those issued for this number
 * @param passwordHash absent where the user has no password
 * @param passwordTemporary whether the password must be changed before it is good for anything else
 * @param roles the names of the user's roles, its own and those of its groups
 * @param permissions the flattened permissions, implied ones included
 */
public record Account(
    String id,
    String name,
    boolean enabled,
    long tokenGeneration,
    Optional<PasswordHash> passwordHash,
    boolean passwordTemporary,
    Set<String> roles,
    Set<String> permissions) {
  /** Copies the sets. */
  public Account {
    roles = Set.copyOf(roles);
    permissions = Set.copyOf(permissions);
  }
}
