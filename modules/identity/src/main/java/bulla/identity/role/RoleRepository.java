package bulla.identity.role;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Where roles are kept. All calls belong into a transaction. */
interface RoleRepository {
  Optional<Role> find(RoleName name);

  /** The role, kept from other transactions until this one ends. */
  Optional<Role> lock(RoleName name);

  /** Waits for the role with this id and keeps others from it until the transaction ends. */
  void lockId(String id);

  List<Role> named(Collection<String> nameKeys);

  List<Role> withIds(Collection<String> ids);

  /** All, in the order of their names. */
  List<Role> all();

  /**
   * Stores a new role.
   *
   * @throws bulla.commonops.problem.Problem 409 where the name is taken
   */
  void add(Role role);

  /** Writes the changes made so far, so that queries see them. */
  void flush();

  /**
   * Removes a role.
   *
   * @throws bulla.commonops.problem.Problem 409 where somebody got it at the same time
   */
  void remove(Role role);
}
