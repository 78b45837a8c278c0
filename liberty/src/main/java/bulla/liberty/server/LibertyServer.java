package bulla.liberty.server;

import bulla.liberty.CommandFailure;
import bulla.liberty.Installation;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The server as a process: started without Liberty's own scripts, which would start a second Java
 * machine only to wait. Its process id lies in {@code server.pid} in the data directory, which its
 * command line names.
 */
public final class LibertyServer {
  private static final String NAME = "bulla";

  /** Liberty itself waits 30 s for open connections. */
  private static final Duration LONGEST_STOP = Duration.ofSeconds(45);

  private static final int PROBE_MILLIS = 5000;

  /** Above it the exit status says which signal ended the process. */
  private static final int SIGNALLED = 128;

  private static final Duration BETWEEN_PROBES = Duration.ofMillis(100);

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final Installation installation;
  private final Settings settings;
  private final List<String> machineOptions;
  private final ServerLog log;

  public LibertyServer(Installation installation, Settings settings) {
    this(installation, settings, List.of());
  }

  /**
   * For the server that {@code settings} describe.
   *
   * @param machineOptions further options of its Java machine, besides those of {@code
   *     BULLA_JVM_OPTIONS}; each is one argument, whatever is in it
   */
  public LibertyServer(Installation installation, Settings settings, List<String> machineOptions) {
    this.installation = installation;
    this.settings = settings;
    this.machineOptions = List.copyOf(machineOptions);
    this.log = new ServerLog(settings.logs());
  }

