package bulla.pim.role;

import bulla.pim.object.ObjectType;
import bulla.pim.object.PimProblem;
import bulla.pim.object.PolicyChanges;
import bulla.pim.object.References;
import bulla.pim.object.Versioned;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Writes roles. */
@Dependent
@Transactional
class RoleService implements Roles {
  private final RoleRepository repository;
  private final MemberRepository members;
  private final PolicyChanges changes;
  private final References references;

  @Inject
  RoleService(
      RoleRepository repository,
      MemberRepository members,
      PolicyChanges changes,
      References references) {
    this.repository = repository;
    this.members = members;
    this.changes = changes;
    this.references = references;
  }

  List<RoleView> list(String name) {
    return repository.list(name).stream().map(RoleView::of).toList();
  }

  Versioned<RoleView> get(String uid) {
    Role role = repository.get(uid);
    return new Versioned<>(role.version(), RoleView.of(role));
  }

  RoleView create(WriteRole wanted) {
    changes.begin();
    repository.requireFree(wanted.name());
    var role = new Role(wanted);
    repository.add(role);
    var after = RoleView.of(role);
    changes.created(ObjectType.ROLE, role.uid(), after);
    return after;
  }

  RoleView change(String uid, WriteRole wanted, LongConsumer versionCheck) {
    changes.begin();
    Role role = repository.get(uid);
    versionCheck.accept(role.version());
    var before = RoleView.of(role);
    repository.requireFree(wanted.name(), role);
    if (!wanted.mode().takesUsers()) {
      members
          .anyUser(role.id())
          .ifPresent(
              user -> {
                throw PimProblem.GROUPS_ONLY.because(
                    "Role '" + uid + "' has the user '" + user.name() + "' as a member", "mode");
              });
    }
    role.become(wanted);
    repository.write(role);
    var after = RoleView.of(role);
    changes.changed(ObjectType.ROLE, uid, before, after);
    return after;
  }

  /** The members go with the role; a rule keeps it. */
  void delete(String uid, LongConsumer versionCheck) {
    changes.begin();
    Role role = repository.get(uid);
    versionCheck.accept(role.version());
    references.requireNone(ObjectType.ROLE, role);
    members.removeAll(role.id());
    repository.remove(role);
    changes.deleted(ObjectType.ROLE, uid, RoleView.of(role));
  }

  @Override
  public long referenced(String uid, String member) {
    return repository.referenced(uid, member).id();
  }

  @Override
  public long pathNamed(String uid) {
    return repository.get(uid).id();
  }

  @Override
  public List<String> automatic() {
    return repository.list().stream()
        .filter(role -> role.mode() == RoleMode.AUTOMATIC)
        .map(Role::uid)
        .toList();
  }

  @Override
  public List<RoleDefinition> definitions(Collection<Long> ids) {
    Map<Long, List<MemberView>> membersByRole = members.ofRoles(ids);
    return repository.findAll(ids).stream()
        .sorted(Comparator.comparing(Role::id))
        .map(
            role ->
                new RoleDefinition(
                    role.id(),
                    role.uid(),
                    role.name(),
                    role.mode(),
                    role.allowAll(),
                    membersByRole.getOrDefault(role.id(), List.of())))
        .toList();
  }
}
