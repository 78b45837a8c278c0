package bulla.identity.role;

import bulla.database.StartStep;
import bulla.identity.permission.PublishedRole;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives each built-in role the row that its holders refer to. */
@ApplicationScoped
class BuiltInRoles implements StartStep {
  private RoleRepository repository;

  /** For the container's proxies. */
  protected BuiltInRoles() {}

  @Inject
  BuiltInRoles(RoleRepository repository) {
    this.repository = repository;
  }

  @Override
  public int order() {
    return 410;
  }

  /** Adds the rows that this database does not have yet; runs when the tables are there. */
  @Override
  @Transactional
  public void start() {
    Set<String> present = repository.all().stream().map(Role::nameKey).collect(Collectors.toSet());
    for (PublishedRole published : PublishedRole.values()) {
      Role builtIn = Role.builtIn(published);
      // A role that somebody made under this name before it was published stays as it is.
      if (!present.contains(builtIn.nameKey())) {
        repository.add(builtIn);
      }
    }
  }
}
