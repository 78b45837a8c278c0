package bulla.identity.role;

import jakarta.persistence.EntityManager;

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

  static RoleRepository repository(EntityManager entityManager) {
    var repository = new JpaRoleRepository();
    repository.entityManager = entityManager;
    return repository;
  }
}
