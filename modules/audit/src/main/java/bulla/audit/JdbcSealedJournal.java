package bulla.audit;

import bulla.auditchain.Chain;
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
      while (true) {
        ChainRows.Head head = head(connection);
        Chain archived = ChainRows.archived(connection, head, () -> trusted);
        Verification found = verify(connection, head, archived, trusted);
        // What is archived meanwhile is missing from where this began.
        if (found.isGood() || !isArchivedFurther(connection, archived, trusted)) {
          return found;
        }
      }
    } catch (SQLException | IOException failed) {
      throw unreadable(failed);
    }
  }

  private static Verification verify(
      Connection connection, ChainRows.Head head, Chain archived, TrustedKeys trusted)
      throws SQLException, IOException {
    var verifier = new JournalVerifier(head.name(), archived, trusted, Optional.empty());
    long followed =
        ChainRows.read(
            connection,
            archived.length(),
            head.length(),
            new ChainRows.Reader() {
              @Override
              public void entry(long seq, RecordedEvent entry, byte[] canonical, String hash) {
                verifier.entry(canonical, hash);
              }

              @Override
              public void checkpoint(long seq, Instant time, String jws) {
                verifier.checkpoint(jws);
              }
            });
    if (followed < head.length()) {
      verifier.broken("entry " + (followed + 1) + " is missing");
    }
    strangers(connection)
        .ifPresent(id -> verifier.broken("row " + id + " was never recorded as an entry"));
    return verifier.end();
  }

  private static boolean isArchivedFurther(
      Connection connection, Chain archived, TrustedKeys trusted) throws SQLException {
    return ChainRows.archived(connection, head(connection), () -> trusted).length()
        > archived.length();
  }

  @Override
  public void export(OutputStream out) throws IOException {
    try (Connection connection = dataSource.getConnection()) {
      TrustedKeys trusted = TrustedKeys.of(publicKeys());
      ChainRows.Head head = head(connection);
      Chain archived = ChainRows.archived(connection, head, () -> trusted);
      JournalLines.writeHeader(out, head.name(), archived.length(), archived.hex());
      ChainRows.read(connection, archived.length(), head.length(), new LineWriter(out));
      if (isArchivedFurther(connection, archived, trusted)) {
        throw new IOException("Entries were archived during the export: export again");
      }
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

  private static ChainRows.Head head(Connection connection) throws SQLException {
    return ChainRows.head(connection)
        .orElseThrow(() -> new SQLException("The journal has no row that names it"));
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
