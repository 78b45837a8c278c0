package bulla.identity.user;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The roles that count for a user: its own and those of all its groups. */
final class EffectiveRoles {
  private EffectiveRoles() {}

  /** The ids of the roles, each once. */
  static Set<String> ids(Collection<String> own, Collection<UserGroup> groups) {
    var ids = new HashSet<>(own);
    groups.forEach(group -> ids.addAll(group.roleIds()));
    return ids;
  }
}
