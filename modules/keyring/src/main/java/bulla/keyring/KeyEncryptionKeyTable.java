package bulla.keyring;

import bulla.keyring.KeyEncryptionKey.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;

/** The table {@code keyring_kek}: one row per module and version, whatever has become of it. */
final class KeyEncryptionKeyTable {
  private KeyEncryptionKeyTable() {}

  /** Every key, by module, oldest first. */
  static List<KeyEncryptionKey> all(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "select module, version, state, wrapped_key, created_at, needed_at, destroyed_at,"
                    + " rewrapped, total from keyring_kek order by module, version");
        ResultSet rows = select.executeQuery()) {
      var keys = new ArrayList<KeyEncryptionKey>();
      while (rows.next()) {
        keys.add(
            new KeyEncryptionKey(
                rows.getString(1),
                rows.getInt(2),
                State.valueOf(rows.getString(3)),
                rows.getString(4),
                time(rows, 5),
                time(rows, 6),
                time(rows, 7),
                rows.getLong(8),
                rows.getLong(9)));
      }
      return keys;
    }
  }

  /**
   * Adds an active key.
   *
   * @throws SQLException among other reasons because the module has this version already
   */
  static void add(Connection connection, KeyEncryptionKey key) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into keyring_kek (module, version, state, wrapped_key, created_at)"
                + " values (?, ?, ?, ?, ?)")) {
      insert.setString(1, key.module());
      insert.setInt(2, key.version());
      insert.setString(3, key.state().name());
      insert.setString(4, key.wrappedKey());
      setTime(insert, 5, key.createdAt());
      insert.executeUpdate();
    }
  }

  /** Makes an active key a retiring one. */
  static void retire(Connection connection, KeyEncryptionKey key, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update keyring_kek set state = 'RETIRING', needed_at = ?"
                + " where module = ? and version = ? and state = 'ACTIVE'")) {
      setTime(update, 1, now);
      update.setString(2, key.module());
      update.setInt(3, key.version());
      update.executeUpdate();
    }
  }

  /** Notes how far the keys of {@code module} have come; {@code neededAt} null changes nothing. */
  static void progress(
      Connection connection, String module, long rewrapped, long total, Instant neededAt)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update keyring_kek set rewrapped = ?, total = ?, needed_at = coalesce(?, needed_at)"
                + " where module = ? and state = 'RETIRING'")) {
      update.setLong(1, rewrapped);
      update.setLong(2, total);
      setTime(update, 3, neededAt);
      update.setString(4, module);
      update.executeUpdate();
    }
  }

  /** Destroys a retiring key; false if another server was faster. */
  static boolean destroy(Connection connection, KeyEncryptionKey key, Instant now)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update keyring_kek set state = 'DESTROYED', wrapped_key = '', destroyed_at = ?"
                + " where module = ? and version = ? and state = 'RETIRING'")) {
      setTime(update, 1, now);
      update.setString(2, key.module());
      update.setInt(3, key.version());
      return update.executeUpdate() == 1;
    }
  }

  /** Replaces what the master key wrapped. */
  static void rewrap(Connection connection, KeyEncryptionKey key, WrappedKey wrapped)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update keyring_kek set wrapped_key = ? where module = ? and version = ?")) {
      update.setString(1, KeyEncryptionKey.base64(wrapped));
      update.setString(2, key.module());
      update.setInt(3, key.version());
      update.executeUpdate();
    }
  }

  /** Null stays null. */
  static void setTime(PreparedStatement statement, int index, Instant time) throws SQLException {
    statement.setTimestamp(index, time == null ? null : Timestamp.from(time), utc());
  }

  static Instant time(ResultSet row, int column) throws SQLException {
    Timestamp time = row.getTimestamp(column, utc());
    return time == null ? null : time.toInstant();
  }

  // The columns have no time zone: without it a driver would write and read local time.
  private static Calendar utc() {
    return Calendar.getInstance(TimeZone.getTimeZone(ZoneOffset.UTC));
  }
}
