package bulla.rps.signingkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.database.testing.TestDatabase;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcSigningKeyRepositoryTest {
  private static final Instant NOW = Instant.parse("2026-03-29T02:30:00.123456Z");

  private final JdbcSigningKeyRepository repository = new JdbcSigningKeyRepository();

  @BeforeEach
  void migrate() {
    var source = TestDatabase.of("rps");
    repository.dataSource = source;
  }

  @Test
  void theKeysComeBackWholeAndTheNewestFirst() {
    StoredSigningKey first = StoredSigningKey.generate(1, new MemoryKeyring(), NOW);
    StoredSigningKey second = StoredSigningKey.generate(2, new MemoryKeyring(), NOW);
    repository.add(first);
    repository.add(second);
    assertThat(repository.all()).containsExactly(second, first);
  }

  @Test
  void thereIsOneKeyOfAGeneration() {
    StoredSigningKey first = StoredSigningKey.generate(1, new MemoryKeyring(), NOW);
    repository.add(first);
    assertThatThrownBy(() -> repository.add(StoredSigningKey.generate(1, new MemoryKeyring(), NOW)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(repository.all()).containsExactly(first);
  }
}
