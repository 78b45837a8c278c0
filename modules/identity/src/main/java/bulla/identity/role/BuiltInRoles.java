package bulla.identity.role;

import bulla.identity.permission.PublishedRole;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives each built-in role the row that its holders refer to. */
@ApplicationScoped
class BuiltInRoles {
  @Inject RoleRepository repository;

  /** Adds the rows that this database does not have yet; runs when the tables are there. */
  @Transactional
  void install(@Observes @Priority(410) Startup startup) {
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
