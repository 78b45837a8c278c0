package bulla.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.database.Schema;
import bulla.secrets.SecretBytes;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.PersistenceUnitTransactionType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.crypto.spec.SecretKeySpec;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JpaKeyEncryptionKeyRepositoryTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.123456Z");

  private EntityManagerFactory factory;

  @BeforeEach
  void migrate() {
    var source = new EmbeddedDataSource();
    source.setDatabaseName("memory:" + UUID.randomUUID());
    source.setCreateDatabase("create");
    Schema.migrate(source, "keyring");
    factory =
        new PersistenceConfiguration("keyring-test")
            .managedClass(KeyEncryptionKey.class)
            .transactionType(PersistenceUnitTransactionType.RESOURCE_LOCAL)
            .property("jakarta.persistence.nonJtaDataSource", source)
            .property("eclipselink.logging.level", "OFF")
            .property("eclipselink.weaving", "false")
            .property("eclipselink.cache.shared.default", "false")
            .createEntityManagerFactory();
  }

  @AfterEach
  void close() {
    factory.close();
  }

  @Test
  void aStoredKeyComesBackWhole() {
    KeyEncryptionKey key = key("pim", 1);
    inTransaction(repository -> add(repository, key));
    List<KeyEncryptionKey> found = inTransaction(repository -> repository.ofModule("pim"));
    assertThat(found).hasSize(1);
    assertThat(found.get(0).module()).isEqualTo("pim");
    assertThat(found.get(0).version()).isEqualTo(1);
    assertThat(found.get(0).state()).isEqualTo(KeyEncryptionKey.State.ACTIVE);
    assertThat(found.get(0).createdAt()).isEqualTo(NOW);
    assertThat(found.get(0).wrapped().bytes()).isEqualTo(key.wrapped().bytes());
  }

  @Test
  void theKeysOfAModuleComeOldestFirst() {
    inTransaction(repository -> add(repository, key("pim", 2)));
    inTransaction(repository -> add(repository, key("pim", 1)));
    inTransaction(repository -> add(repository, key("identity", 1)));
    assertThat(inTransaction(repository -> repository.ofModule("pim")))
        .extracting(KeyEncryptionKey::version)
        .containsExactly(1, 2);
    assertThat(inTransaction(KeyEncryptionKeyRepository::all)).hasSize(3);
    assertThat(inTransaction(repository -> repository.ofModule("rps"))).isEmpty();
  }

  @Test
  void aModuleHasAVersionOnlyOnce() {
    inTransaction(repository -> add(repository, key("pim", 1)));
    assertThatThrownBy(() -> inTransaction(repository -> add(repository, key("pim", 1))))
        .isInstanceOf(PersistenceException.class);
    assertThat(inTransaction(KeyEncryptionKeyRepository::all)).hasSize(1);
  }

  private static List<KeyEncryptionKey> add(
      KeyEncryptionKeyRepository repository, KeyEncryptionKey key) {
    repository.add(key);
    return List.of();
  }

  private List<KeyEncryptionKey> inTransaction(
      Function<KeyEncryptionKeyRepository, List<KeyEncryptionKey>> work) {
    return factory.callInTransaction(
        entityManager -> {
          var repository = new JpaKeyEncryptionKeyRepository();
          repository.entityManager = entityManager;
          return work.apply(repository);
        });
  }

  private static KeyEncryptionKey key(String module, int version) {
    var master = new SecretKeySpec(new byte[32], "AES");
    return new KeyEncryptionKey(
        module,
        version,
        WrappedKey.wrap(
            master, 1, KeyEncryptionKey.context(module, version), SecretBytes.random(32)),
        NOW);
  }
}
