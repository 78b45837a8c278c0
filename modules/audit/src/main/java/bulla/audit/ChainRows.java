package bulla.audit;

import bulla.auditchain.BrokenJournal;
import bulla.auditchain.Chain;
import bulla.auditchain.Checkpoint;
import bulla.auditchain.TrustedKeys;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** Reads the tables that {@link Sealer} writes, some rows at a time. */
final class ChainRows {
  private static final int ROWS_AT_A_TIME = 1000;
  private static final System.Logger LOG = System.getLogger("bulla.audit");

  private ChainRows() {}

  /** Takes what is read. */
  interface Reader {
    void entry(long seq, RecordedEvent entry, byte[] canonical, String hash) throws IOException;

    void checkpoint(long seq, Instant time, String jws) throws IOException;
  }

  /** The keys whose statements are believed, when they are needed. */
  interface Trust {
    TrustedKeys keys() throws SQLException;
  }

  /** The journal's name and how many entries are sealed. */
  record Head(String name, long length) {}

  /** Nothing before the first server has named the journal. */
  static Optional<Head> head(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select name, length from audit_journal");
        ResultSet row = select.executeQuery()) {
      return row.next()
          ? Optional.of(new Head(row.getString(1), row.getLong(2)))
          : Optional.empty();
    }
  }

  /**
   * The chain of the entries that lie in archives; the rows of the tables continue it. A row that
   * says so without the signature of this server counts for nothing.
   */
  static Chain archived(Connection connection, Head head, Trust trust) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select jws from audit_archive order by seq desc");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        try {
          Checkpoint archived = Checkpoint.verifiedArchived(rows.getString(1), trust.keys());
          if (archived.journal().equals(head.name()) && archived.seq() <= head.length()) {
            return Chain.resumed(archived.seq(), HexFormat.of().parseHex(archived.hash()));
          }
        } catch (BrokenJournal foreign) {
          LOG.log(
              System.Logger.Level.ERROR,
              "A row that says that entries were archived is none of this server's: {0}",
              foreign.getMessage());
        }
      }
      return Chain.empty(head.name());
    }
  }

  /** The hash of the chain after entry {@code seq}, if its link is there. */
  static Optional<String> hash(Connection connection, long seq) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select hash from audit_link where seq = ?")) {
      select.setLong(1, seq);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  /**
   * Reads the chain after entry {@code after} up to entry {@code to}, which must be sealed, and the
   * checkpoints from that of {@code after} on. No checkpoint before {@code to} is missing.
   *
   * @return how far it came
   */
  static long read(Connection connection, long after, long to, Reader reader)
      throws SQLException, IOException {
    connection.setAutoCommit(false);
    try (PreparedStatement checkpoints =
            connection.prepareStatement(
                "select seq, made_at, jws from audit_checkpoint where seq >= ? and seq <= ?"
                    + " order by seq");
        PreparedStatement links =
            connection.prepareStatement(
                "select seq, entry_id, hash from audit_link where seq > ? and seq <= ?"
                    + " order by seq");
        var entries = new EntryLookup(connection)) {
      checkpoints.setLong(1, after);
      checkpoints.setLong(2, to);
      checkpoints.setFetchSize(ROWS_AT_A_TIME);
      try (ResultSet checkpoint = checkpoints.executeQuery()) {
        boolean more = checkpointsUpTo(after, checkpoint, checkpoint.next(), reader);
        long seq = after;
        for (long from = after; from < to; from += ROWS_AT_A_TIME) {
          links.setLong(1, from);
          links.setLong(2, Math.min(to, from + ROWS_AT_A_TIME));
          try (ResultSet rows = links.executeQuery()) {
            while (rows.next()) {
              Optional<RecordedEvent> entry = entries.find(rows.getLong("entry_id"));
              if (entry.isPresent()) {
                seq = rows.getLong("seq");
                reader.entry(
                    seq, entry.get(), CanonicalEntry.of(seq, entry.get()), rows.getString("hash"));
                more = checkpointsUpTo(seq, checkpoint, more, reader);
              }
            }
          }
        }
        return seq;
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /**
   * Hands over the checkpoints up to {@code seq}; answers whether {@code rows} stands on one more.
   */
  private static boolean checkpointsUpTo(long seq, ResultSet rows, boolean more, Reader reader)
      throws SQLException, IOException {
    boolean onRow = more;
    while (onRow && rows.getLong("seq") <= seq) {
      reader.checkpoint(
          rows.getLong("seq"),
          rows.getTimestamp("made_at", EntryTable.utc()).toInstant(),
          rows.getString("jws"));
      onRow = rows.next();
    }
    return onRow;
  }
}
