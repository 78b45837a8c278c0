package bulla.rps.signingkey;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import javax.sql.DataSource;

/** Keeps the signing keys in the table {@code rps_signing_key}, by JDBC: no row ever changes. */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class JdbcSigningKeyRepository implements SigningKeyRepository {
  @Resource(lookup = "jdbc/bulla")
  DataSource dataSource;

  @Override
  public List<StoredSigningKey> all() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                """
                select generation, kid, public_key, wrapped_key, created_at
                from rps_signing_key order by generation desc
                """);
        ResultSet rows = select.executeQuery()) {
      List<StoredSigningKey> keys = new ArrayList<>();
      while (rows.next()) {
        keys.add(
            new StoredSigningKey(
                rows.getInt(1),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getTimestamp(5, utc()).toInstant()));
      }
      return keys;
    } catch (SQLException failed) {
      throw new IllegalStateException("The signing keys cannot be read", failed);
    }
  }

  @Override
  public void add(StoredSigningKey key) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into rps_signing_key (generation, kid, public_key, wrapped_key, created_at)
                values (?, ?, ?, ?, ?)
                """)) {
      insert.setInt(1, key.generation());
      insert.setString(2, key.kid());
      insert.setString(3, key.publicKey());
      insert.setString(4, key.wrappedKey());
      insert.setTimestamp(5, Timestamp.from(key.createdAt()), utc());
      insert.executeUpdate();
    } catch (SQLException failed) {
      throw new IllegalStateException("A signing key cannot be stored", failed);
    }
  }

  // The column has no time zone: without the calendar the driver would write local time.
  private static Calendar utc() {
    return Calendar.getInstance(TimeZone.getTimeZone(ZoneOffset.UTC));
  }
}
