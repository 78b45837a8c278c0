package bulla.rps.export;

import bulla.pim.object.SealedPackages;
import bulla.rps.signingkey.SignedPackages;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/**
 * Keeps the sealed packages in the table {@code rps_sealed_package}, by JDBC: a package is too
 * large to be an entity's field.
 */
@ApplicationScoped
@Transactional
class JdbcSealedPackageRepository
    implements SealedPackageRepository, SealedPackages, SignedPackages {
  /** As the column {@code attempt} says it. */
  private static final long CONFIRMED = 0;

  private static final String WHERE =
      """
       where data_store = ? and serial = ? and fingerprint = ? and algorithm = ? and version = ?
        and core_version = ? and kid = ? and period = ? and attempt = ?
      """;

  @Resource(lookup = "jdbc/bulla")
  DataSource dataSource;

  @Override
  public Optional<SealedPackage> find(PackageId id) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select digest from rps_sealed_package" + WHERE)) {
      set(select, id, CONFIRMED);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(new SealedPackage(id, row.getString(1))) : Optional.empty();
      }
    } catch (SQLException failed) {
      throw new IllegalStateException("The sealed packages cannot be read", failed);
    }
  }

  @Override
  public Optional<SpooledPackage> content(PackageId id) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select content from rps_sealed_package" + WHERE)) {
      set(select, id, CONFIRMED);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        try (InputStream content = row.getBinaryStream(1)) {
          return Optional.of(SpooledPackage.of(content::transferTo));
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("A sealed package cannot be read", unreadable);
    } catch (SQLException failed) {
      throw new IllegalStateException("A sealed package cannot be read", failed);
    }
  }

  @Override
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public long store(SealedPackage sealed, Instant sealedAt, SpooledPackage content) {
    long attempt = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into rps_sealed_package (data_store, serial, fingerprint, algorithm, version,
                  core_version, kid, period, attempt, sealed_at, digest, content)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)) {
      set(insert, sealed.id(), attempt);
      // The column has no time zone: without the calendar the driver would write local time.
      insert.setTimestamp(
          10, Timestamp.from(sealedAt), Calendar.getInstance(TimeZone.getTimeZone(ZoneOffset.UTC)));
      insert.setString(11, sealed.digest());
      insert.setBinaryStream(12, content.open(), content.length());
      insert.executeUpdate();
      return attempt;
    } catch (SQLException failed) {
      throw new IllegalStateException("A sealed package cannot be stored", failed);
    }
  }

  // A transaction of its own: nobody may serve what might still be rolled back.
  @Override
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public Optional<SealedPackage> confirm(
      SealedPackage sealed, long attempt, BooleanSupplier current) {
    // Before the first statement: whoever removes packages has asked for the same lock first.
    boolean keep = current.getAsBoolean();
    Optional<SealedPackage> faster = keep ? find(sealed.id()) : Optional.empty();
    if (!keep || faster.isPresent()) {
      removeAttempt(sealed.id(), attempt);
      return faster;
    }
    // Not what others are storing: it holds its rows for long, and is told when it asks to confirm.
    try (Connection connection = dataSource.getConnection();
        PreparedStatement confirm =
            connection.prepareStatement("update rps_sealed_package set attempt = 0" + WHERE);
        PreparedStatement replaced =
            connection.prepareStatement(
                """
                delete from rps_sealed_package where data_store = ? and fingerprint = ?
                  and attempt = 0 and (serial <> ? or kid <> ? or period < ? or mod(period, %d) <> ?)
                """
                    .formatted(PackageLifetime.SETTINGS))) {
      set(confirm, sealed.id(), attempt);
      if (confirm.executeUpdate() == 0) {
        return Optional.empty();
      }
      replaced.setString(1, sealed.id().dataStore());
      replaced.setString(2, sealed.id().fingerprint());
      replaced.setLong(3, sealed.id().serial());
      replaced.setString(4, sealed.id().kid());
      // Not a later one of the same lifetime: it is of a server whose clock is ahead.
      replaced.setLong(5, sealed.id().period());
      replaced.setLong(6, sealed.id().period() % PackageLifetime.SETTINGS);
      replaced.executeUpdate();
      return Optional.of(sealed);
    } catch (SQLException failed) {
      throw new IllegalStateException("A sealed package cannot be confirmed", failed);
    }
  }

  @Override
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void remove(PackageId id, long attempt) {
    removeAttempt(id, attempt);
  }

  private void removeAttempt(PackageId id, long attempt) {
    delete(WHERE, statement -> set(statement, id, attempt));
  }

  @Override
  public void removeUnconfirmed() {
    delete(" where attempt > 0", statement -> {});
  }

  @Override
  public void removeNotSignedBy(String kid) {
    // Not the unconfirmed: whoever stores one holds its row, and is told when it asks to confirm.
    delete(" where attempt = 0 and kid <> ?", statement -> statement.setString(1, kid));
  }

  @Override
  public void removeBefore(String dataStoreUid, long revision) {
    delete(
        " where data_store = ? and serial < ?",
        statement -> {
          statement.setString(1, dataStoreUid);
          statement.setLong(2, revision);
        });
  }

  @Override
  public void removeFor(String fingerprint) {
    delete(" where fingerprint = ?", statement -> statement.setString(1, fingerprint));
  }

  /** Sets what the place holders of a statement stand for. */
  private interface Values {
    void setIn(PreparedStatement statement) throws SQLException;
  }

  private void delete(String where, Values values) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement delete =
            connection.prepareStatement("delete from rps_sealed_package" + where)) {
      values.setIn(delete);
      delete.executeUpdate();
    } catch (SQLException failed) {
      throw new IllegalStateException("Sealed packages cannot be removed", failed);
    }
  }

  private static void set(PreparedStatement statement, PackageId id, long attempt)
      throws SQLException {
    statement.setString(1, id.dataStore());
    statement.setLong(2, id.serial());
    statement.setString(3, id.fingerprint());
    statement.setString(4, id.algorithm().joseName());
    statement.setInt(5, id.versions().version());
    statement.setInt(6, id.versions().coreVersion());
    statement.setString(7, id.kid());
    statement.setLong(8, id.period());
    statement.setLong(9, attempt);
  }
}
