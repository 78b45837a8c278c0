package bulla.identity.user;

import bulla.identity.role.RoleHolders;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;

/** The users and their groups as holders of roles. */
@Dependent
class UserRoleHolders implements RoleHolders {
  private final UserRepository users;
  private final Groups groups;
  private final Administrators administrators;

  @Inject
  UserRoleHolders(UserRepository users, Groups groups, Administrators administrators) {
    this.users = users;
    this.groups = groups;
    this.administrators = administrators;
  }

  @Override
  public List<String> namesOf(String roleId, int most) {
    return Stream.concat(
            groups.namesWithRole(roleId, most).stream().map(name -> "the group " + name),
            users.namesWithRole(roleId, most).stream())
        .limit(most)
        .toList();
  }

  @Override
  public void permissionsChanged(String roleId) {
    users.endTokensOfRole(roleId);
    administrators.requireOne();
  }
}
