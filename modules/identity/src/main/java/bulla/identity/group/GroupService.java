package bulla.identity.group;

import bulla.commonops.change.Change;
import bulla.commonops.change.ChangeJournal;
import bulla.commonops.http.Page;
import bulla.commonops.problem.Problem;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.problem.Quoted;
import bulla.identity.role.GrantedRole;
import bulla.identity.role.Roles;
import bulla.identity.user.Authority;
import bulla.identity.user.Members;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Creates, changes and deletes groups. Whoever comes into a group gets its roles and whoever leaves
 * loses them, so both lose their tokens; all of this is done under the lock that guards the last
 * administrator, which also keeps two changes of the same users apart.
 */
@Dependent
@Transactional
class GroupService {
  private static final String OBJECT_TYPE = "groups";

  private final GroupRepository repository;
  private final Members members;
  private final Roles roles;
  private final ChangeJournal journal;

  @Inject
  GroupService(GroupRepository repository, Members members, Roles roles, ChangeJournal journal) {
    this.repository = repository;
    this.members = members;
    this.roles = roles;
    this.journal = journal;
  }

  /** One page of the groups and how many there are in all. */
  record Listing(List<GroupView> views, long total) {}

  Listing list(Page page) {
    List<Group> groups = repository.page(page);
    Map<String, List<String>> names = members.namesIn(groups.stream().map(Group::id).toList());
    var roleIds = new HashSet<String>();
    groups.forEach(group -> roleIds.addAll(group.roleIds()));
    List<GrantedRole> granted = roles.withIds(roleIds);
    return new Listing(
        groups.stream()
            .map(
                group ->
                    group.view(
                        names.getOrDefault(group.id(), List.of()),
                        granted.stream()
                            .filter(role -> group.roleIds().contains(role.id()))
                            .map(GrantedRole::name)
                            .toList()))
            .toList(),
        page.total(groups.size(), repository::count));
  }

  /** A group and its version. */
  record Versioned(long version, GroupView view) {}

  Versioned get(String id) {
    Group group = repository.find(id).orElseThrow(() -> notFound(id));
    return new Versioned(group.version(), view(group));
  }

  GroupCreated create(CreateGroup wanted, Authority authority) {
    members.lockAdministration();
    if (!repository.named(List.of(wanted.name().key())).isEmpty()) {
      throw IdentityProblem.GROUP_EXISTS.because(
          "There is a group \"" + wanted.name() + "\" already", "name");
    }
    List<GrantedRole> granted = roles.named(orNone(wanted.roles()));
    authority.require(granted);
    Set<String> wantedMembers = members.named(orNone(wanted.members()));
    if (!granted.isEmpty()) {
      requireOver(wantedMembers, authority);
    }
    var group = new Group(wanted.name(), wanted.description(), ids(granted));
    repository.add(group);
    members.change(group.id(), wantedMembers, Set.of());
    if (!granted.isEmpty()) {
      members.rolesChanged(wantedMembers);
    }
    GroupView after = view(group);
    journal.changed(
        Change.created("CREATE", OBJECT_TYPE, group.id(), after)
            .telling(detail(after) + named(": ", after.members())));
    return new GroupCreated(
        group.id(), group.name(), "created", wantedMembers.size(), granted.size());
  }

