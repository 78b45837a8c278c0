package bulla.audit;

import bulla.auditchain.CheckpointKey;
import bulla.keyring.KeyContext;
import bulla.keyring.Keyring;
import bulla.secrets.SecretBytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.sql.DataSource;

/** The key pairs that sign checkpoints, their private halves wrapped by the keyring. */
final class CheckpointKeys {
  private static final int FIRST_WRAPPING = 1;

  private final DataSource dataSource;
  private final Keyring keyring;

  CheckpointKeys(DataSource dataSource, Keyring keyring) {
    this.dataSource = dataSource;
    this.keyring = keyring;
  }

  /**
   * The newest key, made where there is none. Two servers that start on one empty database may make
   * one each; both are trusted then.
   *
   * @throws bulla.keyring.KeyringException if it does not open
   */
  CheckpointKey current() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select kid, public_key, wrapped_key from audit_key order by created_at desc"
                    + " fetch first row only");
        ResultSet row = select.executeQuery()) {
      return row.next()
          ? open(row.getString(1), row.getString(2), row.getString(3))
          : store(connection, CheckpointKey.generate());
    }
  }

  private CheckpointKey open(String kid, String publicKey, String wrappedKey) {
    try (SecretBytes secret =
        keyring.unwrap(context(kid), Base64.getDecoder().decode(wrappedKey))) {
      byte[] pkcs8 = secret.copyOfBytes();
      try {
        return CheckpointKey.of(pkcs8, HexFormat.of().parseHex(publicKey));
      } finally {
        Arrays.fill(pkcs8, (byte) 0);
      }
    }
  }

  private CheckpointKey store(Connection connection, CheckpointKey made) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement(
                "insert into audit_key (kid, public_key, wrapped_key, created_at) values (?, ?, ?, ?)");
        SecretBytes pkcs8 = SecretBytes.takeFrom(made.pkcs8())) {
      insert.setString(1, made.kid());
      insert.setString(2, HexFormat.of().formatHex(made.publicBytes()));
      insert.setString(
          3, Base64.getEncoder().encodeToString(keyring.wrap(context(made.kid()), pkcs8)));
      insert.setTimestamp(4, Timestamp.from(Instant.now()), EntryTable.utc());
      insert.executeUpdate();
      return made;
    }
  }

  private static KeyContext context(String kid) {
    return new KeyContext("audit", kid, FIRST_WRAPPING, "checkpoint-signing");
  }
}
