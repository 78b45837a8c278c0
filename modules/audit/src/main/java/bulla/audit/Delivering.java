package bulla.audit;

import bulla.audit.delivery.Destination;
import bulla.audit.delivery.Destinations;
import bulla.database.StartStep;
import bulla.keyring.Keyring;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Brings the journal to the configured destinations while the server runs, each in a thread of its
 * own. After a failure it waits twice as long as after the one before, up to a minute, by chance
 * somewhat less; the first failure is logged, and that it goes on.
 */
@ApplicationScoped
class Delivering implements StartStep, Deliveries {
  private static final System.Logger LOG = System.getLogger("bulla.audit");
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int STOP_SECONDS = 5;

  @Resource(lookup = "jdbc/bulla")
  DataSource dataSource;

  private Keyring keyring;
  private List<Destination> destinations;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  /** For the container's proxies. */
  protected Delivering() {}

  @Inject
  Delivering(
      Keyring keyring,
      @ConfigProperty(name = "bulla.audit.syslog") Optional<List<String>> receivers,
      @ConfigProperty(name = "bulla.audit.syslog.ca.file") Optional<String> authorities,
      @ConfigProperty(name = "bulla.audit.files") Optional<String> directory,
      @ConfigProperty(name = "bulla.audit.files.megabytes", defaultValue = "100")
          int fileMegabytes) {
    this.keyring = keyring;
    this.destinations =
        Destinations.of(
            receivers.orElse(List.of()),
            authorities.map(Path::of),
            directory.map(Path::of),
            fileMegabytes);
  }

  @Override
  public int order() {
    return 220;
  }

  /** Begins, when the keyring is open. */
  @Override
  public synchronized void start() {
    if (!threads.isEmpty()) {
      return;
    }
    for (Destination destination : destinations) {
      var delivery = new Delivery(dataSource, keyring, destination);
      try {
        delivery.begin();
      } catch (SQLException failed) {
        throw new IllegalStateException("The journal cannot be delivered", failed);
      }
      var thread =
          new Thread(
              () -> run(destination.name(), delivery), "bulla-journal " + destination.name());
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** Lets other servers go on. */
  @PreDestroy
  void stop() {
    stopping.countDown();
    try {
      for (Thread thread : threads) {
        thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the destinations are called. */
  List<String> names() {
    return destinations.stream().map(Destination::name).toList();
  }

  @Override
  public Map<String, Long> undelivered() {
    var undelivered = new LinkedHashMap<String, Long>();
    try (Connection connection = dataSource.getConnection()) {
      long length = ChainRows.head(connection).map(ChainRows.Head::length).orElse(0L);
      for (Destination destination : destinations) {
        long delivered = DeliveryCursor.of(connection, destination.name()).delivered();
        undelivered.put(destination.name(), Math.max(0, length - delivered));
      }
      return undelivered;
    } catch (SQLException failed) {
      throw new AuditException("The audit journal cannot be read", failed);
    }
  }

  private void run(String name, Delivery delivery) {
    int failures = 0;
    try {
      boolean stop = false;
      while (!stop) {
        Duration pause;
        try {
          pause = delivery.deliver() ? Duration.ZERO : BETWEEN_LOOKS;
          if (failures > 0) {
            LOG.log(System.Logger.Level.INFO, "{0} takes the journal again", name);
          }
          failures = 0;
        } catch (IOException | SQLException | RuntimeException failed) {
          if (failures == 0) {
            LOG.log(
                System.Logger.Level.WARNING,
                "The journal is not delivered to " + name + " at present; it is tried again",
                failed);
          }
          failures++;
          pause = pause(failures, ThreadLocalRandom.current().nextDouble());
        }
        stop = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
      }
      delivery.release();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (SQLException failed) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Another server has to wait a minute before it delivers to " + name,
          failed);
    }
  }

  /** How long to wait after so many failures in a row: 1, 2, 4 to 60 s, less up to a half. */
  static Duration pause(int failures, double chance) {
    long longest =
        Math.min(LONGEST_PAUSE.toMillis(), BETWEEN_LOOKS.toMillis() << Math.min(failures - 1, 16));
    return Duration.ofMillis(longest - (long) (longest / 2.0 * chance));
  }
}