  /** The process that serves this data directory, if one runs. */
  public Optional<ProcessHandle> running() {
    return noted().flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive).filter(this::isServer);
  }

  /** The process id of the last start, which may have been given to another process since. */
  private Optional<Long> noted() {
    try {
      // Earlier versions have written more behind it.
      return Optional.of(Long.valueOf(Files.readString(pidFile()).strip().replaceAll(" .*", "")));
    } catch (IOException | NumberFormatException absent) {
      return Optional.empty();
    }
  }

  /** One that was killed and that nobody has asked for its end has no command line any more. */
  private boolean isServer(ProcessHandle process) {
    return process
        .info()
        .commandLine()
        .filter(line -> BLANKS.splitAsStream(line).anyMatch(mark()::equals))
        .isPresent();
  }

  /** The argument that the server of this data directory has, and no other process. */
  private String mark() {
    return "-Dderby.stream.error.file=" + settings.logs().resolve("derby.log");
  }

  /** Whether the server answers that it is ready for requests, and listens for them. */
  public boolean isReady() {
    return answersReady() && isListening(settings.https());
  }

  private boolean answersReady() {
    try {
      var connection = (HttpURLConnection) new URL(settings.readiness()).openConnection();
      connection.setConnectTimeout(PROBE_MILLIS);
      connection.setReadTimeout(PROBE_MILLIS);
      if (connection.getResponseCode() != 200) {
        return false;
      }
      try (var body = connection.getInputStream()) {
        // Without its application the server is "UP" too, but has no checks to show.
        return new String(body.readAllBytes(), StandardCharsets.UTF_8).contains("\"bulla\"");
      }
    } catch (IOException notListening) {
      return false;
    }
  }

  private static boolean isListening(InetSocketAddress address) {
    try (var socket = new Socket()) {
      socket.connect(address, PROBE_MILLIS);
      return true;
    } catch (IOException free) {
      return false;
    }
  }

  /**
   * Starts the server in the background and waits until it is ready, as long as it lives and has
   * logged no failure: to bring a large database up to date, or to recover it, takes its time.
   *
   * @param every how often to tell what is waited for
   * @param teller is told
   * @return the milliseconds that it took
   * @throws CommandFailure if it runs already or does not become ready
   */
  public long start(Duration every, Consumer<String> teller) {
    long begin = System.nanoTime();
    log.expectNew();
    Process process = launch(settings.logs().resolve("console.log").toFile());
    awaitReadiness(process, every, teller);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
  }

  private void awaitReadiness(Process process, Duration every, Consumer<String> teller) {
    long begin = System.nanoTime();
    long told = begin;
    while (!isReady()) {
      if (!process.isAlive()) {
        throw new CommandFailure("The server stopped while it started. " + log.explanation());
      }
      if (log.saysThatTheStartFailed()) {
        stop(process.toHandle());
        throw new CommandFailure("The server did not start. " + log.explanation());
      }
      long now = System.nanoTime();
      if (now - told >= every.toNanos()) {
        told = now;
        teller.accept(
            "Waiting for the server (process %d) for %d s; %s"
                .formatted(
                    process.pid(), TimeUnit.NANOSECONDS.toSeconds(now - begin), log.newest()));
      }
      LockSupport.parkNanos(BETWEEN_PROBES.toNanos());
    }
  }

  /** Renews the certificate of HTTPS; a running server uses the new one within ten seconds. */
  public void renewCertificate() {
    new TlsMaterial(settings, Clock.systemUTC()).renew();
  }

  /**
   * Runs the server in the foreground until it ends.
   *
   * @param ready runs once, when the server is ready
   * @param every how often to tell, until then, what is waited for
   * @param teller is told
   * @return 0 where it ended well, 128 and the number of the signal that ended it, or 1: what else
   *     a Java machine ends with has another meaning here
   * @throws CommandFailure if it does not become ready: whoever watches the process starts it again
   */
  public int run(Runnable ready, Duration every, Consumer<String> teller) {
    log.expectNew();
    Process process = launch(null);
    var stopping = new Thread(() -> stop(process.toHandle()));
    Runtime.getRuntime().addShutdownHook(stopping);
    try {
      awaitReadiness(process, every, teller);
      ready.run();
      int status = process.waitFor();
      return status == 0 || status > SIGNALLED ? status : 1;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      stop(process.toHandle());
      return 1;
    }
  }

  /**
   * Stops the server that runs on this data directory.
   *
   * @return whether there was one
   * @throws CommandFailure if there seems to be one that cannot be told from other processes
   */
  public boolean stop() {
    var process = running();
    if (process.isEmpty() && noted().isPresent() && answersReady()) {
      throw new CommandFailure(
          ("The process %d, which %s names, is not to be recognised as the server of this data"
                  + " directory, but a server answers on %s. Find the process that listens there; if"
                  + " it uses this data directory, end it before anything else touches that")
              .formatted(noted().get(), pidFile(), settings.readiness()));
    }
    process.ifPresent(LibertyServer::stop);
    return process.isPresent();
  }

  /**
   * Asks the server to stop and waits for its end, without a kill.
   *
   * @return whether it has ended, or none was running
   */
  public boolean stopUnhurried(Duration patience) {
    var process = running();
    process.ifPresent(ProcessHandle::destroy);
    return process.map(server -> hasEnded(server, patience)).orElse(true);
  }

  private static void stop(ProcessHandle process) {
    process.destroy();
    if (!hasEnded(process, LONGEST_STOP)) {
      // The database recovers from a kill by its log; a server that hangs must not hang the user.
      process.destroyForcibly();
      hasEnded(process, LONGEST_STOP);
    }
  }

  private static boolean hasEnded(ProcessHandle process, Duration within) {
    try {
      process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException late) {
      return false;
    }
  }

  private Process launch(java.io.File console) {
    try {
      makeData();
      try (var channel =
              FileChannel.open(
                  settings.data().resolve("start.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.tryLock()) {
        if (lock == null) {
          throw startedByAnother();
        }
        return launchAlone(console);
      } catch (OverlappingFileLockException inThisProcess) {
        throw startedByAnother();
      }
    } catch (IOException failed) {
      throw new CommandFailure("The server cannot be started: " + failed.getMessage(), failed);
    }
  }

  private CommandFailure startedByAnother() {
    return new CommandFailure(
        "Somebody else starts a server on %s at this moment".formatted(settings.data()));
  }

  /** While nobody else can start one on this data directory. */
  private Process launchAlone(java.io.File console) throws IOException {
    running()
        .ifPresent(
            process -> {
              throw new CommandFailure(
                  "A server runs on %s already (process %d); stop it with: bulla server stop"
                      .formatted(settings.data(), process.pid()));
            });
    requireFree(settings.http(), "BULLA_HTTP_PORT");
    requireFree(settings.https(), "BULLA_HTTPS_PORT");
    Map<String, String> environment = prepare();
    var builder =
        new ProcessBuilder(command())
            .directory(settings.data().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    if (console == null) {
      builder.inheritIO();
    } else {
      // The log files are bounded, a redirected console is not.
      builder.environment().put("WLP_LOGGING_CONSOLE_LOGLEVEL", "OFF");
      builder.redirectErrorStream(true).redirectOutput(console);
    }
    Process process = builder.start();
    Files.writeString(pidFile(), process.pid() + "\n");
    return process;
  }

  private static void requireFree(InetSocketAddress address, String variable) {
    if (isListening(address)) {
      throw new CommandFailure(
          "Something answers on port %d already; set %s to a free port"
              .formatted(address.getPort(), variable));
    }
  }

  /**
   * Makes the data directory and the TLS keys, where they are missing.
   *
   * @return the environment variables that Liberty needs to run this server; one is a password
   */
  Map<String, String> prepare() throws IOException {
    makeData();
    Files.createDirectories(settings.logs());
    Map<String, String> environment = new LinkedHashMap<>(settings.forServer());
    environment.put("BULLA_TLS_PASSWORD", new TlsMaterial(settings, Clock.systemUTC()).prepare());
    return environment;
  }

  private void makeData() throws IOException {
    Files.createDirectories(
        settings.data(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  List<String> command() {
    Path liberty = installation.liberty();
    var command = new ArrayList<String>();
    command.add(Installation.java().toString());
    command.addAll(
        List.of(
            // First: Java shows no more than 4,096 bytes of the command line of a process.
            mark(),
            "-Xms128m",
            "-Xmx512m",
            // Else a start is interrupted by thirty collections of the young.
            "-Xmn64m",
            "-XX:+UseSerialGC",
            // Else the class data of a start cost several full collections.
            "-XX:MetaspaceSize=192m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xshare:auto",
            // C2 may wait until a method has run four times as often as it would by itself: a start
            // needs the core, and what serves requests gets there within seconds.
            "-XX:Tier4InvocationThreshold=20000",
            "-XX:Tier4MinInvocationThreshold=2400",
            "-XX:Tier4CompileThreshold=60000",
            "-XX:Tier4BackEdgeThreshold=160000",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:CompilerDirectivesFile=" + installation.compilerDirectives(),
            "-Djava.awt.headless=true",
            // Liberty's cache of paths answers a repeated path that leads out of an API with a 500.
            "-DinvocationCacheSize=0",
            // JPA writes instants in the zone of the Java machine.
            "-Duser.timezone=UTC",
            // Nobody waits for a lock longer than a caller would; two who wait for each other,
            // less.
            "-Dderby.locks.waitTimeout=10",
            "-Dderby.locks.deadlockTimeout=2",
            // When Derby renews the statistics of an index by itself, it forgets which ids it had
            // taken, and refuses rows (40XL1) that meet while it takes more.
            "-Dderby.storage.indexStats.auto=false"));
    if (Files.exists(installation.classArchive())) {
      command.add("-XX:SharedArchiveFile=" + installation.classArchive());
    }
    command.addAll(machineOptions);
    settings
        .value("BULLA_JVM_OPTIONS")
        .map(options -> options.strip().split("\\s+"))
        .map(Arrays::asList)
        .ifPresent(command::addAll);
    command.add("@" + liberty.resolve("lib/platform/java/java9.options"));
    command.add("-jar");
    command.add(liberty.resolve("bin/tools/ws-server.jar").toString());
    command.add(NAME);
    return command;
  }

  private Path pidFile() {
    return settings.data().resolve("server.pid");
  }
}
