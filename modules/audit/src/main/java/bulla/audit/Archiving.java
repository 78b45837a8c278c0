package bulla.audit;

import bulla.database.DataDirectory;
import bulla.database.StartStep;
import bulla.keyring.Keyring;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Archives the journal when somebody asks for it, and every hour what is older than the configured
 * retention. A failure is logged once and tried again.
 */
@ApplicationScoped
class Archiving implements StartStep, JournalArchive {
  private static final System.Logger LOG = System.getLogger("bulla.audit");
  private static final int MOST_ENTRIES = 1_000_000;
  private static final int MOST_DAYS = 36_500;
  private static final Duration BETWEEN_ROUNDS = Duration.ofHours(1);
  private static final ThreadFactory THREADS =
      work -> {
        var thread = new Thread(work, "bulla-journal-archive");
        thread.setDaemon(true);
        return thread;
      };

  @Resource(lookup = "jdbc/bulla")
  DataSource dataSource;

  private Keyring keyring;
  private Delivering delivering;
  private DataDirectory data;
  private Optional<Path> configured;
  private int retentionDays;
  private ScheduledExecutorService executor;
  private boolean failing;
  private Archiver archiver;

  /** For the container's proxies. */
  protected Archiving() {}

  @Inject
  Archiving(
      Keyring keyring,
      Delivering delivering,
      DataDirectory data,
      @ConfigProperty(name = "bulla.audit.archive.dir") Optional<String> directory,
      @ConfigProperty(name = "bulla.audit.retention.days", defaultValue = "0") int retentionDays) {
    if (retentionDays < 0 || retentionDays > MOST_DAYS) {
      throw new IllegalStateException("BULLA_AUDIT_RETENTION_DAYS must be from 0 to " + MOST_DAYS);
    }
    this.keyring = keyring;
    this.delivering = delivering;
    this.data = data;
    this.configured = directory.map(Path::of);
    this.retentionDays = retentionDays;
  }

  @Override
  public int order() {
    return 230;
  }

  /** Begins, when the keyring is open. */
  @Override
  public synchronized void start() {
    if (executor != null) {
      return;
    }
    archiver =
        new Archiver(
            dataSource,
            keyring,
            configured.map(Archiving::ownerOnly).orElseGet(() -> data.directory("audit-archive")),
            delivering.names(),
            Clock.systemUTC(),
            MOST_ENTRIES);
    try {
      archiver.begin();
    } catch (SQLException failed) {
      throw new IllegalStateException("The journal cannot be archived", failed);
    }
    executor = Executors.newSingleThreadScheduledExecutor(THREADS);
    // Not all servers of one database at the same time.
    long first = ThreadLocalRandom.current().nextLong(BETWEEN_ROUNDS.toSeconds() / 10);
    // It ends by no exception, and is never asked for its result.
    var unused =
        executor.scheduleWithFixedDelay(
            this::round, first, BETWEEN_ROUNDS.toSeconds(), TimeUnit.SECONDS);
  }

  /** What is under way may end; it would be taken up again. */
  @PreDestroy
  synchronized void stop() {
    if (executor != null) {
      executor.shutdownNow();
    }
  }

  @Override
  public Optional<ArchivedStretch> archive(
      Instant before, Function<ArchivedStretch, AuditEvent> event) {
    try {
      return archiver.archive(before, event);
    } catch (SQLException | IOException failed) {
      throw new AuditException("The audit journal cannot be archived", failed);
    }
  }

  private void round() {
    try {
      archiver.purge();
      if (retentionDays > 0) {
        Instant before = Instant.now().minus(Duration.ofDays(retentionDays));
        Optional<ArchivedStretch> archived = archiver.archive(before, Archiving::byRetention);
        while (archived.isPresent()) {
          archived = archiver.archive(before, Archiving::byRetention);
        }
      }
      failing = false;
    } catch (SQLException | IOException | RuntimeException failed) {
      if (!failing) {
        LOG.log(
            System.Logger.Level.ERROR,
            "Old entries of the journal are not archived at present; it is tried again every hour",
            failed);
      }
      failing = true;
    }
  }

  private static AuditEvent byRetention(ArchivedStretch archived) {
    return new AuditEvent(
        null, null, "ARCHIVE", "audit", "journal", Outcome.SUCCESS, archived.summary(), null);
  }

  private static Path ownerOnly(Path directory) {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return directory.toAbsolutePath().normalize();
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot create the directory " + directory, failed);
    }
  }
}
