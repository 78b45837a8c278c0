package bulla.audit;

import bulla.auditchain.CheckpointKey;
import bulla.keyring.KeyContext;
import bulla.keyring.Keyring;
import bulla.keyring.KeyringException;
import bulla.secrets.SecretBytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;

/** The key pairs that sign checkpoints, their private halves wrapped by the keyring. */
final class CheckpointKeys {
  private static final System.Logger LOG = System.getLogger("bulla.audit");
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
   * @throws IllegalStateException if there are keys and none of them is this server's
   */
  CheckpointKey current() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      Stored stored = stored(connection);
      if (!stored.own().isEmpty()) {
        return stored.own().get(0);
      }
      if (stored.foreign()) {
        throw new IllegalStateException(
            "None of the journal's checkpoint keys is this server's: restore the database and the"
                + " master key from one backup");
      }
      return store(connection, CheckpointKey.generate());
    }
  }

  /**
   * The public halves of the keys that this server made, newest first. A row that somebody else put
   * into the table is none: its private half does not open, and so it is not trusted.
   */
  List<byte[]> trusted() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return stored(connection).own().stream().map(CheckpointKey::publicBytes).toList();
    }
  }

  /**
   * What the table holds.
   *
   * @param own the keys that open, newest first
   * @param foreign whether there are others
   */
  private record Stored(List<CheckpointKey> own, boolean foreign) {}

  private Stored stored(Connection connection) throws SQLException {
    var own = new ArrayList<CheckpointKey>();
    boolean foreign = false;
    try (PreparedStatement select =
            connection.prepareStatement(
                "select kid, public_key, wrapped_key from audit_key order by created_at desc");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        try {
          own.add(open(rows.getString(1), rows.getString(2), rows.getString(3)));
        } catch (KeyringException | IllegalArgumentException unopened) {
          foreign = true;
          LOG.log(
              System.Logger.Level.ERROR,
              "The checkpoint key {0} is none of this server's and is not trusted",
              rows.getString(1));
        }
      }
    }
    return new Stored(own, foreign);
  }

  private CheckpointKey open(String kid, String publicKey, String wrappedKey) {
    try (SecretBytes secret =
        keyring.unwrap(context(kid), Base64.getDecoder().decode(wrappedKey))) {
      byte[] pkcs8 = secret.copyOfBytes();
      try {
        var key = CheckpointKey.of(pkcs8, HexFormat.of().parseHex(publicKey));
        // The wrapping binds the private half to this name, and the name is made of the public one.
        if (!key.kid().equals(kid)) {
          throw new IllegalArgumentException(
              "The checkpoint key " + kid + " has the public half of another");
        }
        return key;
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

  static KeyContext context(String kid) {
    return new KeyContext("audit", kid, FIRST_WRAPPING, "checkpoint-signing");
  }
}
