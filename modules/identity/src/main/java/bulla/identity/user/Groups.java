package bulla.identity.user;

import java.util.Collection;
import java.util.List;

/** The groups, for their members; implemented where the groups are kept. */
public interface Groups {
  /**
   * The groups of these names, in any letter case and each once.
   *
   * @throws bulla.commonops.problem.Problem 400 naming the first that does not exist, with its
   *     place in {@code groups}
   */
  List<UserGroup> named(List<String> names);

  /** The groups with these ids, in the order of their names. */
  List<UserGroup> withIds(Collection<String> ids);

  /** The names of at most {@code most} groups with this role, in order. */
  List<String> namesWithRole(String roleId, int most);

  /** Says that somebody came into these groups or left them. */
  void membersChanged(Collection<String> ids);
}
