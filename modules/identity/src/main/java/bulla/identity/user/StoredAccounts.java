package bulla.identity.user;

import bulla.commonops.change.Change;
import bulla.commonops.change.ChangeJournal;
import bulla.identity.password.PasswordHash;
import bulla.identity.role.GrantedRole;
import bulla.identity.role.Roles;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The stored users with what their roles and those of their groups grant. */
@Dependent
@Transactional
class StoredAccounts implements Accounts {
  private final UserRepository repository;
  private final Roles roles;
  private final Groups groups;
  private final ChangeJournal journal;

  @Inject
  StoredAccounts(UserRepository repository, Roles roles, Groups groups, ChangeJournal journal) {
    this.repository = repository;
    this.roles = roles;
    this.groups = groups;
    this.journal = journal;
  }

  @Override
  public Optional<Credentials> credentials(String name) {
    return UserName.parse(name)
        .flatMap(repository::named)
        .map(user -> new Credentials(user.id(), user.isEnabled(), user.passwordHash()));
  }

  @Override
  public Optional<Account> named(String name) {
    return UserName.parse(name).flatMap(repository::named).map(this::account);
  }

  @Override
  public Optional<Account> withId(String id) {
    return repository.find(id).map(this::account);
  }

  @Override
  public boolean accepts(String id, long tokenGeneration) {
    return repository.isGood(id, tokenGeneration);
  }

  @Override
  public List<PasswordHash> passwords(String id) {
    return repository.find(id).map(User::passwords).orElse(List.of());
  }

  @Override
  public boolean changePassword(Account account, PasswordHash hash) {
    Optional<User> unchanged =
        repository
            .lock(account.id())
            .filter(User::isEnabled)
            .filter(user -> user.tokenGeneration() == account.tokenGeneration());
    unchanged.ifPresent(
        user -> {
          UserView before = user.view(roles, groups);
          user.changePassword(hash, false);
          journal.changed(
              Change.updated(
                  "CHANGE_OWN_PASSWORD",
                  UserService.OBJECT_TYPE,
                  user.id(),
                  before,
                  user.view(roles, groups)));
        });
    return unchanged.isPresent();
  }

  private Account account(User user) {
    List<GrantedRole> granted =
        roles.withIds(EffectiveRoles.ids(user.roleIds(), groups.withIds(user.groupIds())));
    var permissions = new HashSet<String>();
    granted.forEach(role -> permissions.addAll(role.permissions()));
    return new Account(
        user.id(),
        user.name(),
        user.isEnabled(),
        user.tokenGeneration(),
        user.passwordHash(),
        user.isPasswordTemporary(),
        granted.stream().map(GrantedRole::name).collect(Collectors.toSet()),
        permissions);
  }
}
