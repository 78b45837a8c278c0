package bulla.rps.signingkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.problem.SqlViolation;
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

  @Test
  void theNextKeyIsOneToo() {
    StoredSigningKey first = StoredSigningKey.generate(1, new MemoryKeyring(), NOW);
    repository.addNext(first);
    assertThatThrownBy(
            () -> repository.addNext(StoredSigningKey.generate(1, new MemoryKeyring(), NOW)))
        .satisfies(
            refused ->
                assertThat(SqlViolation.UNIQUE.caused(refused)).as("told as a conflict").isTrue());
    assertThat(repository.all()).containsExactly(first);
  }

  @Test
  void aPrivateHalfIsOverwrittenInItsOwnRow() {
    var keyring = new MemoryKeyring();
    StoredSigningKey first = StoredSigningKey.generate(1, keyring, NOW);
    StoredSigningKey second = StoredSigningKey.generate(2, keyring, NOW);
    repository.add(first);
    repository.add(second);
    StoredSigningKey retired = first.withoutPrivateKey(keyring);
    assertThat(retired.wrappedKey()).isNotEqualTo(first.wrappedKey());
    repository.replace(retired);
    assertThat(repository.all()).containsExactly(second, retired);
    assertThatThrownBy(
            () -> repository.replace(StoredSigningKey.generate(2, new MemoryKeyring(), NOW)))
        .as("another key of that generation")
        .isInstanceOf(IllegalStateException.class);
    assertThat(repository.all()).containsExactly(second, retired);
  }

  @Test
  void aKeyIsLockedWhereThereIsOne() {
    StoredSigningKey first = StoredSigningKey.generate(1, new MemoryKeyring(), NOW);
    repository.add(first);
    assertThat(repository.lock(first.kid())).isTrue();
    assertThat(repository.lock("another")).isFalse();
    assertThat(repository.all()).containsExactly(first);
  }

  @Test
  void theOlderKeysAreRemoved() {
    for (int generation = 1; generation <= 4; generation++) {
      repository.add(StoredSigningKey.generate(generation, new MemoryKeyring(), NOW));
    }
    repository.removeBefore(3);
    assertThat(repository.all()).extracting(StoredSigningKey::generation).containsExactly(4, 3);
  }
}
