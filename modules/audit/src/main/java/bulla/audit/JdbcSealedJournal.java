package bulla.audit;

import bulla.auditchain.CheckpointKey;
import bulla.auditchain.JournalLines;
import bulla.auditchain.JournalVerifier;
import bulla.auditchain.TrustedKeys;
import bulla.auditchain.Verification;
import bulla.keyring.Keyring;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Reads the tables that {@link Sealer} writes, some rows at a time. */
@Dependent
class JdbcSealedJournal implements SealedJournal {
  private static final int ROWS_AT_A_TIME = 1000;

  @Resource(lookup = "jdbc/bulla")
  DataSource dataSource;

  private final Keyring keyring;

  @Inject
  JdbcSealedJournal(Keyring keyring) {
    this.keyring = keyring;
  }

  @Override
  public Verification verify() {
    try (Connection connection = dataSource.getConnection()) {
      TrustedKeys trusted = TrustedKeys.of(publicKeys());
      Head head = head(connection);
      var verifier = new JournalVerifier(head.name, trusted, Optional.empty());
      long followed =
          follow(
              connection,
              head.length,
              new Reader() {
                @Override
                public void entry(byte[] canonical, String hash) {
                  verifier.entry(canonical, hash);
                }

                @Override
                public void checkpoint(String jws) {
                  verifier.checkpoint(jws);
                }
              });
      if (followed < head.length) {
        verifier.broken("entry " + (followed + 1) + " is missing");
      }
      strangers(connection)
          .ifPresent(id -> verifier.broken("row " + id + " was never recorded as an entry"));
      return verifier.end();
    } catch (SQLException | IOException failed) {
      throw unreadable(failed);
    }
  }

  @Override
  public void export(OutputStream out) throws IOException {
    try (Connection connection = dataSource.getConnection()) {
      Head head = head(connection);
      JournalLines.writeHeader(out, head.name);
      follow(
          connection,
          head.length,
          new Reader() {
            @Override
            public void entry(byte[] canonical, String hash) throws IOException {
              JournalLines.writeEntry(out, canonical, hash);
            }

            @Override
            public void checkpoint(String jws) throws IOException {
              JournalLines.writeCheckpoint(out, jws);
            }
          });
    } catch (SQLException failed) {
      throw unreadable(failed);
    }
  }

  @Override
  public Optional<String> newestCheckpoint() {
    return ofNewestCheckpoint(row -> row.getString("jws"));
  }

  @Override
  public Optional<Instant> newestCheckpointTime() {
    return ofNewestCheckpoint(row -> row.getTimestamp("made_at", EntryTable.utc()).toInstant());
  }

  private interface Column<T> {
    T of(ResultSet row) throws SQLException;
  }

  private <T> Optional<T> ofNewestCheckpoint(Column<T> column) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select jws, made_at from audit_checkpoint order by seq desc"
                    + " fetch first row only");
        ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(column.of(row)) : Optional.empty();
    } catch (SQLException failed) {
      throw unreadable(failed);
    }
  }

  @Override
  public String jwks() {
    try {
      return publicKeys().stream()
          .map(CheckpointKey::jwk)
          .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    } catch (SQLException failed) {
      throw unreadable(failed);
    }
  }

  @Override
  public long pending() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select count(*) from audit_pending");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    } catch (SQLException failed) {
      throw unreadable(failed);
    }
  }

  private interface Reader {
    void entry(byte[] canonical, String hash) throws IOException;

    void checkpoint(String jws) throws IOException;
  }

  private record Head(String name, long length) {}

  private static Head head(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select name, length from audit_journal");
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("The journal has no row that names it");
      }
      return new Head(row.getString(1), row.getLong(2));
    }
  }

  /** Reads the chain up to {@code length}; answers how far it came. */
  private static long follow(Connection connection, long length, Reader reader)
      throws SQLException, IOException {
    connection.setAutoCommit(false);
    try (PreparedStatement checkpoints =
            connection.prepareStatement(
                "select seq, jws from audit_checkpoint where seq <= ? order by seq");
        PreparedStatement links =
            connection.prepareStatement(
                "select seq, hash, "
                    + EntryQuery.COLUMNS
                    + " from audit_link join audit_entry on id = entry_id"
                    + " where seq > ? and seq <= ? order by seq")) {
      checkpoints.setLong(1, length);
      checkpoints.setFetchSize(ROWS_AT_A_TIME);
      try (ResultSet checkpoint = checkpoints.executeQuery()) {
        boolean more = checkpointsUpTo(0, checkpoint, checkpoint.next(), reader);
        long seq = 0;
        for (long from = 0; from < length; from += ROWS_AT_A_TIME) {
          links.setLong(1, from);
          links.setLong(2, Math.min(length, from + ROWS_AT_A_TIME));
          try (ResultSet rows = links.executeQuery()) {
            while (rows.next()) {
              seq = rows.getLong("seq");
              byte[] canonical = CanonicalEntry.of(seq, EntryQuery.entry(rows));
              reader.entry(canonical, rows.getString("hash"));
              more = checkpointsUpTo(seq, checkpoint, more, reader);
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
      reader.checkpoint(rows.getString("jws"));
      onRow = rows.next();
    }
    return onRow;
  }

  /**
   * An entry that neither has a place in the chain nor waits for one. A row may get its place while
   * this looks, so it looks twice.
   */
  private static Optional<Long> strangers(Connection connection) throws SQLException {
    String query =
        "select id from audit_entry e where %s not exists (select 1 from audit_link l where"
            + " l.entry_id = e.id) and not exists (select 1 from audit_pending p where p.entry_id ="
            + " e.id) order by id fetch first row only";
    Optional<Long> suspect = first(connection, query.formatted(""));
    return suspect.isEmpty()
        ? suspect
        : first(connection, query.formatted("id = " + suspect.get() + " and"));
  }

  private static Optional<Long> first(Connection connection, String query) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(query);
        ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
    }
  }

  private List<byte[]> publicKeys() throws SQLException {
    return new CheckpointKeys(dataSource, keyring).trusted();
  }

  private static AuditException unreadable(Exception failed) {
    return new AuditException("The audit journal cannot be read", failed);
  }
}
