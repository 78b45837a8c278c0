package bulla.commonops.service;

import bulla.audit.SealedJournal;
import bulla.commonops.startup.ApplicationStart;
import bulla.database.DataDirectory;
import bulla.keyring.KeyRotation;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the server can do its work; also the readiness probe. Four things must hold once the
 * modules have started: the database answers, the master key works, the journal is sealed and
 * signed, and the disk has room. Whoever asks more often than once a second gets what was found
 * last, because strangers may ask and each look costs a connection to the database.
 */
@Default
@Readiness
@ApplicationScoped
public class ServiceHealth implements HealthCheck {
  private static final Logger LOG = Logger.getLogger("bulla.commonops.service");
  private static final int SECONDS_TO_ANSWER = 2;

  private static final Duration FRESH = Duration.ofSeconds(1);

  /** A checkpoint is made every minute. */
  private static final Duration OLDEST_CHECKPOINT = Duration.ofMinutes(5);

  /** Below it the database may soon not be able to write. */
  private static final long LEAST_ROOM_BYTES = 100L << 20;

  @Resource(lookup = "jdbc/bulla")
  DataSource dataSource;

  private record Findings(
      boolean started, boolean database, boolean keyring, boolean journal, boolean disk) {
    boolean areGood() {
      return started && database && keyring && journal && disk;
    }
  }

  private ApplicationStart start;
  private KeyRotation keyring;
  private SealedJournal journal;
  private DataDirectory directory;
  private Findings newest;
  private long foundAt;

  /** For the container's proxies. */
  protected ServiceHealth() {}

  @Inject
  ServiceHealth(
      ApplicationStart start, KeyRotation keyring, SealedJournal journal, DataDirectory directory) {
    this.start = start;
    this.keyring = keyring;
    this.journal = journal;
    this.directory = directory;
  }

  /** True if everything holds. */
  public boolean isHealthy() {
    return findings().areGood();
  }

  @Override
  public HealthCheckResponse call() {
    Findings found = findings();
    return HealthCheckResponse.named("bulla")
        .withData("started", found.started())
        .withData("database", found.database())
        .withData("keyring", found.keyring())
        .withData("journal", found.journal())
        .withData("disk", found.disk())
        .status(found.areGood())
        .build();
  }

  private synchronized Findings findings() {
    // Until it has started it is asked for nothing that costs, and whoever waits for it is in a
    // hurry.
    if (newest == null || !newest.started() || System.nanoTime() - foundAt >= FRESH.toNanos()) {
      newest = look();
      foundAt = System.nanoTime();
    }
    return newest;
  }

  private Findings look() {
    boolean started = start.isComplete();
    // Derby takes connections for good while it cannot read, so something has to be read.
    Optional<Checkpoint> checkpoint =
        started && databaseConnects() ? newestCheckpoint() : Optional.empty();
    boolean masterKey = started && keyring.masterKeyWorks();
    boolean sealed = checkpoint.filter(this::isSealed).isPresent();
    boolean room = directory.usableBytes() >= LEAST_ROOM_BYTES;
    return new Findings(started, checkpoint.isPresent(), masterKey, sealed, room);
  }

  /** The connection is given back before the journal takes one: there may be no second. */
  private boolean databaseConnects() {
    try (var connection = dataSource.getConnection()) {
      return connection.isValid(SECONDS_TO_ANSWER);
    } catch (SQLException unreachable) {
      LOG.log(Level.WARNING, "The database does not answer", unreachable);
      return false;
    }
  }

  /**
   * What the journal has answered.
   *
   * @param time when the newest was made, if there is one
   */
  private record Checkpoint(Optional<Instant> time) {}

  /** Empty where the journal cannot be read. */
  private Optional<Checkpoint> newestCheckpoint() {
    try {
      return Optional.of(new Checkpoint(journal.newestCheckpointTime()));
    } catch (RuntimeException unreadable) {
      // Whatever it is, whoever asks for the health gets an answer.
      LOG.log(Level.WARNING, "The journal cannot be read", unreadable);
      return Optional.empty();
    }
  }

  private boolean isSealed(Checkpoint newest) {
    Instant oldest = Instant.now().minus(OLDEST_CHECKPOINT);
    return start.completedAt().isAfter(oldest)
        || newest.time().filter(time -> time.isAfter(oldest)).isPresent();
  }
}
