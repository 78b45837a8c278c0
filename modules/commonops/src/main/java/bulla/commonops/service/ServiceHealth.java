package bulla.commonops.service;

import bulla.audit.AuditException;
import bulla.audit.SealedJournal;
import bulla.commonops.startup.ApplicationStart;
import bulla.database.DataDirectory;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the server can do its work; also the readiness probe. Three things must hold once the
 * modules have started, the keyring open among them: the database answers, the journal is sealed
 * and signed, and the disk has room.
 */
@Default
@Readiness
@ApplicationScoped
public class ServiceHealth implements HealthCheck {
  private static final Logger LOG = Logger.getLogger("bulla.commonops.service");
  private static final int SECONDS_TO_ANSWER = 2;

  /** A checkpoint is made every minute. */
  private static final Duration OLDEST_CHECKPOINT = Duration.ofMinutes(5);

  /** Below it the database may soon not be able to write. */
  private static final long LEAST_ROOM_BYTES = 100L << 20;

  @Resource(lookup = "jdbc/bulla")
  DataSource dataSource;

  @Inject ApplicationStart start;
  @Inject SealedJournal journal;
  @Inject DataDirectory directory;

  /** True if everything holds. */
  public boolean isHealthy() {
    return call().getStatus() == HealthCheckResponse.Status.UP;
  }

  @Override
  public HealthCheckResponse call() {
    boolean started = start.isComplete();
    boolean database = started && databaseAnswers();
    boolean sealed = database && isSealed();
    boolean room = directory.usableBytes() >= LEAST_ROOM_BYTES;
    return HealthCheckResponse.named("bulla")
        .withData("started", started)
        .withData("database", database)
        .withData("journal", sealed)
        .withData("disk", room)
        .status(sealed && room)
        .build();
  }

  private boolean databaseAnswers() {
    try (var connection = dataSource.getConnection()) {
      return connection.isValid(SECONDS_TO_ANSWER);
    } catch (SQLException unreachable) {
      LOG.log(Level.WARNING, "The database does not answer", unreachable);
      return false;
    }
  }

  private boolean isSealed() {
    Instant oldest = Instant.now().minus(OLDEST_CHECKPOINT);
    if (start.completedAt().isAfter(oldest)) {
      return true;
    }
    try {
      return journal.newestCheckpointTime().filter(time -> time.isAfter(oldest)).isPresent();
    } catch (AuditException unreadable) {
      LOG.log(Level.WARNING, "The journal cannot be read", unreadable);
      return false;
    }
  }
}
