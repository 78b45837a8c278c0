package bulla.audit;

import bulla.auditchain.Chain;
import bulla.auditchain.Checkpoint;
import bulla.auditchain.CheckpointKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Gives committed entries their places in the chain, some at a time, and signs how far it has come.
 * Whoever writes entries waits for none of it. Several servers may do it on one database: the row
 * of the journal is locked while one of them works.
 */
final class Sealer {
  private static final int BATCH = 1000;

  private final DataSource dataSource;
  private final CheckpointKey key;
  private final Clock clock;

  Sealer(DataSource dataSource, CheckpointKey key, Clock clock) {
    this.dataSource = dataSource;
    this.key = key;
    this.clock = clock;
  }

  /** Names the journal where it has no name yet. */
  void begin() throws SQLException {
    Transactions.in(
        dataSource,
        connection -> {
          if (hasName(connection)) {
            return null;
          }
          String name = UUID.randomUUID().toString();
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "insert into audit_journal (id, name, length, hash) values (1, ?, 0, ?)")) {
            insert.setString(1, name);
            insert.setString(2, Chain.empty(name).hex());
            insert.executeUpdate();
          } catch (SQLIntegrityConstraintViolationException anotherServerWasFaster) {
            // Its name is the one.
            return null;
          }
          return null;
        });
  }

  /** Whether a journal has been begun; what reads one fails before that. */
  static boolean hasName(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return hasName(connection);
    }
  }

  private static boolean hasName(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("select id from audit_journal");
        ResultSet row = select.executeQuery()) {
      return row.next();
    }
  }

  /**
   * Seals the oldest entries that wait.
   *
   * @return how many; fewer than wait where that are many
   */
  int seal() throws SQLException {
    return Transactions.in(
        dataSource,
        connection -> {
          Journal journal = locked(connection);
          List<RecordedEvent> entries = pending(connection);
          Chain chain = Chain.resumed(journal.length, HexFormat.of().parseHex(journal.hash));
          try (PreparedStatement link =
                  connection.prepareStatement(
                      "insert into audit_link (seq, entry_id, hash) values (?, ?, ?)");
              PreparedStatement done =
                  connection.prepareStatement("delete from audit_pending where entry_id = ?")) {
            for (RecordedEvent entry : entries) {
              chain.add(CanonicalEntry.of(chain.length() + 1, entry));
              link.setLong(1, chain.length());
              link.setLong(2, entry.id());
              link.setString(3, chain.hex());
              link.addBatch();
              done.setLong(1, entry.id());
              done.addBatch();
            }
            if (!entries.isEmpty()) {
              link.executeBatch();
              done.executeBatch();
              advance(connection, chain);
            }
          }
          return entries.size();
        });
  }

  /**
   * Signs the chain as far as it has come. The checkpoint takes the place of an older one of the
   * same entries, of which it says all, and later: a server without work does not fill the table.
   */
  void checkpoint() throws SQLException {
    Transactions.in(
        dataSource,
        connection -> {
          Journal journal = locked(connection);
          Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          String jws = new Checkpoint(journal.name, journal.length, journal.hash, now).sign(key);
          try (PreparedStatement older =
                  connection.prepareStatement("delete from audit_checkpoint where seq = ?");
              PreparedStatement insert =
                  connection.prepareStatement(
                      "insert into audit_checkpoint (seq, made_at, jws) values (?, ?, ?)")) {
            older.setLong(1, journal.length);
            older.executeUpdate();
            insert.setLong(1, journal.length);
            insert.setTimestamp(2, Timestamp.from(now), EntryTable.utc());
            insert.setString(3, jws);
            insert.executeUpdate();
          }
          return null;
        });
  }

  /** The journal's row. */
  record Journal(String name, long length, String hash) {}

  /** The journal's row, which nobody else changes until the end of this transaction. */
  static Journal locked(Connection connection) throws SQLException {
    try (PreparedStatement lock =
            connection.prepareStatement("update audit_journal set length = length");
        PreparedStatement select =
            connection.prepareStatement("select name, length, hash from audit_journal")) {
      lock.executeUpdate();
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new Journal(row.getString(1), row.getLong(2), row.getString(3));
      }
    }
  }

  private static void advance(Connection connection, Chain chain) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update audit_journal set length = ?, hash = ?")) {
      update.setLong(1, chain.length());
      update.setString(2, chain.hex());
      update.executeUpdate();
    }
  }

  private static List<RecordedEvent> pending(Connection connection) throws SQLException {
    var ids = new ArrayList<Long>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select entry_id from audit_pending order by entry_id fetch first ? rows only")) {
      select.setInt(1, BATCH);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
    }
    var found = new ArrayList<RecordedEvent>(ids.size());
    try (var entries = new EntryLookup(connection)) {
      for (long id : ids) {
        found.add(
            entries
                .find(id)
                .orElseThrow(
                    () -> new SQLException("Entry " + id + " was removed before it was sealed")));
      }
    }
    return found;
  }
}
