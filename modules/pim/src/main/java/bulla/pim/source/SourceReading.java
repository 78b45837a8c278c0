package bulla.pim.source;

import bulla.commonops.outbound.HostLookup;
import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.pim.source.SourceTestView.TestedStep;
import bulla.resilientpackage.policy.UserNames;
import bulla.secrets.TrustedAuthorities;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * Reads sources, a bounded number at once and each in a bounded time, whatever the other side does:
 * the reading is done by another thread, which is left behind where it does not come back. Such a
 * thread takes no reader's place: of each source one may be left behind, of each type of source a
 * bounded number.
 */
@ApplicationScoped
class SourceReading {
  private static final Logger LOG = Logger.getLogger("bulla.pim.source");
  private static final int MOST_AT_ONCE = 8;
  private static final int MOST_LEFT_BEHIND = 16;
  private static final int MOST_WAITING = 32;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /** Waiting for others and the longest timeout that a source can have. */
  private static final Duration LONGEST = Duration.ofSeconds(70);

  private static final int RETRY_SECONDS = 5;
  private static final int FILE_SECONDS = 30;

  /** Room for all who read or were left behind, and for what hangs up on them. */
  private static final int MOST_THREADS =
      2 * (MOST_AT_ONCE + MOST_LEFT_BEHIND * SourceType.values().length);

  private final Map<SourceType, MemberDirectory> directories = new EnumMap<>(SourceType.class);
  private final Semaphore places = new Semaphore(MOST_AT_ONCE, true);
  private final Set<Reader<?>> leftBehind = ConcurrentHashMap.newKeySet();
  private Duration longestWait;
  private ExecutorService executor;

  /** For the container's proxies. */
  protected SourceReading() {}

