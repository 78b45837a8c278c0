package bulla.audit;

import bulla.audit.delivery.DurableFiles;
import bulla.auditchain.BrokenJournal;
import bulla.auditchain.Chain;
import bulla.auditchain.Checkpoint;
import bulla.auditchain.JournalLines;
import bulla.auditchain.JournalVerifier;
import bulla.auditchain.TrustedKeys;
import bulla.auditchain.Verification;
import bulla.keyring.Keyring;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Moves the oldest stretch of the journal into a file. What counts is one transaction: with it the
 * journal begins after the stretch and has an entry that says so. Until then the file is a copy,
 * which the next attempt takes up; after it the rows are left-overs, which go some at a time, so
 * that nobody who writes entries waits for locks.
 */
final class Archiver {
  private static final System.Logger LOG = System.getLogger("bulla.audit");
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long LEAST_ROOM_BYTES = 256L << 20;
  private static final int ROWS_AT_A_TIME = 500;

  private final DataSource dataSource;
  private final Keyring keyring;
  private final Path directory;
  private final List<String> destinations;
  private final Clock clock;
  private final int mostEntries;
  private final Lease lease;

  /**
   * An archiver.
   *
   * @param directory where the files come, readable by their owner alone
   * @param destinations the names of those that must have taken an entry before it goes
   * @param mostEntries how many a file holds
   */
  Archiver(
      DataSource dataSource,
      Keyring keyring,
      Path directory,
      List<String> destinations,
      Clock clock,
      int mostEntries) {
    this.dataSource = dataSource;
    this.keyring = keyring;
    this.directory = directory;
    this.destinations = List.copyOf(destinations);
    this.clock = clock;
    this.mostEntries = mostEntries;
    this.lease = new Lease(dataSource, "archive", PATIENCE);
  }

  /** Before the first archiving of a process. */
  void begin() throws SQLException {
    lease.begin();
  }

  /** As {@link JournalArchive#archive} says. */
  synchronized Optional<ArchivedStretch> archive(
      Instant before, Function<ArchivedStretch, AuditEvent> event)
      throws SQLException, IOException {
    if (!lease.hold()) {
      throw new AuditException("Another server is archiving the journal", null);
    }
    try {
      TrustedKeys trusted = TrustedKeys.of(new CheckpointKeys(dataSource, keyring).trusted());
      Optional<Stretch> found = stretch(before, trusted);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      Stretch stretch = found.get();
      ArchivedStretch archived = file(stretch, trusted);
      remove(stretch, event.apply(archived));
      purgeOrLeave();
      return Optional.of(archived);
    } finally {
      lease.release();
    }
  }

