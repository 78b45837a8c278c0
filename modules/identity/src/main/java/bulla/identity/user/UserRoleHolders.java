package bulla.identity.user;

import bulla.identity.role.RoleHolders;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;

/** The users as holders of roles. */
@Dependent
class UserRoleHolders implements RoleHolders {
  private final UserRepository users;
  private final Administrators administrators;

  @Inject
  UserRoleHolders(UserRepository users, Administrators administrators) {
    this.users = users;
    this.administrators = administrators;
  }

  @Override
  public List<String> namesOf(String roleId, int most) {
    return users.namesWithRole(roleId, most);
  }

  @Override
  public void permissionsChanged(String roleId) {
    users.endTokensOfRole(roleId);
    administrators.requireOne();
  }
}
