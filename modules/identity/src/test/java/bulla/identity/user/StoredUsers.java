package bulla.identity.user;

import bulla.commonops.change.ChangeJournal;
import bulla.identity.group.StoredGroups;
import bulla.identity.password.PasswordHash;
import bulla.identity.role.RoleHolders;
import bulla.identity.role.StoredRoles;
import jakarta.persistence.EntityManager;
import java.util.Set;

/** The real users on a test's database. */
public final class StoredUsers {
  private StoredUsers() {}

  public static Accounts accounts(EntityManager entityManager, ChangeJournal journal) {
    return new StoredAccounts(
        repository(entityManager),
        StoredRoles.of(entityManager),
        StoredGroups.of(entityManager),
        journal);
  }

  public static UserOversight oversight(EntityManager entityManager, ChangeJournal journal) {
    return service(entityManager, journal);
  }

  public static RoleHolders holders(EntityManager entityManager) {
    return new UserRoleHolders(
        repository(entityManager), StoredGroups.of(entityManager), administrators(entityManager));
  }

  public static Members members(EntityManager entityManager) {
    return new StoredMembers(repository(entityManager), administrators(entityManager));
  }

  /** What a caller with exactly these permissions may hand out. */
  public static Authority authority(String... permissions) {
    return new Authority(Set.of(permissions)::contains);
  }

  /** A password that nobody knows. */
  static final PasswordHash SOME_PASSWORD =
      PasswordHash.parse("$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$" + "A".repeat(43));

  /** Creates a user with built-in roles, and answers its id; null is a password nobody knows. */
  public static String create(
      EntityManager entityManager,
      ChangeJournal journal,
      String name,
      PasswordHash password,
      String... roles) {
    String id =
        service(entityManager, journal)
            .create(
                new CreateUser(
                    new UserName(name),
                    null,
                    null,
                    null,
                    true,
                    null,
                    java.util.List.of(roles),
                    null),
                java.util.Optional.ofNullable(password),
                Authority.SERVER)
            .userId();
    if (password == null) {
      // Not by a change, which would end tokens that there are none of.
      entityManager.flush();
      entityManager
          .createNativeQuery("update identity_user set password_hash = ?1 where id = ?2")
          .setParameter(1, SOME_PASSWORD.phc())
          .setParameter(2, id)
          .executeUpdate();
    }
    return id;
  }

  /** Deletes a user. */
  public static void delete(EntityManager entityManager, ChangeJournal journal, String id) {
    service(entityManager, journal).delete(id, Authority.SERVER, version -> {});
  }

  static UserService service(EntityManager entityManager, ChangeJournal journal) {
    return new UserService(
        repository(entityManager),
        StoredRoles.of(entityManager),
        StoredGroups.of(entityManager),
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
