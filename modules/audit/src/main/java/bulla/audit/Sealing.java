package bulla.audit;

import bulla.database.StartStep;
import bulla.keyring.Keyring;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * Seals the journal while the server runs: entries within a second, those of its start within two,
 * a checkpoint ten seconds after the last one where there are new entries, and every minute in any
 * case. A failure is logged once and tried again.
 */
@ApplicationScoped
class Sealing implements StartStep {
  private static final System.Logger LOG = System.getLogger("bulla.audit");
  private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(500);

  /** The rest of a start and the first requests need the processors; a new journal comes first. */
  private static final Duration BEFORE_THE_FIRST_ROUND = Duration.ofMillis(1500);

  private static final long BUSY_CHECKPOINT_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long IDLE_CHECKPOINT_NANOS = Duration.ofSeconds(60).toNanos();
  private static final ThreadFactory THREADS =
      work -> {
        var thread = new Thread(work, "bulla-journal");
        thread.setDaemon(true);
        return thread;
      };

  @Resource(lookup = "jdbc/bulla")
  DataSource dataSource;

  /** What tells how much time has passed. */
  LongSupplier nanoTime = System::nanoTime;

  private Keyring keyring;
  private ScheduledExecutorService executor;
  private Sealer sealer;
  private long lastCheckpoint;
  private boolean entriesSince;
  private boolean failing;

  /** For the container's proxies. */
  protected Sealing() {}

  @Inject
  Sealing(Keyring keyring) {
    this.keyring = keyring;
  }

  @Override
  public int order() {
    return 200;
  }

  /** Begins, when the keyring is open and before anybody writes. */
  @Override
  public synchronized void start() {
    if (executor != null) {
      return;
    }
    Duration first;
    try {
      EntryTable.prepare(dataSource);
      first = Sealer.hasName(dataSource) ? BEFORE_THE_FIRST_ROUND : Duration.ZERO;
    } catch (SQLException failed) {
      throw new IllegalStateException("The journal cannot be written", failed);
    }
    executor = Executors.newSingleThreadScheduledExecutor(THREADS);
    // It ends by no exception, and is never asked for its result.
    var unused =
        executor.scheduleWithFixedDelay(
            this::round, first.toMillis(), BETWEEN_ROUNDS.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Seals what is left. */
  @PreDestroy
  void stop() {
    if (executor != null) {
      executor.shutdown();
      try {
        if (executor.awaitTermination(10, TimeUnit.SECONDS)) {
          entriesSince = true;
          lastCheckpoint = nanoTime.getAsLong() - IDLE_CHECKPOINT_NANOS;
          round();
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Seals what is there, and signs it when it is time. */
  void round() {
    try {
      if (sealer == null) {
        var opened =
            new Sealer(
                dataSource, new CheckpointKeys(dataSource, keyring).current(), Clock.systemUTC());
        opened.begin();
        sealer = opened;
        lastCheckpoint = nanoTime.getAsLong() - IDLE_CHECKPOINT_NANOS;
      }
      boolean more;
      do {
        more = sealer.seal() > 0;
        entriesSince |= more;
        // Also while others write faster than this can seal.
        checkpointWhenDue();
      } while (more);
      failing = false;
    } catch (SQLException | RuntimeException failed) {
      if (!failing) {
        LOG.log(
            System.Logger.Level.ERROR,
            "The journal is not sealed at present; it is tried again twice a second",
            failed);
      }
      failing = true;
    }
  }

  private void checkpointWhenDue() throws SQLException {
    long age = nanoTime.getAsLong() - lastCheckpoint;
    if (age >= IDLE_CHECKPOINT_NANOS || (entriesSince && age >= BUSY_CHECKPOINT_NANOS)) {
      sealer.checkpoint();
      lastCheckpoint = nanoTime.getAsLong();
      entriesSince = false;
    }
  }
}