  GroupUpdated update(UpdateGroup wanted, Authority authority, LongConsumer versionCheck) {
    members.lockAdministration();
    Group group = repository.lock(wanted.groupId()).orElseThrow(() -> notFound(wanted.groupId()));
    versionCheck.accept(group.version());
    GroupView before = view(group);
    Set<String> present = members.idsIn(group.id());
    Set<String> all = wanted.members() == null ? present : members.named(wanted.members());
    List<GrantedRole> granted =
        wanted.roles() == null ? roles.withIds(group.roleIds()) : roles.named(wanted.roles());
    Set<String> added = without(all, present);
    Set<String> removed = without(present, all);
    // What the members have already is not handed out by this call; newcomers get all of it, and
    // whoever leaves loses all of it.
    authority.require(
        added.isEmpty()
            ? granted.stream().filter(role -> !group.roleIds().contains(role.id())).toList()
            : granted);
    List<GrantedRole> lost = roles.withIds(group.roleIds());
    authority.require(
        removed.isEmpty()
            ? lost.stream().filter(role -> !ids(granted).contains(role.id())).toList()
            : lost);
    // A group without roles gives its members nothing, and takes nothing from them.
    boolean givesRoles = !group.roleIds().isEmpty() || !granted.isEmpty();
    boolean otherRoles = !group.roleIds().equals(Set.copyOf(ids(granted)));
    var affected = new HashSet<>(otherRoles ? all : added);
    affected.addAll(removed);
    if (givesRoles) {
      requireOver(affected, authority);
    }
    group.changeRoles(ids(granted));
    repository.changed(group);
    members.change(group.id(), added, removed);
    if (givesRoles) {
      members.rolesChanged(affected);
    }
    GroupView after = view(group);
    journal.changed(
        Change.updated("UPDATE", OBJECT_TYPE, group.id(), before, after)
            .telling(
                detail(after)
                    + "; before: "
                    + detail(before)
                    + named("; members added: ", without(after.members(), before.members()))
                    + named("; members removed: ", without(before.members(), after.members()))));
    return new GroupUpdated("updated", group.id(), all.size(), granted.size());
  }

  GroupDeleted delete(String id, Authority authority, LongConsumer versionCheck) {
    members.lockAdministration();
    Group group = repository.lock(id).orElseThrow(() -> notFound(id));
    versionCheck.accept(group.version());
    authority.require(roles.withIds(group.roleIds()));
    GroupView before = view(group);
    Set<String> present = members.idsIn(id);
    boolean gaveRoles = !group.roleIds().isEmpty();
    if (gaveRoles) {
      requireOver(present, authority);
    }
    members.change(id, Set.of(), present);
    repository.remove(group);
    if (gaveRoles) {
      members.rolesChanged(present);
    }
    journal.changed(
        Change.deleted("DELETE", OBJECT_TYPE, id, before)
            .telling("before: " + detail(before) + named(": ", before.members())));
    return new GroupDeleted("deleted", id);
  }

  /**
   * Other roles end the tokens of those who get or lose them, so that whoever changes them must be
   * able to act for all of these users, as when it changes the users themselves: else it could end
   * the sessions of somebody stronger as often as it likes.
   */
  private void requireOver(Set<String> userIds, Authority authority) {
    authority.require(roles.withIds(members.roleIds(userIds)));
  }

  private GroupView view(Group group) {
    return group.view(
        memberNames(group),
        roles.withIds(group.roleIds()).stream().map(GrantedRole::name).toList());
  }

  private static String detail(GroupView view) {
    return "%s, roles %s, %d members"
        .formatted(
            view.name(),
            view.roles().isEmpty() ? "none" : String.join(", ", view.roles()),
            view.members().size());
  }

  private List<String> memberNames(Group group) {
    return members.namesIn(List.of(group.id())).getOrDefault(group.id(), List.of());
  }

  private static String named(String introduction, List<String> names) {
    return names.isEmpty() ? "" : introduction + String.join(", ", names);
  }

  private static List<String> without(List<String> names, List<String> these) {
    var excluded = new HashSet<>(these);
    return names.stream().filter(name -> !excluded.contains(name)).toList();
  }

  private static List<String> orNone(List<String> names) {
    return Objects.requireNonNullElse(names, List.of());
  }

  private static List<String> ids(List<GrantedRole> granted) {
    return granted.stream().map(GrantedRole::id).toList();
  }

  private static Set<String> without(Set<String> ids, Set<String> these) {
    var rest = new HashSet<>(ids);
    rest.removeAll(these);
    return rest;
  }

  private static Problem notFound(String id) {
    return IdentityProblem.GROUP_NOT_FOUND.because("There is no group with id " + Quoted.text(id));
  }
}
