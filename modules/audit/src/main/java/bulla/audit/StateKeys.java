package bulla.audit;

import bulla.keyring.KeyContext;
import bulla.keyring.Keyring;
import bulla.secrets.SecretBytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.sql.DataSource;

/** The key of the HMACs of states, wrapped by the keyring. */
final class StateKeys {
  private static final int VERSION = 1;
  private static final int LENGTH = 32;
  static final KeyContext CONTEXT = new KeyContext("audit", "state", VERSION, "object-state-hmac");

  private final DataSource dataSource;
  private final Keyring keyring;

  StateKeys(DataSource dataSource, Keyring keyring) {
    this.dataSource = dataSource;
    this.keyring = keyring;
  }

  /**
   * The key, made where there is none. Of two servers that start on one empty database, one makes
   * it.
   *
   * @throws bulla.keyring.KeyringException if it does not open
   */
  SecretBytes open() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      Optional<String> stored = stored(connection);
      if (stored.isEmpty()) {
        store(connection);
        stored = stored(connection);
      }
      return keyring.unwrap(CONTEXT, Base64.getDecoder().decode(stored.orElseThrow()));
    }
  }

  private static Optional<String> stored(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select wrapped_key from audit_state_key where version = ?")) {
      select.setInt(1, VERSION);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  private void store(Connection connection) throws SQLException {
    try (SecretBytes key = SecretBytes.random(LENGTH);
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into audit_state_key (version, wrapped_key, created_at)"
                    + " values (?, ?, ?)")) {
      insert.setInt(1, VERSION);
      insert.setString(2, Base64.getEncoder().encodeToString(keyring.wrap(CONTEXT, key)));
      insert.setTimestamp(3, Timestamp.from(Instant.now()), EntryTable.utc());
      insert.executeUpdate();
    } catch (SQLException failed) {
      // Where another server was faster (SQL:2016, class 23), its key is the one.
      if (failed.getSQLState() == null || !failed.getSQLState().startsWith("23")) {
        throw failed;
      }
    }
  }
}
