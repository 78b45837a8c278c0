package bulla.identity.role;

import java.util.Collection;
import java.util.List;

/** The roles, for those who hold them. */
public interface Roles {
  /**
   * The roles of these names, in any letter case and each once.
   *
   * @throws bulla.commonops.problem.Problem 400 naming the first that does not exist, with its
   *     place in {@code roles}
   */
  List<GrantedRole> named(List<String> names);

  /** The roles with these ids, in the order of their names. */
  List<GrantedRole> withIds(Collection<String> ids);

  /** All roles, in the order of their names. */
  List<GrantedRole> all();

  /**
   * Waits until no other transaction can take away somebody's power to administer, and keeps others
   * from it until this transaction ends. To be called before any user or role is locked.
   */
  void lockAdministration();
}
