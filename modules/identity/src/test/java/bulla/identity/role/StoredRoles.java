package bulla.identity.role;

import bulla.commonops.change.ChangeJournal;
import bulla.identity.user.StoredUsers;
import jakarta.persistence.EntityManager;
import java.util.List;

/** The real roles on a test's database. */
public final class StoredRoles {
  private StoredRoles() {}

  public static Roles of(EntityManager entityManager) {
    return new RoleDirectory(repository(entityManager));
  }

  /** Adds the built-in roles. */
  public static void install(EntityManager entityManager) {
    new BuiltInRoles(repository(entityManager)).start();
  }

  /** Creates a role. */
  public static void create(
      EntityManager entityManager, ChangeJournal journal, String name, String... permissions) {
    new RoleService(
            repository(entityManager),
            StoredUsers.holders(entityManager),
            of(entityManager),
            journal)
        .create(new WriteRole(new RoleName(name), null, List.of(permissions)));
  }

  static RoleRepository repository(EntityManager entityManager) {
    var repository = new JpaRoleRepository();
    repository.entityManager = entityManager;
    return repository;
  }
}