  /** The stretch is archived by now; what stays of its rows goes in the next round. */
  private void purgeOrLeave() {
    try {
      purge();
    } catch (SQLException | RuntimeException failed) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Rows of archived entries could not be removed; it is tried again every hour",
          failed);
    }
  }

  /** Removes the rows of what lies in archives: all that an interruption has left. */
  void purge() throws SQLException {
    TrustedKeys trusted = TrustedKeys.of(new CheckpointKeys(dataSource, keyring).trusted());
    long archived;
    try (Connection connection = dataSource.getConnection()) {
      Optional<ChainRows.Head> head = ChainRows.head(connection);
      if (head.isEmpty()) {
        return;
      }
      archived = ChainRows.archived(connection, head.get(), () -> trusted).length();
    }
    int removed;
    do {
      removed = Transactions.in(dataSource, connection -> removeSome(connection, archived));
    } while (removed > 0);
  }

  /** What is to be archived: the entries after {@code before} up to that of {@code end}. */
  private record Stretch(String journal, Chain before, Checkpoint end) {}

  private Optional<Stretch> stretch(Instant young, TrustedKeys trusted)
      throws SQLException, IOException {
    try (Connection connection = dataSource.getConnection()) {
      Optional<ChainRows.Head> head = ChainRows.head(connection);
      if (head.isEmpty()) {
        return Optional.empty();
      }
      Chain before = ChainRows.archived(connection, head.get(), () -> trusted);
      long most = Math.min(head.get().length(), before.length() + mostEntries);
      for (String destination : destinations) {
        most = Math.min(most, DeliveryCursor.of(connection, destination).delivered());
      }
      most = lastBefore(connection, young, clock.instant(), before.length(), most);
      Optional<Checkpoint> end = existing(head.get().name(), before, trusted);
      if (end.isEmpty()) {
        end = newestCheckpoint(connection, before.length(), most, trusted);
      }
      if (end.isEmpty() || end.get().seq() > most) {
        return Optional.empty();
      }
      Optional<String> hash = ChainRows.hash(connection, end.get().seq());
      if (!hash.equals(Optional.of(end.get().hash()))) {
        throw new IOException(
            "Entry %d is not the one that its checkpoint names: nothing was archived"
                .formatted(end.get().seq()));
      }
      return Optional.of(new Stretch(head.get().name(), before, end.get()));
    }
  }

  /**
   * The last entry older than {@code young} with none between it and {@code after} that is not. An
   * entry that a wrong clock has put behind {@code now} tells nothing: its neighbours decide.
   */
  private static long lastBefore(
      Connection connection, Instant young, Instant now, long after, long most)
      throws SQLException {
    long last = after;
    try (PreparedStatement select =
            connection.prepareStatement(
                "select seq, entry_id from audit_link where seq > ? and seq <= ? order by seq");
        var entries = new EntryLookup(connection)) {
      for (long from = after; from < most; from += ROWS_AT_A_TIME) {
        select.setLong(1, from);
        select.setLong(2, Math.min(most, from + ROWS_AT_A_TIME));
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            Optional<RecordedEvent> entry = entries.find(rows.getLong(2));
            if (entry.isEmpty() || entry.get().time().isBefore(young)) {
              last = rows.getLong(1);
            } else if (!entry.get().time().isAfter(now)) {
              return last;
            }
          }
        }
      }
      return last;
    }
  }

  private static Optional<Checkpoint> newestCheckpoint(
      Connection connection, long after, long most, TrustedKeys trusted)
      throws SQLException, IOException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select jws from audit_checkpoint where seq > ? and seq <= ? order by seq desc"
                + " fetch first row only")) {
      select.setLong(1, after);
      select.setLong(2, most);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(Checkpoint.verified(row.getString(1), trusted))
            : Optional.empty();
      }
    } catch (BrokenJournal refused) {
      throw new IOException("Nothing was archived: " + refused.getMessage(), refused);
    }
  }

  private Path file(Chain before) {
    return directory.resolve("journal-%016d.jsonl".formatted(before.length() + 1));
  }

  /** The end of the file that an attempt has left which did not come to the transaction. */
  private Optional<Checkpoint> existing(String journal, Chain before, TrustedKeys trusted)
      throws IOException {
    Path file = file(before);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Verification found = verified(file, trusted, Optional.empty(), before.length());
    if (!found.isGood()
        || !found.journal().equals(journal)
        || found.after() != before.length()
        || found.entries() == 0
        || found.unsigned() != 0) {
      throw new IOException(
          "The file " + file + " is in the way and not the stretch to be archived");
    }
    return found.lastCheckpoint();
  }

  private ArchivedStretch file(Stretch stretch, TrustedKeys trusted)
      throws SQLException, IOException {
    Path file = file(stretch.before());
    if (!Files.exists(file)) {
      write(file, stretch, trusted);
    }
    return new ArchivedStretch(
        stretch.before().length() + 1, stretch.end().seq(), file, sha256(file));
  }

  /** The file gets its name when it is whole, on the disk, and verified as it lies there. */
  private void write(Path file, Stretch stretch, TrustedKeys trusted)
      throws SQLException, IOException {
    if (Files.getFileStore(directory).getUsableSpace() < LEAST_ROOM_BYTES) {
      throw new IOException(
          "Less than " + (LEAST_ROOM_BYTES >> 20) + " MB are left where " + directory + " lies");
    }
    Path part = directory.resolve(file.getFileName() + ".part");
    try (FileChannel channel = DurableFiles.create(part);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        Connection connection = dataSource.getConnection()) {
      Chain before = stretch.before();
      JournalLines.writeHeader(out, stretch.journal(), before.length(), before.hex());
      ChainRows.read(connection, before.length(), stretch.end().seq(), new LineWriter(out));
      out.flush();
      channel.force(true);
    }
    Verification found =
        verified(part, trusted, Optional.of(stretch.end()), stretch.before().length());
    if (!found.isGood() || found.last() != stretch.end().seq() || found.unsigned() != 0) {
      Files.delete(part);
      throw new IOException(
          "The stretch does not verify, nothing was archived: "
              + found.broken().map(broken -> broken.reason()).orElse("it is not whole"));
    }
    DurableFiles.rename(part, file);
  }

  private static Verification verified(
      Path file, TrustedKeys trusted, Optional<Checkpoint> anchor, long after) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return JournalVerifier.verify(in, trusted, anchor, after);
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("This Java has no SHA-256", absent);
    }
  }

  /** From here on the journal begins after the stretch. */
  private void remove(Stretch stretch, AuditEvent event) throws SQLException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Checkpoint end = stretch.end();
    String jws =
        new Checkpoint(end.journal(), end.seq(), end.hash(), now)
            .signArchived(new CheckpointKeys(dataSource, keyring).current());
    Transactions.in(
        dataSource,
        connection -> {
          Sealer.locked(connection);
          requireFirst(connection, stretch.before().length());
          EntryTable.add(connection, now, event, StateHmacs.NONE);
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "insert into audit_archive (seq, archived_at, jws) values (?, ?, ?)")) {
            insert.setLong(1, end.seq());
            insert.setTimestamp(2, Timestamp.from(now), EntryTable.utc());
            insert.setString(3, jws);
            return insert.executeUpdate();
          }
        });
  }

  /** Another server may have archived meanwhile, if this one was slow beyond all measure. */
  private static void requireFirst(Connection connection, long after) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select 1 from audit_archive where seq > ?")) {
      select.setLong(1, after);
      try (ResultSet row = select.executeQuery()) {
        if (row.next()) {
          throw new SQLException("Another server has archived the same entries");
        }
      }
    }
  }

  /** Removes some entries up to {@code last} with their links, and older checkpoints. */
  private static int removeSome(Connection connection, long last) throws SQLException {
    var ids = new ArrayList<Long>();
    var places = new ArrayList<Long>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select seq, entry_id from audit_link where seq <= ? order by seq fetch first "
                + ROWS_AT_A_TIME
                + " rows only")) {
      select.setLong(1, last);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          places.add(rows.getLong(1));
          ids.add(rows.getLong(2));
        }
      }
    }
    var checkpoints = new ArrayList<Long>();
    // That of the last entry stays: what follows begins with it.
    try (PreparedStatement select =
        connection.prepareStatement(
            "select seq from audit_checkpoint where seq < ? order by seq fetch first "
                + ROWS_AT_A_TIME
                + " rows only")) {
      select.setLong(1, last);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          checkpoints.add(rows.getLong(1));
        }
      }
    }
    delete(connection, "delete from audit_entry where id = ?", ids);
    delete(connection, "delete from audit_link where seq = ?", places);
    delete(connection, "delete from audit_checkpoint where seq = ?", checkpoints);
    return places.size() + checkpoints.size();
  }

  private static void delete(Connection connection, String statement, List<Long> keys)
      throws SQLException {
    if (keys.isEmpty()) {
      return;
    }
    try (PreparedStatement delete = connection.prepareStatement(statement)) {
      for (long key : keys) {
        delete.setLong(1, key);
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }
}
