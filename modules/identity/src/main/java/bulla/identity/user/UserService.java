package bulla.identity.user;

import bulla.commonops.change.Change;
import bulla.commonops.change.ChangeJournal;
import bulla.commonops.http.Page;
import bulla.commonops.problem.Problem;
import bulla.identity.password.PasswordHash;
import bulla.identity.problem.IdentityProblem;
import bulla.identity.problem.Quoted;
import bulla.identity.role.GrantedRole;
import bulla.identity.role.Roles;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Creates, changes and deletes users. Passwords arrive hashed: that takes long. */
@Dependent
@Transactional
class UserService implements UserOversight {
  static final String OBJECT_TYPE = "users";

  private final UserRepository repository;
  private final Roles roles;
  private final Groups groups;
  private final Administrators administrators;
  private final ChangeJournal journal;

  @Inject
  UserService(
      UserRepository repository,
      Roles roles,
      Groups groups,
      Administrators administrators,
      ChangeJournal journal) {
    this.repository = repository;
    this.roles = roles;
    this.groups = groups;
    this.administrators = administrators;
    this.journal = journal;
  }

  /** One page of the users and how many there are in all. */
  record Listing(List<UserEntry> entries, long total) {}

  Listing list(UserSearch search, Page page) {
    List<UserEntry> entries = repository.page(search, page).stream().map(User::entry).toList();
    return new Listing(entries, page.total(entries.size(), () -> repository.count(search)));
  }

  /** A user and its version. */
  record Versioned(long version, UserView view) {}

  Versioned get(String id) {
    User user = repository.find(id).orElseThrow(() -> notFound(id));
    return new Versioned(user.version(), view(user));
  }

  UserCreated create(CreateUser wanted, Optional<PasswordHash> password, Authority authority) {
    List<GrantedRole> granted = granted(wanted.roles(), authority);
    List<UserGroup> joined = groups.named(Objects.requireNonNullElse(wanted.groups(), List.of()));
    authority.require(roles.withIds(EffectiveRoles.ids(List.of(), joined)));
    if (repository.named(wanted.username()).isPresent()) {
      throw IdentityProblem.USER_EXISTS.because(
          "There is a user \"" + wanted.username() + "\" already", "username");
    }
    var user = new User(wanted.username(), ids(granted), Clock.systemUTC().instant());
    user.describe(new Profile(wanted.email(), wanted.firstName(), wanted.lastName()));
    user.enable(!Boolean.FALSE.equals(wanted.enabled()));
    user.changeGroups(groupIds(joined), false);
    password.ifPresent(hash -> user.changePassword(hash, false));
    groups.membersChanged(user.groupIds());
    repository.add(user);
    UserView after = view(user);
    journal.changed(Change.created("CREATE", OBJECT_TYPE, user.id(), after).telling(detail(after)));
    return new UserCreated(user.id(), user.name());
  }

  boolean hasUsers() {
    return repository.count() > 0;
  }

  /**
   * Creates the first user. Where several servers start on one empty database, or one deploys
   * several applications, the lock lets one of them in. There is no request yet, but the journal
   * asks who makes it.
   */
  @ActivateRequestContext
  void createFirst(CreateUser wanted, PasswordHash password) {
    administrators.lock();
    if (!hasUsers()) {
      create(wanted, Optional.of(password), Authority.SERVER);
    }
  }

  UserUpdated update(
      UpdateUser wanted,
      Optional<PasswordHash> password,
      Authority authority,
      LongConsumer versionCheck) {
    boolean disables = Boolean.FALSE.equals(wanted.enabled());
    boolean takesAway = disables || wanted.roles() != null || wanted.groups() != null;
    if (takesAway) {
      administrators.lock();
    }
    User user = repository.lock(wanted.id()).orElseThrow(() -> notFound(wanted.id()));
    versionCheck.accept(user.version());
    // Taking away counts too: who could strip a user of what is beyond it could then take it over.
    authority.require(effective(user));
    UserView before = view(user);
    user.describe(new Profile(wanted.email(), wanted.firstName(), wanted.lastName()));
    user.enable(Objects.requireNonNullElse(wanted.enabled(), user.isEnabled()));
    password.ifPresent(hash -> user.changePassword(hash, true));
    if (wanted.roles() != null) {
      changeRoles(user, wanted.roles(), authority);
    }
    if (wanted.groups() != null) {
      changeGroups(user, wanted.groups(), authority);
    }
    repository.flush();
    if (takesAway) {
      administrators.requireOne();
    }
    UserView after = view(user);
    journal.changed(
        Change.updated("UPDATE", OBJECT_TYPE, user.id(), before, after)
            .telling(
                (password.isPresent() ? "temporary password set; " : "")
                    + detail(after)
                    + "; before: "
                    + detail(before)));
    return new UserUpdated("updated", user.id());
  }

