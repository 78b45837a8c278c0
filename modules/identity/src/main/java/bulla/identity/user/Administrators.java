package bulla.identity.user;

import bulla.commonops.authentication.Permission;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.role.GrantedRole;
import bulla.identity.role.Roles;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Sees to it that somebody remains who can administer users and roles, and who has a password: a
 * certificate may run out or be unpinned. Whoever is about to take a right away calls {@link #lock}
 * before it locks anything else, so that two cannot take it from each other at the same time, and
 * {@link #requireOne} afterwards.
 */
@Dependent
class Administrators {
  private final UserRepository users;
  private final Roles roles;

  @Inject
  Administrators(UserRepository users, Roles roles) {
    this.users = users;
    this.roles = roles;
  }

  void lock() {
    roles.lockAdministration();
  }

  /**
   * Checks what the current transaction leaves behind.
   *
   * @throws bulla.commonops.problem.Problem 409 where it is nobody
   */
  void requireOne() {
    users.flush();
    List<GrantedRole> all = roles.all();
    if (!users.someoneHas(
        granting(all, Permission.USER_WRITE), granting(all, Permission.ROLE_WRITE))) {
      throw IdentityProblem.LAST_ADMINISTRATOR.because(
          "Enable another user with a password and the permissions "
              + Permission.USER_WRITE
              + " and "
              + Permission.ROLE_WRITE
              + " first");
    }
  }

  private static List<String> granting(List<GrantedRole> roles, String permission) {
    // Never empty: there are built-in roles with each.
    return roles.stream()
        .filter(role -> role.permissions().contains(permission))
        .map(GrantedRole::id)
        .toList();
  }
}
