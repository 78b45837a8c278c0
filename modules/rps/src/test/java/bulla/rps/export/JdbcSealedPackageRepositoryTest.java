package bulla.rps.export;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.database.testing.TestDatabase;
import bulla.resilientpackage.keys.KeyWrap;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    assertThat(repository.confirm(second, store(second, other), () -> true)).contains(first);
    assertThat(rows()).isEqualTo(1);
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
    assertThat(repository.content(id(1, "k"))).isEmpty();
  }

  @Test
  void whatMayNotBeKeptIsRemoved() {
    SealedPackage sealed = sealed(id(1, "k"), CONTENT);
    assertThat(repository.confirm(sealed, store(sealed, CONTENT), () -> false)).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void whatIsNotConfirmedIsNotFound() {
    SealedPackage sealed = sealed(id(1, "k"), CONTENT);
    long first = store(sealed, CONTENT);
    long second = store(sealed, CONTENT);
    assertThat(repository.find(sealed.id())).isEmpty();
    assertThat(repository.content(sealed.id())).isEmpty();
    repository.remove(sealed.id(), first);
    assertThat(repository.confirm(sealed, first, () -> true)).as("removed meanwhile").isEmpty();
    assertThat(rows()).isEqualTo(1);
    assertThat(repository.confirm(sealed, second, () -> true)).contains(sealed);
    store(sealed, CONTENT);
    repository.removeUnconfirmed();
    assertThat(rows()).isEqualTo(1);
    assertThat(repository.find(sealed.id())).contains(sealed);
  }

  @Test
  void whatBecameObsoleteBeforeItWasConfirmedGoesAsWell() {
    store(sealed(id(1, "k"), CONTENT), CONTENT);
    repository.removeBefore("3", 2);
    assertThat(rows()).isZero();
    store(sealed(id(1, "k"), CONTENT), CONTENT);
    repository.removeFor("f".repeat(64));
    assertThat(rows()).isZero();
  }

  @Test
  void nobodyWaitsForAPackageOfOthersThatIsBeingStored() throws SQLException {
    SealedPackage ours = sealed(id(1, "k"), CONTENT);
    add(ours, CONTENT);
    try (Connection storing = repository.dataSource.getConnection()) {
      failWhoWaitsForASecond(storing);
      beginToStore(storing, id("4", "e", KeyWrap.RSA_OAEP_256, 1, 1));
      SealedPackage next = sealed(id(2, "k"), CONTENT);
      assertThat(repository.find(ours.id())).contains(ours);
      add(next, CONTENT);
      repository.removeBefore("3", 2);
      repository.removeNotSignedBy("k");
      assertThat(repository.find(next.id())).contains(next);
      repository.removeFor("f".repeat(64));
      storing.commit();
    }
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void nobodyWaitsWithTheConfirmingForAPackageOfTheSameKeyThatIsBeingStored() throws SQLException {
    add(sealed(id(1, "k"), CONTENT), CONTENT);
    try (Connection storing = repository.dataSource.getConnection()) {
      failWhoWaitsForASecond(storing);
      beginToStore(storing, id(1, "k"));
      beginToStore(storing, id(1, "l"));
      SealedPackage next = sealed(id(2, "k"), CONTENT);
      add(next, CONTENT);
      assertThat(repository.find(next.id())).contains(next);
      assertThat(repository.find(id(1, "k"))).isEmpty();
      repository.removeNotSignedBy("k");
      storing.rollback();
    }
    assertThat(rows()).isEqualTo(1);
  }

  /** From now on, in this database; and {@code storing} does not commit by itself. */
  private static void failWhoWaitsForASecond(Connection storing) throws SQLException {
    try (Statement statement = storing.createStatement()) {
      statement.execute(
          "call syscs_util.syscs_set_database_property('derby.locks.waitTimeout', '1')");
    }
    storing.setAutoCommit(false);
  }

  private static void beginToStore(Connection storing, PackageId id) throws SQLException {
    try (PreparedStatement insert =
        storing.prepareStatement(
            """
            insert into rps_sealed_package (data_store, serial, fingerprint, algorithm, version,
              core_version, kid, period, attempt, sealed_at, digest, content)
            values (?, ?, ?, 'RSA-OAEP-256', 1, 1, ?, 0, 7, current_timestamp, 'd', ?)
            """)) {
      insert.setString(1, id.dataStore());
      insert.setLong(2, id.serial());
      insert.setString(3, id.fingerprint());
      insert.setString(4, id.kid());
      insert.setBytes(5, random(5_000_000));
      insert.executeUpdate();
    }
  }

  @Test
  void aServerThatStartsRemovesWhatWasNeverConfirmed() {
    SealedPackage confirmed = sealed(id(1, "k"), CONTENT);
    add(confirmed, CONTENT);
    store(sealed(id(2, "k"), CONTENT), CONTENT);
    store(sealed(id("4", "e", KeyWrap.RSA_OAEP_256, 1, 1), CONTENT), CONTENT);
    var start = new UnconfirmedPackages(repository);
    start.start();
    start.start();
    assertThat(rows()).isEqualTo(1);
    assertThat(repository.find(confirmed.id())).contains(confirmed);
  }

  @Test
  void aRotationRemovesWhatOtherKeysSigned() {
    SealedPackage ofTheOther = sealed(id("3", "e", KeyWrap.RSA_OAEP_256, 1, 1), CONTENT);
    add(ofTheOther, CONTENT);
    add(sealed(id(1, "l"), CONTENT), CONTENT);
    repository.removeNotSignedBy("k");
    assertThat(rows()).isEqualTo(1);
    assertThat(repository.find(ofTheOther.id())).isPresent();
    repository.removeNotSignedBy("m");
    assertThat(rows()).isZero();
  }

  @Test
  void aServerWhoseClockIsBehindLeavesThePackagesOfTheNextPeriod() {
    var lifetime = new PackageLifetime(10);
    long before = lifetime.period(NOW);
    long after = lifetime.period(NOW.plus(Duration.ofDays(5)));
    SealedPackage later = sealed(inPeriod(1, after), CONTENT);
    SealedPackage earlier = sealed(inPeriod(1, before), CONTENT);
    add(later, CONTENT);
    add(earlier, CONTENT);
    assertThat(repository.find(later.id())).contains(later);
    assertThat(repository.find(earlier.id())).contains(earlier);
    repository.removeFor("f".repeat(64));
    add(earlier, CONTENT);
    add(later, CONTENT);
    assertThat(repository.find(earlier.id())).isEmpty();
    add(sealed(inPeriod(1, 0), CONTENT), CONTENT);
    assertThat(rows()).as("of another lifetime").isEqualTo(1);
  }

  @Test
  void aPackageTakesThePlaceOfEveryOneOfAnotherDeployPeriodOrSigner() {
    SealedPackage newest = sealed(id(2, "k"), CONTENT);
    PackageId sameForOthers = id("3", "f", KeyWrap.RSA_OAEP_256, 1, 2);
    PackageId ofAnotherStore = id("4", "f", KeyWrap.RSA_OAEP_256, 1, 1);
    PackageId ofAnotherKey = id("3", "e", KeyWrap.RSA_OAEP_256, 1, 1);
    for (PackageId other :
        List.of(id(1, "k"), id(3, "k"), id(2, "l"), inPeriod(2, 1), inPeriod(2, -1))) {
      add(sealed(other, CONTENT), CONTENT);
      add(newest, CONTENT);
      assertThat(repository.find(other)).as(other.toString()).isEmpty();
      assertThat(rows()).isEqualTo(1);
      repository.removeFor(newest.id().fingerprint());
    }
    for (PackageId other : List.of(sameForOthers, ofAnotherStore, ofAnotherKey)) {
      add(sealed(other, CONTENT), CONTENT);
    }
    add(sealed(id(1, "k"), CONTENT), CONTENT);
    assertThat(rows()).isEqualTo(4);
  }

  @Test
  void aDeployRemovesThePackagesOfTheOnesBefore() {
    add(sealed(id("3", "f", KeyWrap.RSA_OAEP_256, 1, 1), CONTENT), CONTENT);
    add(sealed(id("3", "e", KeyWrap.RSA_OAEP_256, 1, 1), CONTENT), CONTENT);
    SealedPackage ofAnotherStore = sealed(id("4", "d", KeyWrap.RSA_OAEP_256, 1, 1), CONTENT);
    add(ofAnotherStore, CONTENT);
    repository.removeBefore("3", 1);
    assertThat(rows()).isEqualTo(3);
    repository.removeBefore("3", 2);
    assertThat(rows()).isEqualTo(1);
    assertThat(repository.find(ofAnotherStore.id())).isPresent();
  }

  @Test
  void anExportKeyTakesItsPackagesAlong() {
    SealedPackage ofAnotherKey = sealed(id("3", "e", KeyWrap.RSA_OAEP_256, 1, 1), CONTENT);
    add(ofAnotherKey, CONTENT);
    add(sealed(id("3", "f", KeyWrap.RSA_OAEP_256, 1, 1), CONTENT), CONTENT);
    add(sealed(id("3", "f", KeyWrap.RSA_OAEP_512, 1, 1), CONTENT), CONTENT);
    add(sealed(id("4", "f", KeyWrap.RSA_OAEP_256, 1, 1), CONTENT), CONTENT);
    repository.removeFor("f".repeat(64));
    assertThat(rows()).isEqualTo(1);
    assertThat(repository.find(ofAnotherKey.id())).isPresent();
  }

  private int rows() {
    try (Connection connection = repository.dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from rps_sealed_package")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private void add(SealedPackage sealed, byte[] content) {
    assertThat(repository.confirm(sealed, store(sealed, content), () -> true)).contains(sealed);
  }

  private long store(SealedPackage sealed, byte[] content) {
    try (SpooledPackage spooled = MemorySealedPackages.spooled(content)) {
      return repository.store(sealed, NOW, spooled);
    }
  }

  private byte[] content(PackageId id) throws IOException {
    try (var in = repository.content(id).orElseThrow().open()) {
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

  private static PackageId inPeriod(long serial, long period) {
    return new PackageId(
        "3", serial, "f".repeat(64), KeyWrap.RSA_OAEP_256, new SchemaVersions(1, 1), "k", period);
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