  /**
   * Checks that the caller may act for a user.
   *
   * @throws Problem 403 where the user has permissions that the caller lacks
   */
  void requireAuthority(String id, Authority authority) {
    User user = repository.find(id).orElseThrow(() -> notFound(id));
    authority.require(effective(user));
  }

  @Override
  public void require(String userId) {
    if (repository.find(userId).isEmpty()) {
      throw notFound(userId);
    }
  }

  @Override
  public void requireOver(String userId, Predicate<String> callerHas) {
    User user = repository.lock(userId).orElseThrow(() -> notFound(userId));
    new Authority(callerHas).require(effective(user));
  }

  PasswordUpdated updatePassword(
      String id,
      PasswordHash password,
      boolean temporary,
      Authority authority,
      LongConsumer versionCheck) {
    User user = repository.lock(id).orElseThrow(() -> notFound(id));
    versionCheck.accept(user.version());
    authority.require(effective(user));
    UserView before = view(user);
    user.changePassword(password, temporary);
    journal.changed(
        Change.updated("UPDATE_PASSWORD", OBJECT_TYPE, user.id(), before, view(user))
            .telling(temporary ? "temporary" : "lasting"));
    return new PasswordUpdated("password_updated", user.id(), temporary);
  }

  UserDeleted delete(String id, Authority authority, LongConsumer versionCheck) {
    administrators.lock();
    User user = repository.lock(id).orElseThrow(() -> notFound(id));
    versionCheck.accept(user.version());
    authority.require(effective(user));
    UserView before = view(user);
    groups.membersChanged(user.groupIds());
    repository.remove(user);
    administrators.requireOne();
    journal.changed(
        Change.deleted("DELETE", OBJECT_TYPE, id, before).telling("before: " + detail(before)));
    return new UserDeleted("deleted", id);
  }

  private void changeRoles(User user, List<String> wanted, Authority authority) {
    List<GrantedRole> granted = roles.named(wanted);
    // What the user has already is not handed out by this call.
    authority.require(
        granted.stream().filter(role -> !user.roleIds().contains(role.id())).toList());
    user.changeRoles(ids(granted));
  }

  private void changeGroups(User user, List<String> wanted, Authority authority) {
    List<UserGroup> joined = groups.named(wanted);
    Set<String> before = user.groupIds();
    authority.require(
        roles.withIds(
            EffectiveRoles.ids(
                List.of(),
                joined.stream().filter(group -> !before.contains(group.id())).toList())));
    Set<String> rolesBefore = EffectiveRoles.ids(List.of(), groups.withIds(before));
    boolean otherRoles = !rolesBefore.equals(EffectiveRoles.ids(List.of(), joined));
    if (user.changeGroups(groupIds(joined), otherRoles)) {
      var changed = new HashSet<>(before);
      changed.addAll(user.groupIds());
      changed.removeIf(id -> before.contains(id) && user.groupIds().contains(id));
      groups.membersChanged(changed);
    }
  }

  private List<GrantedRole> effective(User user) {
    return roles.withIds(EffectiveRoles.ids(user.roleIds(), groups.withIds(user.groupIds())));
  }

  private UserView view(User user) {
    return user.view(roles, groups);
  }

  private List<GrantedRole> granted(List<String> names, Authority authority) {
    List<GrantedRole> granted = roles.named(names);
    if (granted.isEmpty()) {
      throw IdentityProblem.ROLE_NEEDED.because("Name one or more roles", "roles");
    }
    authority.require(granted);
    return granted;
  }

  private static String detail(UserView view) {
    return "%s %s, roles %s%s%s%s"
        .formatted(
            view.username(),
            view.enabled() ? "enabled" : "disabled",
            String.join(", ", view.roles()),
            view.groups().isEmpty() ? "" : ", groups " + String.join(", ", view.groups()),
            view.email() == null ? "" : ", email " + view.email(),
            view.firstName() == null && view.lastName() == null
                ? ""
                : ", name "
                    + Stream.of(view.firstName(), view.lastName())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(" ")));
  }

  private static List<String> ids(List<GrantedRole> granted) {
    return granted.stream().map(GrantedRole::id).toList();
  }

  private static List<String> groupIds(List<UserGroup> groups) {
    return groups.stream().map(UserGroup::id).toList();
  }

  private static Problem notFound(String id) {
    return IdentityProblem.USER_NOT_FOUND.because("There is no user with id " + Quoted.text(id));
  }
}
