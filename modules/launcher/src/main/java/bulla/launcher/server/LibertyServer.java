package bulla.launcher.server;

import bulla.launcher.CommandFailure;
import bulla.launcher.Installation;
import bulla.secrets.FailureReason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
import java.util.function.Function;

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

  /** Where Linux says who may have pages of 2 MB, with the choice in brackets. */
  private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

  /** Above it the exit status says which signal ended the process. */
  private static final int SIGNALLED = 128;

  private static final Duration BETWEEN_PROBES = Duration.ofMillis(20);

  /**
   * Begins a process that outlives the shell and its terminal, with the other signals that the
   * shell got and none of its variables, and prints its id.
   */
  private static final String IN_BACKGROUND =
      """
      console=$1
      shift
      (unset PWD OLDPWD SHLVL; trap - INT QUIT; trap '' HUP; exec "$@") </dev/null >"$console" 2>&1 &
      echo $!
      """;

  /** For whoever only looks, which takes no time. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

  /** For a shell to begin the process of a server, which takes milliseconds. */
  private static final Duration LONGEST_SPAWN = Duration.ofSeconds(10);

  /** Once started, a server is ready within seconds, or something that it needs is missing. */
  private static final Duration LONGEST_UNREADY = Duration.ofSeconds(60);

  private final Installation installation;
  private final Settings settings;
  private final List<String> machineOptions;
  private final Duration longestUnready;
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
    this(installation, settings, machineOptions, LONGEST_UNREADY);
  }

  LibertyServer(
      Installation installation,
      Settings settings,
      List<String> machineOptions,
      Duration longestUnready) {
    this.installation = installation;
    this.settings = settings;
    this.machineOptions = List.copyOf(machineOptions);
    this.longestUnready = longestUnready;
    this.log = new ServerLog(settings.logs());
  }

  /**
   * The process that serves this data directory, if one runs that was started here.
   *
   * @throws CommandFailure if that cannot be told
   */
  public Optional<ProcessHandle> running() {
    return noted().flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive).filter(this::isServer);
  }

  /** The process id of the last start, which may have been given to another process since. */
  private Optional<Long> noted() {
    try {
      // Earlier versions have written more behind it.
      return Optional.of(Long.valueOf(Files.readString(pidFile()).strip().replaceAll(" .*", "")));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (NumberFormatException | CharacterCodingException unreadable) {
      throw new CommandFailure(
          "Whether a server runs on %s cannot be told: %s does not name a process. If none runs, delete it"
              .formatted(settings.data(), pidFile()),
          unreadable);
    } catch (IOException unreadable) {
      throw new CommandFailure(
          "Whether a server runs on %s cannot be told: %s cannot be read (%s). Ask as the user that the server runs as"
              .formatted(settings.data(), pidFile(), FailureReason.of(unreadable)),
          unreadable);
    }
  }

  /** One that was killed and that nobody has asked for its end has no command line any more. */
  private boolean isServer(ProcessHandle process) {
    // Not one argument after the other: blanks between them and in them look the same.
    String mark = " " + mark() + " ";
    return process.info().commandLine().filter(line -> (line + " ").contains(mark)).isPresent();
  }

  /**
   * The argument that the server of this data directory has, and no other process: the same
   * whatever links the directory is reached through.
   */
  private String mark() {
    Path data = settings.data();
    try {
      data = data.toRealPath();
    } catch (NoSuchFileException notMadeYet) {
      // Nothing runs on it.
    } catch (IOException unreadable) {
      throw new CommandFailure(
          "The data directory cannot be read: " + FailureReason.withFile(unreadable), unreadable);
    }
    return "-Dderby.stream.error.file=" + data.resolve("logs").resolve("derby.log");
  }

  /**
   * Whether any process has the database open, by the lock that Derby then holds; also one that was
   * not started here, or whose process id means nothing here, because it runs in a container. A
   * server that was started here may be about to open it.
   *
   * @throws CommandFailure if that cannot be told
   */
  boolean isDatabaseOpen() {
    return Files.isDirectory(settings.data())
        // To look is to have the lock for a moment, which must not be the one in which a server
        // that has just been started wants it.
        && alone(
            "Whether the database is open cannot be told",
            LONGEST_LOOK,
            () -> running().isPresent() || isDatabaseLocked());
  }

  /** While nobody else can start one on this data directory, and none that was started runs. */
  private boolean isDatabaseLocked() {
    Path lock = databaseLock();
    try {
      if (FileLocks.isHeld(lock)) {
        return true;
      }
      // Derby makes it, locks it and only then fills it; one that it finds empty, as a process
      // leaves it that ends before that, it does not lock at all.
      if (Files.exists(lock) && Files.size(lock) == 0) {
        throw new CommandFailure(
            "Whether the database is open cannot be told: %s is empty. If no process has the database open, delete it"
                .formatted(lock));
      }
      return false;
    } catch (NoSuchFileException closedMeanwhile) {
      return false;
    } catch (IOException unreadable) {
      throw new CommandFailure(
          "Whether the database is open cannot be told: " + FailureReason.withFile(unreadable),
          unreadable);
    }
  }

  private Path databaseLock() {
    return settings.data().resolve("database").resolve("dbex.lck");
  }

  private void requireClosedDatabase() {
    if (isDatabaseLocked()) {
      throw new CommandFailure(
          ("The database of %s is open in a process that is not the server that was started here."
                  + " Find it (fuser -v %s) and end it before anything else touches the directory")
              .formatted(settings.data(), databaseLock()));
    }
  }

  /** Whether the server answers that it is ready for requests, and listens for them. */
  public boolean isReady() {
    return readiness().ready();
  }

  Readiness readiness() {
    return readiness(log.said());
  }

  /**
   * What answers on a port may be the server of another data directory: this one is asked only
   * where its own log says that it listens there.
   */
  private Readiness readiness(ServerLog.Said said) {
    if (said.failed() || !said.listensOn(settings.httpPort())) {
      return Readiness.UNKNOWN;
    }
    Readiness found = Readiness.ask(settings.readiness(), PROBE_MILLIS);
    boolean https = said.listensOn(settings.httpsPort()) && isListening(settings.https());
    return found.ready() && !https ? found.without("HTTPS on port " + settings.httpsPort()) : found;
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
   * logged no failure: to bring a large database up to date, or to recover it, takes its time. Once
   * it says that it has started, it is given a minute more.
   *
   * @param every how often to tell what is waited for
   * @param teller is told
   * @return the milliseconds that it took
   * @throws CommandFailure if it runs already or does not become ready
   */
  public long start(Duration every, Consumer<String> teller) {
    long begin = System.nanoTime();
    ProcessHandle process = launch(this::spawnInBackground, Function.identity());
    awaitReadiness(process, every, teller);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
  }

  private void awaitReadiness(ProcessHandle process, Duration every, Consumer<String> teller) {
    long begin = System.nanoTime();
    long told = begin;
    boolean started = false;
    long notStartedAt = begin;
    Readiness.rehearse(settings.readiness(), (int) BETWEEN_PROBES.toMillis());
    while (true) {
      // Not a child of this process, it may stay known after its end, but has no command line then.
      if (!process.isAlive() || !isServer(process)) {
        forget(process.pid());
        throw new CommandFailure("The server stopped while it started. " + log.explanation());
      }
      ServerLog.Said said = log.said();
      if (said.failed()) {
        throw givenUp(process, "The server did not start.");
      }
      Readiness found = readiness(said);
      if (found.ready()) {
        return;
      }
      long now = System.nanoTime();
      started |= found.started();
      if (!started) {
        notStartedAt = now;
      } else if (now - notStartedAt >= longestUnready.toNanos()) {
        throw givenUp(process, "The server has started, but " + found.reason() + ".");
      }
      if (now - told >= every.toNanos()) {
        told = now;
        teller.accept(
            "Waiting for the server (process %d) for %d s; %s"
                .formatted(
                    process.pid(),
                    TimeUnit.NANOSECONDS.toSeconds(now - begin),
                    started ? "it has started, but " + found.reason() : said.newest()));
      }
      LockSupport.parkNanos(BETWEEN_PROBES.toNanos());
    }
  }

  /** Ends the process, for the reason that the failure gives. */
  private CommandFailure givenUp(ProcessHandle process, String why) {
    try {
      end(process, LONGEST_STOP);
      forget(process.pid());
    } catch (CommandFailure stillThere) {
      return new CommandFailure(
          why + " " + log.explanation() + "\n" + stillThere.getMessage(), stillThere);
    }
    return new CommandFailure(why + " " + log.explanation());
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
    Process process = launch(LibertyServer::spawnInForeground, Process::toHandle);
    var stopping = new Thread(() -> endOwn(process));
    Runtime.getRuntime().addShutdownHook(stopping);
    try {
      awaitReadiness(process.toHandle(), every, teller);
      ready.run();
      int status = process.waitFor();
      forget(process.pid());
      return status == 0 || status > SIGNALLED ? status : 1;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      endOwn(process);
      return 1;
    }
  }

  private void endOwn(Process process) {
    end(process.toHandle(), LONGEST_STOP);
    forget(process.pid());
  }

  /**
   * Stops the server that runs on this data directory. Afterwards no process has its database open.
   *
   * @return whether there was one
   * @throws CommandFailure if that cannot be reached, or cannot be told
   */
  public boolean stop() {
    if (!Files.isDirectory(settings.data())) {
      return false;
    }
    // Whoever starts one at this moment is soon done with what it does alone.
    return alone(
        "Whether a server runs on %s cannot be told".formatted(settings.data()),
        LONGEST_STOP,
        this::stopAlone);
  }

  /**
   * Does {@code work} while nobody else can start or stop a server on this data directory.
   *
   * @param failure what to say where a file cannot be read or written
   * @param patience how long to wait for somebody else
   */
  private <T> T alone(String failure, Duration patience, FileLocks.Work<T> work) {
    try {
      makeData();
      return FileLocks.holding(startLock(), patience, work)
          .orElseThrow(
              () ->
                  new CommandFailure(
                      "Somebody else starts or stops a server on %s at this moment"
                          .formatted(settings.data())));
    } catch (IOException failed) {
      throw new CommandFailure(failure + ": " + FailureReason.withFile(failed), failed);
    }
  }

  /** While nobody else can start one on this data directory. */
  private boolean stopAlone() throws IOException {
    Optional<ProcessHandle> process = running();
    process.ifPresent(server -> end(server, LONGEST_STOP));
    requireClosedDatabase();
    Files.deleteIfExists(pidFile());
    return process.isPresent();
  }

  /**
   * Takes the note of a process away that has ended. Whoever starts or stops a server meanwhile
   * sees to the note itself.
   */
  private void forget(long pid) {
    if (!Files.exists(pidFile())) {
      return;
    }
    try {
      FileLocks.holding(
          startLock(),
          Duration.ZERO,
          () ->
              noted().filter(Long.valueOf(pid)::equals).isPresent()
                  && Files.deleteIfExists(pidFile()));
    } catch (IOException failed) {
      throw new CommandFailure(
          "%s cannot be deleted: %s".formatted(pidFile(), FailureReason.of(failed)), failed);
    }
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

  /**
   * Ends the process, if it must be with a kill, for which the database has its log.
   *
   * @param patience how long to wait, once for each of the two
   * @throws CommandFailure if it lives on
   */
  void end(ProcessHandle process, Duration patience) {
    process.destroy();
    if (!hasEnded(process, patience)) {
      // A server that hangs must not hang the user.
      process.destroyForcibly();
      if (!hasEnded(process, patience) && isServer(process)) {
        throw new CommandFailure(
            "The server (process %d) does not end, not even when it is killed"
                .formatted(process.pid()));
      }
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

  private <P> P launch(Spawner<P> spawner, Function<P, ProcessHandle> handle) {
    return alone("The server cannot be started", LONGEST_LOOK, () -> launchAlone(spawner, handle));
  }

  /** While nobody else can start one on this data directory. */
  private void requireStopped() {
    running()
        .ifPresent(
            process -> {
              throw new CommandFailure(
                  "A server runs on %s already (process %d); stop it with: bulla server stop"
                      .formatted(settings.data(), process.pid()));
            });
    requireClosedDatabase();
  }

  /** While nobody else can start one on this data directory. */
  private <P> P launchAlone(Spawner<P> spawner, Function<P, ProcessHandle> handle)
      throws IOException {
    requireStopped();
    requireOwn(settings.http(), "BULLA_HTTP_HOST");
    requireOwn(settings.https(), "BULLA_HOST");
    requireFree(settings.http(), "BULLA_HTTP_PORT");
    requireFree(settings.https(), "BULLA_HTTPS_PORT");
    Map<String, String> environment = prepare();
    log.setAside();
    var builder = new ProcessBuilder(command()).directory(settings.data().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    P process = spawner.spawn(builder);
    try {
      note(handle.apply(process).pid());
    } catch (IOException unnoted) {
      end(handle.apply(process), LONGEST_STOP);
      throw unnoted;
    }
    return process;
  }

  /** Begins the process of a server. */
  private interface Spawner<P> {
    P spawn(ProcessBuilder builder) throws IOException;
  }

  private static Process spawnInForeground(ProcessBuilder builder) throws IOException {
    return builder.inheritIO().redirectInput(Path.of("/dev/null").toFile()).start();
  }

  /**
   * By a shell that ends at once: a Java machine that has a child takes 0.3 s longer to end, as it
   * waits for the thread that waits for that.
   */
  private ProcessHandle spawnInBackground(ProcessBuilder builder) throws IOException {
    // The log files are bounded, a redirected console is not.
    builder.environment().put("WLP_LOGGING_CONSOLE_LOGLEVEL", "OFF");
    // The shell would run it, and may print what is no process id.
    builder.environment().remove("BASH_ENV");
    List<String> server = builder.command();
    builder.command("bash", "-c", IN_BACKGROUND, "bulla");
    builder.command().add(settings.logs().resolve("console.log").toString());
    builder.command().addAll(server);
    Process shell = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String pid = new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    if (pid.isBlank()) {
      throw new CommandFailure("The shell that begins the server has begun no process");
    }
    ProcessHandle process =
        ProcessHandle.of(Long.parseLong(pid.strip()))
            .orElseThrow(
                () -> new CommandFailure("The server ended at once. " + log.explanation()));
    awaitJava(process);
    return process;
  }

  /** While a shell becomes Java, nobody can tell by its command line what it is. */
  private void awaitJava(ProcessHandle process) {
    long begin = System.nanoTime();
    while (process.isAlive()
        && !(isServer(process) && process.info().command().orElse("").endsWith("/java"))
        && System.nanoTime() - begin < LONGEST_SPAWN.toNanos()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  /** Whoever reads the file sees the whole id. */
  private void note(long pid) throws IOException {
    Path unfinished = settings.data().resolve("server.pid.new");
    // On the disk before it has its name: else a power cut may leave an empty one.
    Files.writeString(
        unfinished,
        pid + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
    Files.move(unfinished, pidFile(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Before a first start makes anything: Liberty would only say so beside it. */
  private static void requireOwn(InetSocketAddress address, String variable) {
    if (address.isUnresolved()) {
      throw new CommandFailure(
          "%s must be an address of this host, and no name server knows %s"
              .formatted(variable, address.getHostString()));
    }
    try {
      new ServerSocket(0, 1, address.getAddress()).close();
    } catch (IOException foreign) {
      throw new CommandFailure(
          "%s must be an address of this host, not %s: %s"
              .formatted(variable, address.getHostString(), FailureReason.of(foreign)),
          foreign);
    }
  }

  private static void requireFree(InetSocketAddress address, String variable) {
    if (isListening(address)) {
      throw new CommandFailure(
          "Something answers on port %d already; set %s to a free port"
              .formatted(address.getPort(), variable));
    }
  }

  /**
   * The same as {@link #prepare}, for those who start Liberty in their own way.
   *
   * @throws CommandFailure if a server runs, or any process has the database open: it holds the
   *     keys that are written
   */
  Map<String, String> prepareStopped() {
    return alone(
        "%s cannot be prepared".formatted(settings.data()),
        LONGEST_LOOK,
        () -> {
          requireStopped();
          return prepare();
        });
  }

  /**
   * Makes the data directory and the TLS keys, where they are missing.
   *
   * @return the environment variables that Liberty needs to run this server; one is a password
   */
  private Map<String, String> prepare() throws IOException {
    if (!Files.isDirectory(settings.logs())) {
      Files.createDirectories(settings.logs());
    }
    Map<String, String> environment = new LinkedHashMap<>(settings.forServer());
    environment.put("BULLA_TLS_PASSWORD", new TlsMaterial(settings, Clock.systemUTC()).prepare());
    return environment;
  }

  private void makeData() throws IOException {
    // Java 17 does not take a link to a directory for one here.
    if (!Files.isDirectory(settings.data())) {
      Files.createDirectories(
          settings.data(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  List<String> command() {
    Path liberty = installation.liberty();
    var command = new ArrayList<String>();
    command.add(Installation.java().toString());
    command.addAll(
        List.of(
            // First: Java shows no more than 4,096 bytes of the command line of a process.
            mark(),
            // Of these, the young leave the old room for a whole start: else it collects everything
            // once.
            "-Xms192m",
            "-Xmx512m",
            // Else a start is interrupted by thirty collections of the young; these are twelve.
            "-Xmn96m",
            // A start has two processors, and its collections are half a second less with both.
            "-XX:+UseParallelGC",
            // Else the class data of a start cost several full collections.
            "-XX:MetaspaceSize=192m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xshare:auto",
            // C2 may wait until a method has run twenty times as often as it would by itself: a
            // start needs the core, and what serves requests gets there within seconds. While C2
            // has work, C1 does not prepare more for it.
            "-XX:Tier4InvocationThreshold=100000",
            "-XX:Tier4MinInvocationThreshold=12000",
            "-XX:Tier4CompileThreshold=300000",
            "-XX:Tier4BackEdgeThreshold=800000",
            "-XX:Tier3DelayOn=0",
            // What the interpreter and C1 count for C2: a start takes more than a second longer for
            // it, and what serves requests is no faster with it (ADR 37).
            "-XX:-ProfileInterpreter",
            "-XX:-C1ProfileBranches",
            "-XX:-C1ProfileCheckcasts",
            "-XX:-C1ProfileInlinedCalls",
            "-XX:-C1ProfileCalls",
            "-XX:-C1ProfileVirtualCalls",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:CompilerDirectivesFile=" + installation.compilerDirectives(),
            "-Djava.awt.headless=true",
            // Liberty closes the jars of the application, and Derby's, within 0.2 s of their last
            // use, and opens some of them up to seventeen times in a start (nanoseconds; ADR 39).
            "-Dzip.reaper.quick.pend.min=4000000000",
            "-Dzip.reaper.quick.pend.max=5000000000",
            "-Dzip.reaper.slow.pend.min=6000000000",
            "-Dzip.reaper.slow.pend.max=8000000000",
            // Else a thread of its own reads the tables of contents of all jars once more in each
            // start, to know which has which package (ADR 39).
            "-Dcom.ibm.ws.classloading.container.disableMap=true",
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
    if (offersHugePages(HUGE_PAGES)) {
      // Half as many page faults in a start.
      command.add("-XX:+UseTransparentHugePages");
    }
    if (Files.exists(installation.classArchive())) {
      command.add("-XX:SharedArchiveFile=" + installation.classArchive());
    }
    command.addAll(machineOptions);
    settings
        .value("BULLA_JVM_OPTIONS")
        .map(options -> options.strip().split("\\s+"))
        .map(Arrays::asList)
        .ifPresent(command::addAll);
    // As Liberty's own script chooses.
    String options = Runtime.version().feature() < 24 ? "java9.options" : "java24.options";
    command.add("@" + liberty.resolve("lib/platform/java").resolve(options));
    command.add("-jar");
    command.add(liberty.resolve("bin/tools/ws-server.jar").toString());
    command.add(NAME);
    return command;
  }

  /** Where the system has none to give, the Java machine would complain at every start. */
  static boolean offersHugePages(Path setting) {
    try {
      return Files.isReadable(setting) && !Files.readString(setting).contains("[never]");
    } catch (IOException unreadable) {
      // It may have some, and the server does without.
      return false;
    }
  }

  private Path startLock() {
    return settings.data().resolve("start.lock");
  }

  private Path pidFile() {
    return settings.data().resolve("server.pid");
  }
}
