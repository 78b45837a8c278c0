package bulla.identity;

import bulla.database.testing.TestDatabase;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.PersistenceUnitTransactionType;
import java.util.List;
import java.util.function.Function;

/** A real database in memory with this module's tables and mappings. */
public final class IdentityDatabase implements AutoCloseable {
  private static final List<String> ENTITIES =
      List.of(
          "bulla.identity.certificate.PinnedCertificate",
          "bulla.identity.role.Role",
          "bulla.identity.user.User",
          "bulla.identity.group.Group",
          "bulla.identity.saml.SamlProvider",
          "bulla.identity.token.Session",
          "bulla.identity.token.TokenKey");

  private final EntityManagerFactory factory;

  public IdentityDatabase() {
    var source = TestDatabase.of("identity");
    var configuration =
        new PersistenceConfiguration("identity-test")
            .transactionType(PersistenceUnitTransactionType.RESOURCE_LOCAL)
            .property("jakarta.persistence.nonJtaDataSource", source)
            .property("eclipselink.logging.level", "OFF")
            .property("eclipselink.weaving", "false")
            .property("eclipselink.cache.shared.default", "false");
    ENTITIES.forEach(
        name -> {
          try {
            configuration.managedClass(Class.forName(name));
          } catch (ClassNotFoundException renamed) {
            throw new LinkageError(renamed.getMessage(), renamed);
          }
        });
    factory = configuration.createEntityManagerFactory();
  }

  /** Runs {@code work} in a transaction, which is rolled back if it throws. */
  public <T> T transaction(Function<EntityManager, T> work) {
    return factory.callInTransaction(entityManager -> work.apply(entityManager));
  }

  @Override
  public void close() {
    factory.close();
  }
}
