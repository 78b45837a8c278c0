package bulla.rps.export;

import bulla.pim.object.SealedPackages;
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
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/**
 * Keeps the sealed packages in the table {@code rps_sealed_package}, by JDBC: no row ever changes,
 * and a package is too large to be an entity's field.
 */
@ApplicationScoped
@Transactional
class JdbcSealedPackageRepository implements SealedPackageRepository, SealedPackages {
  private static final String OF_ID =
      """
       from rps_sealed_package
      where data_store = ? and serial = ? and fingerprint = ? and algorithm = ? and version = ?
        and core_version = ? and kid = ? and period = ?
      """;

  @Resource(lookup = "jdbc/bulla")
  DataSource dataSource;

  @Override
  public Optional<SealedPackage> find(PackageId id) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement("select digest" + OF_ID)) {
      set(select, id);
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
        PreparedStatement select = connection.prepareStatement("select content" + OF_ID)) {
      set(select, id);
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

  // A transaction of its own: the failed insertion of a second racer must not take the work around
  // it along, and nobody may serve what might still be rolled back.
  @Override
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public boolean add(
      SealedPackage sealed, Instant sealedAt, SpooledPackage content, BooleanSupplier current) {
    // Before the first statement: whoever removes packages has asked for the same lock first.
    if (!current.getAsBoolean()) {
      return false;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into rps_sealed_package (data_store, serial, fingerprint, algorithm, version,
                  core_version, kid, period, sealed_at, digest, content)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """);
        PreparedStatement replaced =
            connection.prepareStatement(
                "delete from rps_sealed_package where data_store = ? and fingerprint = ?"
                    + " and (serial <> ? or period <> ? or kid <> ?)")) {
      set(insert, sealed.id());
      // The column has no time zone: without the calendar the driver would write local time.
      insert.setTimestamp(
          9, Timestamp.from(sealedAt), Calendar.getInstance(TimeZone.getTimeZone(ZoneOffset.UTC)));
      insert.setString(10, sealed.digest());
      insert.setBinaryStream(11, content.open(), content.length());
      insert.executeUpdate();
      replaced.setString(1, sealed.id().dataStore());
      replaced.setString(2, sealed.id().fingerprint());
      replaced.setLong(3, sealed.id().serial());
      replaced.setLong(4, sealed.id().period());
      replaced.setString(5, sealed.id().kid());
      replaced.executeUpdate();
      return true;
    } catch (SQLException failed) {
      throw new IllegalStateException("A sealed package cannot be stored", failed);
    }
  }

  @Override
  public void removeBefore(String dataStoreUid, long revision) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement delete =
            connection.prepareStatement(
                "delete from rps_sealed_package where data_store = ? and serial < ?")) {
      delete.setString(1, dataStoreUid);
      delete.setLong(2, revision);
      delete.executeUpdate();
    } catch (SQLException failed) {
      throw new IllegalStateException("Sealed packages cannot be removed", failed);
    }
  }

  @Override
  public void removeFor(String fingerprint) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement delete =
            connection.prepareStatement("delete from rps_sealed_package where fingerprint = ?")) {
      delete.setString(1, fingerprint);
      delete.executeUpdate();
    } catch (SQLException failed) {
      throw new IllegalStateException("Sealed packages cannot be removed", failed);
    }
  }

  private static void set(PreparedStatement statement, PackageId id) throws SQLException {
    statement.setString(1, id.dataStore());
    statement.setLong(2, id.serial());
    statement.setString(3, id.fingerprint());
    statement.setString(4, id.algorithm().joseName());
    statement.setInt(5, id.versions().version());
    statement.setInt(6, id.versions().coreVersion());
    statement.setString(7, id.kid());
    statement.setLong(8, id.period());
  }
}
