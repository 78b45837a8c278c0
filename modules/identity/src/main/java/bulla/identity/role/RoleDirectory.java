package bulla.identity.role;

import bulla.commonops.problem.Problem;
import bulla.identity.permission.PublishedRole;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.problem.Quoted;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The roles as others see them. */
@Dependent
@Transactional
class RoleDirectory implements Roles {
  private final RoleRepository repository;

  @Inject
  RoleDirectory(RoleRepository repository) {
    this.repository = repository;
  }

  @Override
  public List<GrantedRole> named(List<String> names) {
    var granted = new LinkedHashMap<String, GrantedRole>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String member = "roles[" + i + "]";
      GrantedRole role =
          roleName(name)
              .flatMap(repository::find)
              .orElseThrow(() -> unknown(name, member))
              .granted();
      granted.put(role.id(), role);
    }
    return List.copyOf(granted.values());
  }

  @Override
  public List<GrantedRole> withIds(Collection<String> ids) {
    // "in ()" is not SQL.
    return ids.isEmpty() ? List.of() : granted(repository.withIds(ids));
  }

  @Override
  public List<GrantedRole> all() {
    return granted(repository.all());
  }

  @Override
  public void lockAdministration() {
    repository.lockId(Role.builtInId(PublishedRole.DIRECTORY_ADMINISTRATOR));
  }

  private static List<GrantedRole> granted(List<Role> roles) {
    return roles.stream().map(Role::granted).toList();
  }

  private static Optional<RoleName> roleName(String text) {
    try {
      return Optional.ofNullable(text).map(RoleName::new);
    } catch (IllegalArgumentException noRoleCanHaveIt) {
      return Optional.empty();
    }
  }

  private static Problem unknown(String name, String member) {
    return IdentityProblem.UNKNOWN_ROLE.because(
        "There is no role " + Quoted.text(name) + "; GET /roles lists those that exist", member);
  }
}
