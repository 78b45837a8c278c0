package bulla.identity.role;

import bulla.commonops.change.Change;
import bulla.commonops.change.ChangeJournal;
import bulla.commonops.problem.Problem;
import bulla.identity.permission.PublishedPermission;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.problem.Quoted;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** Creates, changes and deletes roles. */
@Dependent
@Transactional
class RoleService {
  private static final String OBJECT_TYPE = "roles";
  private static final int HOLDERS_TO_NAME = 5;

  private final RoleRepository repository;
  private final RoleHolders holders;
  private final Roles roles;
  private final ChangeJournal journal;

  @Inject
  RoleService(RoleRepository repository, RoleHolders holders, Roles roles, ChangeJournal journal) {
    this.repository = repository;
    this.holders = holders;
    this.roles = roles;
    this.journal = journal;
  }

  List<RoleView> list() {
    return repository.all().stream().map(Role::view).toList();
  }

  /** A role and its version. */
  record Versioned(long version, RoleView view) {}

  Versioned get(RoleName name) {
    Role role = repository.find(name).orElseThrow(() -> notFound(name));
    return new Versioned(role.version(), role.view());
  }

  RoleChanged create(WriteRole wanted) {
    requireKnown(wanted.permissions());
    if (repository.find(wanted.name()).isPresent()) {
      throw IdentityProblem.ROLE_EXISTS.because(
          "There is a role \"" + wanted.name() + "\" already", "name");
    }
    Role role = Role.of(wanted.name(), wanted.description(), wanted.permissions());
    repository.add(role);
    journal.changed(
        Change.created("CREATE", OBJECT_TYPE, role.name(), role.view()).telling(detail(role)));
    return new RoleChanged(role.name(), "created");
  }

  RoleChanged update(WriteRole wanted, LongConsumer versionCheck) {
    requireKnown(wanted.permissions());
    roles.lockAdministration();
    Role role = repository.lock(wanted.name()).orElseThrow(() -> notFound(wanted.name()));
    versionCheck.accept(role.version());
    requireOwn(role);
    RoleView before = role.view();
    String detailBefore = detail(role);
    if (role.change(wanted.description(), wanted.permissions())) {
      repository.flush();
      holders.permissionsChanged(role.id());
    }
    journal.changed(
        Change.updated("UPDATE", OBJECT_TYPE, role.name(), before, role.view())
            .telling(detail(role) + "; before: " + detailBefore));
    return new RoleChanged(role.name(), "updated");
  }

  RoleChanged delete(RoleName name, LongConsumer versionCheck) {
    Role role = repository.lock(name).orElseThrow(() -> notFound(name));
    versionCheck.accept(role.version());
    requireOwn(role);
    List<String> named = holders.namesOf(role.id(), HOLDERS_TO_NAME + 1);
    if (!named.isEmpty()) {
      throw IdentityProblem.ROLE_IN_USE.because(
          "The role \""
              + role.name()
              + "\" is held by "
              + named.stream().limit(HOLDERS_TO_NAME).collect(Collectors.joining(", "))
              + (named.size() > HOLDERS_TO_NAME ? " and others" : "")
              + "; give them other roles first");
    }
    repository.remove(role);
    journal.changed(
        Change.deleted("DELETE", OBJECT_TYPE, role.name(), role.view())
            .telling("before: " + detail(role)));
    return new RoleChanged(role.name(), "deleted");
  }

  private static String detail(Role role) {
    String description = role.view().description();
    return "permissions "
        + String.join(", ", role.permissions())
        + (description.isEmpty() ? "" : ", description " + description);
  }

  private static void requireKnown(List<String> permissions) {
    for (int i = 0; i < permissions.size(); i++) {
      String name = permissions.get(i);
      if (name == null || !PublishedPermission.exists(name)) {
        String member = "permissions[" + i + "]";
        throw IdentityProblem.UNKNOWN_PERMISSION.because(
            "There is no permission "
                + Quoted.text(name)
                + "; GET /permissions lists those that exist",
            member);
      }
    }
  }

  private static void requireOwn(Role role) {
    if (role.isBuiltIn()) {
      throw IdentityProblem.ROLE_BUILT_IN.because(
          "\"" + role.name() + "\" is built in; create a role of your own");
    }
  }

  private static Problem notFound(RoleName name) {
    return IdentityProblem.ROLE_NOT_FOUND.because("There is no role \"" + name + "\"");
  }
}
