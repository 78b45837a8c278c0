package bulla.rps.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.database.testing.TestDatabase;
import bulla.resilientpackage.keys.KeyWrap;
import java.io.IOException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcSealedPackageRepositoryTest {
  private static final Instant NOW = Instant.parse("2026-03-29T02:30:00.123456Z");
  private static final byte[] CONTENT = random(100_000);

  private final JdbcSealedPackageRepository repository = new JdbcSealedPackageRepository();

  @BeforeEach
  void migrate() {
    var source = TestDatabase.of("rps");
    repository.dataSource = source;
  }

  @Test
  void aPackageComesBackByteForByte() throws IOException {
    SealedPackage sealed = sealed(id(1, "k"), CONTENT);
    add(sealed, CONTENT);
    assertThat(repository.find(sealed.id())).contains(sealed);
    assertThat(content(sealed.id())).isEqualTo(CONTENT);
  }

  @Test
  void aPackageIsAddedOnlyOnce() throws IOException {
    SealedPackage first = sealed(id(1, "k"), CONTENT);
    add(first, CONTENT);
    byte[] other = random(10);
    SealedPackage second = sealed(first.id(), other);
    assertThatThrownBy(() -> add(second, other)).isInstanceOf(IllegalStateException.class);
    assertThat(repository.find(first.id())).contains(first);
    assertThat(content(first.id())).isEqualTo(CONTENT);
  }

  @Test
  void everyPartOfTheIdTellsPackagesApart() {
    SealedPackage sealed = sealed(id(1, "k"), CONTENT);
    add(sealed, CONTENT);
    assertThat(repository.find(id(2, "k"))).isEmpty();
    assertThat(repository.find(id(1, "l"))).isEmpty();
    assertThat(
            repository.find(
                new PackageId(
                    "3",
                    1,
                    "f".repeat(64),
                    KeyWrap.RSA_OAEP_256,
                    new SchemaVersions(1, 1),
                    "k",
                    1)))
        .isEmpty();
    assertThat(repository.find(id("4", "f", KeyWrap.RSA_OAEP_256, 1, 1))).isEmpty();
    assertThat(repository.find(id("3", "e", KeyWrap.RSA_OAEP_256, 1, 1))).isEmpty();
    assertThat(repository.find(id("3", "f", KeyWrap.RSA_OAEP_512, 1, 1))).isEmpty();
    assertThat(repository.find(id("3", "f", KeyWrap.RSA_OAEP_256, 2, 1))).isEmpty();
    assertThat(repository.find(id("3", "f", KeyWrap.RSA_OAEP_256, 1, 2))).isEmpty();
  }

  @Test
  void aPackageThatWasNeverSealedHasNoContent() {
    assertThatThrownBy(() -> repository.content(id(1, "k")))
        .isInstanceOf(IllegalStateException.class);
  }

  private void add(SealedPackage sealed, byte[] content) {
    try (SpooledPackage spooled = MemorySealedPackages.spooled(content)) {
      repository.add(sealed, NOW, spooled);
    }
  }

  private byte[] content(PackageId id) throws IOException {
    try (var in = repository.content(id).open()) {
      return in.readAllBytes();
    }
  }

  private static SealedPackage sealed(PackageId id, byte[] content) {
    try (SpooledPackage spooled = MemorySealedPackages.spooled(content)) {
      return new SealedPackage(id, spooled.digest());
    }
  }

  private static PackageId id(long serial, String kid) {
    return new PackageId(
        "3", serial, "f".repeat(64), KeyWrap.RSA_OAEP_256, new SchemaVersions(1, 1), kid, 0);
  }

  private static PackageId id(
      String store, String digit, KeyWrap algorithm, int version, int coreVersion) {
    return new PackageId(
        store, 1, digit.repeat(64), algorithm, new SchemaVersions(version, coreVersion), "k", 0);
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
