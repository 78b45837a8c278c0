package bulla.rps.export;

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
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.Optional;
import java.util.TimeZone;
import javax.sql.DataSource;

/**
 * Keeps the sealed packages in the table {@code rps_sealed_package}, by JDBC: no row ever changes,
 * and a package is too large to be an entity's field.
 */
@ApplicationScoped
@Transactional
class JdbcSealedPackageRepository implements SealedPackageRepository {
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
  public SpooledPackage content(PackageId id) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement("select content" + OF_ID)) {
      set(select, id);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("There is no sealed " + id);
        }
        try (InputStream content = row.getBinaryStream(1)) {
          return SpooledPackage.of(content::transferTo);
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
  public void add(SealedPackage sealed, Instant sealedAt, SpooledPackage content) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into rps_sealed_package (data_store, serial, fingerprint, algorithm, version,
                  core_version, kid, period, sealed_at, digest, content)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """);
        PreparedStatement outdated =
            connection.prepareStatement(
                "delete from rps_sealed_package where data_store = ? and fingerprint = ?"
                    + " and sealed_at < ? and (serial < ? or period < ?)")) {
      set(insert, sealed.id());
      // The column has no time zone: without the calendar the driver would write local time.
      insert.setTimestamp(
          9, Timestamp.from(sealedAt), Calendar.getInstance(TimeZone.getTimeZone(ZoneOffset.UTC)));
      insert.setString(10, sealed.digest());
      insert.setBinaryStream(11, content.open(), content.length());
      insert.executeUpdate();
      // Nobody is given these any more; an hour for whoever has found one and is about to read it.
      outdated.setString(1, sealed.id().dataStore());
      outdated.setString(2, sealed.id().fingerprint());
      outdated.setTimestamp(
          3,
          Timestamp.from(sealedAt.minus(Duration.ofHours(1))),
          Calendar.getInstance(TimeZone.getTimeZone(ZoneOffset.UTC)));
      outdated.setLong(4, sealed.id().serial());
      outdated.setLong(5, sealed.id().period());
      outdated.executeUpdate();
    } catch (SQLException failed) {
      throw new IllegalStateException("A sealed package cannot be stored", failed);
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
