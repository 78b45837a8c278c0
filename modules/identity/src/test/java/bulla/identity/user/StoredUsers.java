package bulla.identity.user;

import bulla.commonops.caller.ChangeJournal;
import bulla.identity.role.RoleHolders;
import bulla.identity.role.StoredRoles;
import jakarta.persistence.EntityManager;

/** The real users on a test's database. */
public final class StoredUsers {
  private StoredUsers() {}

  public static Accounts accounts(EntityManager entityManager, ChangeJournal journal) {
    return new StoredAccounts(repository(entityManager), StoredRoles.of(entityManager), journal);
  }

  public static UserOversight oversight(EntityManager entityManager, ChangeJournal journal) {
    return service(entityManager, journal);
  }

  public static RoleHolders holders(EntityManager entityManager) {
    return new UserRoleHolders(repository(entityManager), administrators(entityManager));
  }

  /** Creates a user with built-in roles, and answers its id. */
  public static String create(
      EntityManager entityManager,
      ChangeJournal journal,
      String name,
      bulla.identity.password.PasswordHash password,
      String... roles) {
    return service(entityManager, journal)
        .create(
            new CreateUser(
                new UserName(name), null, null, null, true, null, java.util.List.of(roles), null),
            java.util.Optional.ofNullable(password),
            Authority.SERVER)
        .userId();
  }

  static UserService service(EntityManager entityManager, ChangeJournal journal) {
    return new UserService(
        repository(entityManager),
        StoredRoles.of(entityManager),
        administrators(entityManager),
        journal);
  }

  static UserRepository repository(EntityManager entityManager) {
    var repository = new JpaUserRepository();
    repository.entityManager = entityManager;
    return repository;
  }

  private static Administrators administrators(EntityManager entityManager) {
    return new Administrators(repository(entityManager), StoredRoles.of(entityManager));
  }
}
