package bulla.keyring;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The one row of the table {@code keyring_master}: which master key is in use. */
final class MasterKeyTable {
  private MasterKeyTable() {}

  /**
   * The master key that wraps every key encryption key.
   *
   * @param installation the random name of what this database belongs to; a token that several
   *     installations share keeps their keys apart by it
   * @param former where the master key was before, if something of it may still be there
   */
  record Current(
      String installation,
      MasterKeyProvider provider,
      int version,
      Instant madeAt,
      Optional<MasterKeyProvider> former) {}

  /** Empty before the first start. */
  static Optional<Current> find(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "select installation, provider, version, made_at, former_provider from keyring_master");
        ResultSet row = select.executeQuery()) {
      return row.next()
          ? Optional.of(
              new Current(
                  row.getString(1),
                  provider(row.getString(2)),
                  row.getInt(3),
                  KeyEncryptionKeyTable.time(row, 4),
                  Optional.ofNullable(row.getString(5)).map(MasterKeyTable::provider)))
          : Optional.empty();
    }
  }

  /** The row, which no other server changes until the end of this transaction. */
  static Optional<Current> lock(Connection connection) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("update keyring_master set version = version")) {
      lock.executeUpdate();
    }
    return find(connection);
  }

  static void insert(Connection connection, Current first) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into keyring_master (id, installation, provider, version, made_at) values (1, ?, ?, ?, ?)")) {
      insert.setString(1, first.installation());
      insert.setString(2, first.provider().publishedName());
      insert.setInt(3, first.version());
      KeyEncryptionKeyTable.setTime(insert, 4, first.madeAt());
      insert.executeUpdate();
    }
  }

  static void update(Connection connection, Current changed) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update keyring_master set installation = ?, provider = ?, version = ?, made_at = ?,"
                + " former_provider = ?")) {
      update.setString(1, changed.installation());
      update.setString(2, changed.provider().publishedName());
      update.setInt(3, changed.version());
      KeyEncryptionKeyTable.setTime(update, 4, changed.madeAt());
      update.setString(5, changed.former().map(MasterKeyProvider::publishedName).orElse(null));
      update.executeUpdate();
    }
  }

  private static MasterKeyProvider provider(String name) {
    return MasterKeyProvider.named(name)
        .orElseThrow(
            () ->
                KeyringException.forOperator(
                    "The master key is with the provider %s, which this version does not know"
                        .formatted(name)));
  }
}
