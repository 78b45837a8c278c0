package bulla.identity.user;

import bulla.commonops.http.Page;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where users are kept. All calls belong into a transaction. */
interface UserRepository {
  Optional<User> find(String id);

  /** The user, kept from other transactions until this one ends. */
  Optional<User> lock(String id);

  Optional<User> named(UserName name);

  /** One page of the users that are sought, in the order of their names as they are compared. */
  List<User> page(UserSearch search, Page page);

  long count(UserSearch search);

  long count();

  boolean isGood(String id, long tokenGeneration);

  /**
   * Stores a new user.
   *
   * @throws bulla.commonops.problem.Problem 409 where the name is taken, 400 where one of the roles
   *     was deleted at the same time
   */
  void add(User user);

  /**
   * Writes the changes made so far, so that queries see them.
   *
   * @throws bulla.commonops.problem.Problem 400 where one of the roles was deleted at the same time
   */
  void flush();

  void remove(User user);

  /** The names of at most {@code most} users with this role, in order. */
  List<String> namesWithRole(String roleId, int most);

  /** Raises the token generation of all users with this role, of their own or by a group. */
  void endTokensOfRole(String roleId);

  /**
   * Whether some enabled user has one of the roles of each of the two sets, of its own or by a
   * group.
   */
  boolean someoneHas(Collection<String> oneOfTheseRoles, Collection<String> andOneOfThese);

  /**
   * The ids of the users with these names as they are compared; whoever is not there is left out.
   */
  Map<String, String> ids(Collection<String> nameKeys);

  /** The ids of all roles that one of these users has, of its own or by a group. */
  Set<String> roleIds(Collection<String> userIds);

  /** The ids of the users in a group. */
  Set<String> memberIds(String groupId);

  /**
   * The names of the users in each of these groups, in order; a group without users is left out.
   */
  Map<String, List<String>> memberNames(Collection<String> groupIds);

  /**
   * Puts a user into a group.
   *
   * @throws bulla.commonops.problem.Problem 400 where the user was deleted at the same time
   */
  void addMember(String groupId, String userId);

  void removeMember(String groupId, String userId);

  /** Raises the token generation of these users. */
  void endTokens(Collection<String> ids);
}
