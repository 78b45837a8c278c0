package bulla.commonops.authentication;

import java.util.Set;

/**
 * A caller whose credentials were verified.
 *
 * @param userId the user's id
 * @param name the user's name
 * @param permissions the flattened permissions, implied ones and canonical names included
 */
public record VerifiedCaller(String userId, String name, Set<String> permissions) {
  /** Copies the permissions. */
  public VerifiedCaller {
    permissions = Set.copyOf(permissions);
  }
}
