package bulla.audit;

import bulla.audit.delivery.Destination;
import bulla.audit.delivery.JournalBatch;
import bulla.audit.delivery.JournalLine;
import bulla.auditchain.Chain;
import bulla.auditchain.TrustedKeys;
import bulla.keyring.Keyring;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Brings the sealed journal to one destination: a batch, and when that was taken, the note that it
 * was. No connection to the database is held meanwhile.
 */
final class Delivery {
  private static final System.Logger LOG = System.getLogger("bulla.audit");
  private static final int BATCH = 1000;

  private final DataSource dataSource;
  private final Keyring keyring;
  private final Destination destination;
  private final Lease lease;

  Delivery(DataSource dataSource, Keyring keyring, Destination destination) {
    this(
        dataSource,
        keyring,
        destination,
        Duration.ofSeconds(2L * Destination.LONGEST_DELIVERY_SECONDS));
  }

  Delivery(DataSource dataSource, Keyring keyring, Destination destination, Duration patience) {
    this.dataSource = dataSource;
    this.keyring = keyring;
    this.destination = destination;
    this.lease = new Lease(dataSource, destination.name(), patience);
  }

  /**
   * Delivers the next batch, where there is one and no other server does it.
   *
   * @return whether there may be more to do at once
   * @throws IOException if the destination may not have taken it
   */
  boolean deliver() throws SQLException, IOException {
    if (!lease.hold()) {
      return false;
    }
    Optional<Next> next;
    try (Connection connection = dataSource.getConnection()) {
      next = next(connection);
    }
    if (next.isEmpty()) {
      return false;
    }
    destination.deliver(next.get().batch());
    try (Connection connection = dataSource.getConnection()) {
      DeliveryCursor.advance(connection, destination.name(), next.get().from(), next.get().to());
    }
    return true;
  }

  /** Before the first delivery of a process. */
  void begin() throws SQLException {
    lease.begin();
  }

  /** Lets another server go on at once. */
  void release() throws SQLException {
    lease.release();
  }

  private record Next(JournalBatch batch, DeliveryCursor from, DeliveryCursor to) {}

  private Optional<Next> next(Connection connection) throws SQLException, IOException {
    Optional<ChainRows.Head> head = ChainRows.head(connection);
    if (head.isEmpty()) {
      return Optional.empty();
    }
    DeliveryCursor from = DeliveryCursor.of(connection, destination.name());
    Chain archived =
        ChainRows.archived(
            connection,
            head.get(),
            () -> TrustedKeys.of(new CheckpointKeys(dataSource, keyring).trusted()));
    long after = Math.max(from.delivered(), archived.length());
    if (after > from.delivered() && from.delivered() > 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} lacks the entries {1} to {2}, which were archived while it was not configured",
          destination.name(),
          Long.toString(from.delivered() + 1),
          Long.toString(after));
    }
    String hash =
        after == archived.length()
            ? archived.hex()
            : ChainRows.hash(connection, after)
                .orElseThrow(() -> new SQLException("The journal has no entry " + after));
    var lines = new ArrayList<JournalLine>();
    long checkpointed = after > from.delivered() ? after - 1 : from.checkpointed();
    long reached =
        ChainRows.read(
            connection,
            after,
            Math.min(head.get().length(), after + BATCH),
            new ChainRows.Reader() {
              @Override
              public void entry(long seq, RecordedEvent entry, byte[] canonical, String after) {
                lines.add(JournalLine.entry(seq, after, entry.time(), severity(entry), canonical));
              }

              @Override
              public void checkpoint(long seq, Instant time, String jws) {
                if (seq > checkpointed) {
                  lines.add(JournalLine.checkpoint(seq, time, jws));
                }
              }
            });
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Next(
            new JournalBatch(head.get().name(), after, hash, lines),
            from,
            new DeliveryCursor(reached, lastCheckpoint(lines, checkpointed))));
  }

  private static long lastCheckpoint(List<JournalLine> lines, long before) {
    return lines.stream()
        .filter(line -> line.hash() == null)
        .mapToLong(JournalLine::seq)
        .max()
        .orElse(before);
  }

  private static JournalLine.Severity severity(RecordedEvent entry) {
    return switch (entry.event().outcome()) {
      case SUCCESS -> JournalLine.Severity.INFORMATIONAL;
      case REFUSED -> JournalLine.Severity.WARNING;
      case FAILED -> JournalLine.Severity.ERROR;
    };
  }
}