  /** Reading by the server's settings. */
  @Inject
  SourceReading(SourceFiles files, SourceSettings settings) {
    this(
        files,
        new HostLookup(settings.allowed()),
        settings.tls(),
        InstalledDrivers.in(settings.drivers()),
        new AzureDirectory(
            AzureDirectory.Addresses::of,
            HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(FILE_SECONDS))
                .sslContext(TrustedAuthorities.ofJava())
                .build()),
        LONGEST_WAIT);
  }

  SourceReading(
      SourceFiles files,
      HostLookup hosts,
      SSLContext tls,
      InstalledDrivers drivers,
      AzureDirectory azure,
      Duration longestWait) {
    this.longestWait = longestWait;
    directories.put(SourceType.FILE, files);
    directories.put(SourceType.LDAP, new LdapDirectory(LdapDirectory.Style.MEMBER_DN, hosts, tls));
    directories.put(
        SourceType.POSIX, new LdapDirectory(LdapDirectory.Style.MEMBER_NAME, hosts, tls));
    directories.put(SourceType.AD, new LdapDirectory(LdapDirectory.Style.MEMBER_OF, hosts, tls));
    directories.put(SourceType.AZURE, azure);
    executor =
        new ThreadPoolExecutor(
            0,
            MOST_THREADS,
            1,
            TimeUnit.MINUTES,
            new SynchronousQueue<>(),
            work -> {
              var thread = new Thread(work, "bulla-source");
              thread.setDaemon(true);
              // A driver that looks for its own classes finds them beside ours.
              thread.setContextClassLoader(SourceReading.class.getClassLoader());
              return thread;
            });
    directories.put(SourceType.DATABASE, new DatabaseDirectory(hosts, drivers::find, executor));
  }

  @PreDestroy
  void stop() {
    executor.shutdownNow();
  }

  /**
   * What a source holds.
   *
   * @param groups the names of the groups whose members are needed, in any case
   * @param atMost how long it may take, waiting for others included; the timeout of the source ends
   *     it before that
   * @throws UnreadableSourceException where it cannot be read
   * @throws Problem 503 with {@code Retry-After} where too many others are being read
   */
  SourceContent read(SourceDefinition source, Set<String> groups, Duration atMost)
      throws UnreadableSourceException {
    Set<String> wanted = groups.stream().map(UserNames::comparable).collect(Collectors.toSet());
    return inTime(
        source,
        atMost,
        deadline -> {
          try (OpenDirectory directory = open(source, deadline)) {
            List<String> users = directory.users();
            return SourceContent.of(
                users,
                directory.groups(name -> wanted.contains(UserNames.comparable(name))),
                wanted::contains);
          }
        });
  }

  /**
   * Tries step by step what reading a source consists of.
   *
   * @throws Problem 503 with {@code Retry-After} where too many others are being read
   */
  SourceTestView test(SourceDefinition source) {
    var trial = new SourceTrial();
    try {
      return inTime(
          source,
          LONGEST,
          deadline -> {
            steps(source, deadline, trial);
            return trial.view();
          });
    } catch (UnreadableSourceException ended) {
      return trial.stopped(ended);
    }
  }

  private void steps(SourceDefinition source, Deadline deadline, SourceTrial trial)
      throws UnreadableSourceException {
    try (OpenDirectory directory = open(source, deadline)) {
      trial.ended(SourceStep.CONNECTION, TestedStep.passed());
      trial.ended(SourceStep.AUTHENTICATION, TestedStep.passed());
      tried(SourceStep.GROUPS, deadline, trial, () -> groups(directory.groups(name -> false)));
      tried(SourceStep.USERS, deadline, trial, () -> TestedStep.passed(directory.users().size()));
    }
  }

  /** Groups of the same name keep nobody from having others as members. */
  private static TestedStep groups(List<SourceGroup> groups) {
    return SourceGroup.ambiguous(groups).stream()
        .min(Comparator.naturalOrder())
        .map(
            name ->
                TestedStep.passed(
                    groups.size(),
                    "There are several groups of the name '"
                        + name
                        + "', whatever their case; no role can have them as members"))
        .orElseGet(() -> TestedStep.passed(groups.size()));
  }

  /** A step that fails keeps none from being tried, unless there is no time left for any. */
  private static void tried(SourceStep name, Deadline deadline, SourceTrial trial, Step step)
      throws UnreadableSourceException {
    try {
      deadline.require(name);
      trial.ended(name, step.tried());
    } catch (UnreadableSourceException unreadable) {
      if (deadline.isOver()) {
        throw unreadable;
      }
      // Whoever reads groups may have to read the users before.
      SourceStep failed = unreadable.step().compareTo(name) > 0 ? unreadable.step() : name;
      trial.ended(failed, TestedStep.failed(unreadable.getMessage()));
    }
  }

  private OpenDirectory open(SourceDefinition source, Deadline deadline)
      throws UnreadableSourceException {
    return directories.get(source.type()).open(source.connection(), source.password(), deadline);
  }

  private static Duration timeout(SourceDefinition source) {
    Integer seconds = source.connection().timeout();
    return Duration.ofSeconds(seconds == null ? FILE_SECONDS : seconds);
  }

  private <T> T inTime(SourceDefinition source, Duration atMost, Work<T> work)
      throws UnreadableSourceException {
    requireNoneLeftBehind(source);
    long begun = System.nanoTime();
    takePlace(shorter(longestWait, atMost));
    try {
      Duration left = atMost.minusNanos(System.nanoTime() - begun);
      Deadline deadline = Deadline.in(shorter(timeout(source), left));
      var reader = new Reader<>(source, work, deadline);
      return answer(executor.submit(reader), reader, deadline);
    } finally {
      places.release();
    }
  }

  private <T> T answer(Future<T> running, Reader<T> reader, Deadline deadline)
      throws UnreadableSourceException {
    try {
      return running.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      reader.leave();
      running.cancel(true);
      deadline.hangUp();
      throw deadline.tooLate(deadline.underWay());
    } catch (InterruptedException stopping) {
      reader.leave();
      running.cancel(true);
      deadline.hangUp();
      Thread.currentThread().interrupt();
      throw new UnreadableSourceException(deadline.underWay(), "The server is stopping");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof UnreadableSourceException unreadable) {
        throw unreadable;
      }
      if (failed.getCause() instanceof LinkageError broken) {
        LOG.log(Level.SEVERE, "The driver of a member source does not work", broken);
        throw new UnreadableSourceException(
            SourceStep.CONNECTION, "The driver does not work on this server; its log says why");
      }
      throw new IllegalStateException("A member source cannot be read", failed.getCause());
    }
  }

  private void requireNoneLeftBehind(SourceDefinition source) throws UnreadableSourceException {
    if (leftBehind.stream().anyMatch(reader -> reader.reads(source))) {
      throw new UnreadableSourceException(
          SourceStep.CONNECTION, "An earlier reading of it has not come to its end yet");
    }
    if (leftBehind.stream().filter(reader -> reader.type == source.type()).count()
        >= MOST_LEFT_BEHIND) {
      throw new UnreadableSourceException(
          SourceStep.CONNECTION,
          "Too many readings of sources of type "
              + source.type()
              + " have not come to their end yet");
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void takePlace(Duration wait) {
    try {
      if (places.getQueueLength() < MOST_WAITING
          && places.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    throw CommonProblem.UNAVAILABLE
        .because("Too many member sources are being read; try again in a moment")
        .retryAfter(RETRY_SECONDS);
  }

  /** What a thread does with a source. */
  private interface Work<T> {
    T read(Deadline deadline) throws UnreadableSourceException;
  }

  /** One reading, which knows whether anybody still waits for it. */
  private final class Reader<T> implements Callable<T> {
    private final String uid;
    private final SourceType type;
    private final SourceConnection connection;
    private final Work<T> work;
    private final Deadline deadline;
    private boolean begun;
    private boolean left;

    Reader(SourceDefinition source, Work<T> work, Deadline deadline) {
      this.uid = source.uid();
      this.type = source.type();
      this.connection = source.connection();
      this.work = work;
      this.deadline = deadline;
    }

    @Override
    public T call() throws UnreadableSourceException {
      if (!begin()) {
        return null;
      }
      try {
        return work.read(deadline);
      } finally {
        end();
      }
    }

    private synchronized boolean begin() {
      begun = !left;
      return begun;
    }

    private synchronized void end() {
      begun = false;
      leftBehind.remove(this);
    }

    /** Nobody waits any longer; what has not begun never does. */
    synchronized void leave() {
      left = true;
      if (begun) {
        leftBehind.add(this);
      }
    }

    /** Whether it reads this source where it is now; one that was mended is another one. */
    boolean reads(SourceDefinition source) {
      return uid.equals(source.uid()) && connection.equals(source.connection());
    }
  }

  /** Reads something and says what came of it. */
  private interface Step {
    TestedStep tried() throws UnreadableSourceException;
  }
}
