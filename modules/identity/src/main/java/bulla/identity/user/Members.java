package bulla.identity.user;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The users, for the groups that they are in. */
public interface Members {
  /**
   * The ids of the users with these names, in any letter case and each once.
   *
   * @throws bulla.commonops.problem.Problem 400 naming the first that does not exist, with its
   *     place in {@code members}
   */
  Set<String> named(List<String> names);

  /** The ids of the users in a group. */
  Set<String> idsIn(String groupId);

  /**
   * The names of the users in each of these groups, in order; a group without users is left out.
   */
  Map<String, List<String>> namesIn(Collection<String> groupIds);

  /** The ids of all roles that one of these users has, of its own or by a group. */
  Set<String> roleIds(Collection<String> userIds);

  /**
   * Puts users into a group and takes others out.
   *
   * @throws bulla.commonops.problem.Problem 400 where one of them was deleted at the same time
   */
  void change(String groupId, Set<String> added, Set<String> removed);

  /** To be called before anything else is locked: see {@link Administrators}. */
  void lockAdministration();

  /**
   * Ends the tokens of these users, because their roles are other ones now.
   *
   * @throws bulla.commonops.problem.Problem 409 where nobody would be left who can administer
   */
  void rolesChanged(Set<String> userIds);
}
