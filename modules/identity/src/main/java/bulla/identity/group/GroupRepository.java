package bulla.identity.group;

import bulla.commonops.http.Page;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Where groups are kept. All calls belong into a transaction. */
interface GroupRepository {
  Optional<Group> find(String id);

  /** The group, kept from other transactions until this one ends. */
  Optional<Group> lock(String id);

  List<Group> named(Collection<String> nameKeys);

  /** The groups with their roles, in the order of their names as they are compared. */
  List<Group> withIds(Collection<String> ids);

  /** The names of at most {@code most} groups with this role, in order. */
  List<String> namesWithRole(String roleId, int most);

  /** One page of all groups with their roles, in the order of their names as they are compared. */
  List<Group> page(Page page);

  long count();

  /**
   * Stores a new group.
   *
   * @throws bulla.commonops.problem.Problem 409 where the name is taken, 400 where one of the roles
   *     was deleted at the same time
   */
  void add(Group group);

  /**
   * Writes the changes of a group and raises its version, also where its members alone are others.
   *
   * @throws bulla.commonops.problem.Problem 400 where one of the roles was deleted at the same time
   */
  void changed(Group group);

  /** Raises the version of the groups with these ids. */
  void raiseVersions(Collection<String> ids);

  void remove(Group group);
}
