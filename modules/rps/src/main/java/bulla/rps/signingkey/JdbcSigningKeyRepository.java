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

/** Keeps the signing keys in the table {@code rps_signing_key}, by JDBC. */
@ApplicationScoped
@Transactional
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
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void add(StoredSigningKey key) {
    insert(key);
  }

  @Override
  public void addNext(StoredSigningKey key) {
    insert(key);
  }

  private void insert(StoredSigningKey key) {
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

  @Override
  public void replace(StoredSigningKey key) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update rps_signing_key set wrapped_key = ? where generation = ? and kid = ?")) {
      update.setString(1, key.wrappedKey());
      update.setInt(2, key.generation());
      update.setString(3, key.kid());
      if (update.executeUpdate() != 1) {
        throw new IllegalStateException("There is no " + key);
      }
    } catch (SQLException failed) {
      throw new IllegalStateException("A signing key cannot be changed", failed);
    }
  }

  // An update locks the row on every database; "select for update" is spelled in several ways.
  @Override
  public boolean lock(String kid) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update rps_signing_key set created_at = created_at where kid = ?")) {
      update.setString(1, kid);
      return update.executeUpdate() == 1;
    } catch (SQLException failed) {
      throw new IllegalStateException("A signing key cannot be held", failed);
    }
  }

  @Override
  public void removeBefore(int generation) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement delete =
            connection.prepareStatement("delete from rps_signing_key where generation < ?")) {
      delete.setInt(1, generation);
      delete.executeUpdate();
    } catch (SQLException failed) {
      throw new IllegalStateException("Signing keys cannot be removed", failed);
    }
  }

  // The column has no time zone: without the calendar the driver would write local time.
  private static Calendar utc() {
    return Calendar.getInstance(TimeZone.getTimeZone(ZoneOffset.UTC));
  }
}
