package bulla.pim.deployment;

import bulla.commonops.caller.Caller;
import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.database.StartStep;
import bulla.pim.role.Roles;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Synchronises the roles of mode AUTOMATIC: every hour, or as the setting says, by one server of
 * those that share the database. A server that dies over it leaves the rest to the next one that
 * finds its lease over.
 */
@ApplicationScoped
class AutomaticRoles implements StartStep {
  private static final Logger LOG = Logger.getLogger("bulla.pim.deployment");
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final int LONGEST_MINUTES = 7 * 24 * 60;

  private Roles roles;
  private RoleSynchronizing synchronizing;
  private SynchronizationTable table;
  private Caller caller;
  private int minutes;
  private AutomaticRoles self;
  private ScheduledExecutorService executor;
  private final Clock clock = Clock.systemUTC();

  /** For the container's proxies. */
  protected AutomaticRoles() {}

  /**
   * @param minutes from one synchronisation to the next; 0 for never
   * @param self this, with what the container does around its methods
   */
  @Inject
  AutomaticRoles(
      Roles roles,
      RoleSynchronizing synchronizing,
      SynchronizationTable table,
      Caller caller,
      @ConfigProperty(name = "bulla.role.sync.minutes", defaultValue = "60") int minutes,
      AutomaticRoles self) {
    if (minutes < 0 || minutes > LONGEST_MINUTES) {
      throw new IllegalArgumentException(
          "BULLA_ROLE_SYNC_MINUTES must be from 0 to " + LONGEST_MINUTES);
    }
    this.roles = roles;
    this.synchronizing = synchronizing;
    this.table = table;
    this.caller = caller;
    this.minutes = minutes;
    this.self = self;
  }

  @Override
  public int order() {
    return 500;
  }

  @Override
  public synchronized void start() {
    if (minutes == 0 || executor != null) {
      return;
    }
    // The interval may have been longer until now.
    table.bringForward(now().plus(Duration.ofMinutes(minutes)));
    executor =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              var thread = new Thread(work, "bulla-roles");
              thread.setDaemon(true);
              return thread;
            });
    // It ends by no exception, and is never asked for its result.
    var unused = executor.scheduleWithFixedDelay(this::round, 1, 1, TimeUnit.MINUTES);
  }

  @PreDestroy
  void stop() {
    if (executor != null) {
      executor.shutdownNow();
    }
  }

  private void round() {
    try {
      self.synchronizeIfDue(now());
    } catch (RuntimeException failed) {
      LOG.log(
          Level.SEVERE, "Automatic roles are not synchronised; it is tried again later", failed);
    }
  }

  /** Synchronises all automatic roles where it is time to, and this server is the one to do it. */
  @ActivateRequestContext
  public void synchronizeIfDue(Instant now) {
    if (!table.take(now, LEASE)) {
      return;
    }
    caller.identified("bulla");
    Instant said = now.plus(LEASE);
    boolean overtaken = false;
    for (String uid : roles.automatic()) {
      try {
        // Still at work: no other server takes the rest over, unless one has done so already.
        Instant longer = now().plus(LEASE);
        if (!table.prolong(said, longer)) {
          LOG.warning("Another server synchronises the rest of the automatic roles");
          return;
        }
        said = longer;
        synchronizing.synchronize(uid);
      } catch (Problem refused) {
        overtaken |= refused.type() == CommonProblem.CONFLICT;
        LOG.log(Level.WARNING, () -> "Role " + uid + " is not synchronised: " + refused.detail());
      } catch (RuntimeException failed) {
        // One role must not keep the others from losing those who left.
        LOG.log(Level.SEVERE, "Role " + uid + " is not synchronised", failed);
      }
    }
    // A deploy in between must not cost those who have left a whole interval more.
    table.end(said, now.plus(overtaken ? SOON : Duration.ofMinutes(minutes)));
  }

  /** As exact as every database keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
