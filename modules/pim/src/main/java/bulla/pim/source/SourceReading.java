package bulla.pim.source;

import bulla.commonops.outbound.AllowedAddresses;
import bulla.commonops.outbound.HostLookup;
import bulla.database.DataDirectory;
import bulla.pim.source.SourceTestView.TestedStep;
import bulla.resilientpackage.policy.UserNames;
import bulla.secrets.TrustedAuthorities;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads sources, a bounded number at once and each in a bounded time, whatever the other side does:
 * the reading is done by another thread, which is left behind where it does not come back.
 */
@ApplicationScoped
class SourceReading {
  private static final int MOST_AT_ONCE = 8;
  private static final int FILE_SECONDS = 30;

  private final Map<SourceType, MemberDirectory> directories = new EnumMap<>(SourceType.class);
  private ExecutorService executor;

  /** For the container's proxies. */
  protected SourceReading() {}

  /**
   * Reading by the server's settings.
   *
   * @param networks networks that sources may be in besides the public Internet
   * @param authorities a file with the authorities (PEM) that vouch for directories, in place of
   *     Java's
   * @param drivers a directory with JDBC drivers
   */
  @Inject
  SourceReading(
      SourceFiles files,
      @ConfigProperty(name = "bulla.source.networks") Optional<List<String>> networks,
      @ConfigProperty(name = "bulla.source.ca.file") Optional<String> authorities,
      @ConfigProperty(name = "bulla.source.drivers") Optional<String> drivers,
      DataDirectory data) {
    this(
        files,
        new HostLookup(new AllowedAddresses(networks.orElse(List.of()))),
        TrustedAuthorities.configured(authorities.map(Path::of)),
        InstalledDrivers.in(drivers.map(Path::of).orElseGet(() -> data.directory("drivers"))),
        new AzureDirectory(
            AzureDirectory.Addresses::of,
            HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(FILE_SECONDS))
                .sslContext(TrustedAuthorities.configured(Optional.empty()))
                .build()));
  }

  SourceReading(
      SourceFiles files,
      HostLookup hosts,
      SSLContext tls,
      InstalledDrivers drivers,
      AzureDirectory azure) {
    directories.put(SourceType.FILE, files);
    directories.put(SourceType.LDAP, new LdapDirectory(LdapDirectory.Style.MEMBER_DN, hosts, tls));
    directories.put(
        SourceType.POSIX, new LdapDirectory(LdapDirectory.Style.MEMBER_NAME, hosts, tls));
    directories.put(SourceType.AD, new LdapDirectory(LdapDirectory.Style.MEMBER_OF, hosts, tls));
    directories.put(SourceType.AZURE, azure);
    directories.put(SourceType.DATABASE, new DatabaseDirectory(hosts, drivers::find));
    executor =
        new ThreadPoolExecutor(
            0,
            MOST_AT_ONCE,
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
  }

  @PreDestroy
  void stop() {
    executor.shutdownNow();
  }

  /**
   * What a source holds.
   *
   * @param groups the names of the groups whose members are needed, in any case
   * @throws UnreadableSourceException where it cannot be read
   */
  SourceContent read(SourceDefinition source, Set<String> groups) throws UnreadableSourceException {
    Deadline deadline = deadline(source);
    Set<String> wanted = groups.stream().map(UserNames::comparable).collect(Collectors.toSet());
    return inTime(
        deadline,
        () -> {
          try (OpenDirectory directory = open(source, deadline)) {
            List<String> users = directory.users();
            return SourceContent.of(
                users,
                directory.groups(name -> wanted.contains(UserNames.comparable(name))),
                wanted::contains);
          }
        });
  }

  /** Tries step by step what reading a source consists of. */
  SourceTestView test(SourceDefinition source) {
    Deadline deadline = deadline(source);
    try {
      return inTime(deadline, () -> steps(source, deadline));
    } catch (UnreadableSourceException tooLate) {
      return stopped(tooLate);
    }
  }

  private SourceTestView steps(SourceDefinition source, Deadline deadline) {
    try (OpenDirectory directory = open(source, deadline)) {
      return new SourceTestView(
          TestedStep.passed(),
          TestedStep.passed(),
          counted(() -> directory.groups(name -> false).size()),
          counted(() -> directory.users().size()));
    } catch (UnreadableSourceException refused) {
      return stopped(refused);
    }
  }

  private static SourceTestView stopped(UnreadableSourceException refused) {
    TestedStep failed = TestedStep.failed(refused.getMessage());
    return refused.step() == SourceStep.AUTHENTICATION
        ? new SourceTestView(
            TestedStep.passed(), failed, TestedStep.skipped(), TestedStep.skipped())
        : new SourceTestView(
            failed, TestedStep.skipped(), TestedStep.skipped(), TestedStep.skipped());
  }

  private static TestedStep counted(Counting counting) {
    try {
      return TestedStep.passed(counting.count());
    } catch (UnreadableSourceException unreadable) {
      return TestedStep.failed(unreadable.getMessage());
    }
  }

  private OpenDirectory open(SourceDefinition source, Deadline deadline)
      throws UnreadableSourceException {
    return directories.get(source.type()).open(source.connection(), source.password(), deadline);
  }

  private static Deadline deadline(SourceDefinition source) {
    Integer seconds = source.connection().timeout();
    return Deadline.in(seconds == null ? FILE_SECONDS : seconds);
  }

  private <T> T inTime(Deadline deadline, Callable<T> work) throws UnreadableSourceException {
    Future<T> running;
    try {
      running = executor.submit(work);
    } catch (RejectedExecutionException busy) {
      throw new UnreadableSourceException(
          SourceStep.CONNECTION, "The server is reading other sources; try again");
    }
    try {
      return running.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      running.cancel(true);
      throw deadline.tooLate(SourceStep.CONNECTION);
    } catch (InterruptedException stopping) {
      running.cancel(true);
      Thread.currentThread().interrupt();
      throw new UnreadableSourceException(SourceStep.CONNECTION, "The server is stopping");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof UnreadableSourceException unreadable) {
        throw unreadable;
      }
      throw new IllegalStateException("A member source cannot be read", failed.getCause());
    }
  }

  /** Reads something and counts it. */
  private interface Counting {
    int count() throws UnreadableSourceException;
  }
}
