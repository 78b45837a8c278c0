package bulla.launcher.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.launcher.CommandFailure;
import bulla.launcher.Installation;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibertyServerTest {
  private static final Duration NEVER = Duration.ofDays(1);

  /** SIGHUP as a bit of a mask, and SIGINT with SIGQUIT. */
  private static final long HANGUP = 0b001;

  private static final long INTERRUPTS = 0b110;

  private Installation installation;
  private Path temporary;
  private Path home;

  @BeforeEach
  void install(@TempDir Path directory) throws IOException {
    temporary = directory;
    home = Files.createDirectory(directory.resolve("a place with spaces"));
    Files.createDirectory(home.resolve("wlp"));
    Files.createFile(home.resolve("compiler.json"));
    installation = new Installation(home);
  }

  @Test
  void anOptionIsOneArgumentWhateverIsInIt() {
    String option = "-XX:ArchiveClassesAtExit=" + home.resolve("bulla.jsa");
    var server = new LibertyServer(installation, settings(Map.of()), List.of(option));
    assertThat(server.command()).contains(option);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xmx1g -Da=b", " -Xmx1g\t\n-Da=b "})
  void theOperatorsOptionsAreSplitAtBlanksAndNoneIsEmpty(String options) {
    var server = new LibertyServer(installation, settings(Map.of("BULLA_JVM_OPTIONS", options)));
    assertThat(server.command()).containsSequence("-Xmx1g", "-Da=b").doesNotContain("");
  }

  @Test
  void hugePagesAreAskedForWhereTheSystemOffersThem(@TempDir Path directory) throws IOException {
    Path setting = directory.resolve("enabled");
    assertThat(LibertyServer.offersHugePages(setting)).isFalse();
    Files.writeString(setting, "always madvise [never]\n");
    assertThat(LibertyServer.offersHugePages(setting)).isFalse();
    Files.writeString(setting, "always [madvise] never\n");
    assertThat(LibertyServer.offersHugePages(setting)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"BULLA_HTTP_PORT", "BULLA_HTTPS_PORT"})
  void aPortThatSomebodyHasIsRefusedByTheNameOfItsVariable(String variable) throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      var server =
          new LibertyServer(installation, settings(Map.of(variable, port, "BULLA_HTTP_HOST", "*")));
      assertThatThrownBy(() -> server.start(NEVER, line -> {}))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("port " + port)
          .hasMessageContaining(variable);
      assertThat(temporary.resolve("data/server.pid")).doesNotExist();
    }
  }

  /** Neither a clock that was set nor an option of any length makes it another process. */
  @Test
  void theServerIsTheProcessThatNamesItsDataDirectory() throws IOException {
    var server = new LibertyServer(installation, settings(Map.of()));
    String mark = "-Dderby.stream.error.file=" + temporary.resolve("data/logs/derby.log");
    Process process = process(mark, "-Doption=" + "x".repeat(10_000));
    try {
      note(process.pid() + " " + Instant.EPOCH);
      assertThat(server.running()).contains(process.toHandle());
    } finally {
      process.destroy();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2"})
  void aProcessThatHasTheIdAgainIsNotTheServer(String otherData) throws IOException {
    var server = new LibertyServer(installation, settings(Map.of()));
    Process process =
        process(
            otherData.isEmpty()
                ? "ws-server.jar"
                : "-Dderby.stream.error.file="
                    + temporary.resolve("data" + otherData + "/logs/derby.log"));
    try {
      note(process.pid() + "\n");
      assertThat(server.running()).isEmpty();
      assertThat(server.stop()).isFalse();
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroy();
    }
  }

  /** Two data directories with the default ports, one after the other. */
  @Test
  void whatAnswersOnThePortOfAServerThatHasEndedIsAnotherOne() throws IOException {
    Settings settings = settings(Map.of());
    var server = new LibertyServer(installation, settings);
    Process process = process("something else");
    var http = HttpServer.create(settings.http(), 0);
    http.createContext("/health/ready", StandIn::answer);
    http.start();
    try {
      note(process.pid() + "\n");
      assertThat(server.stop()).isFalse();
      assertThat(process.isAlive()).isTrue();
      assertThat(temporary.resolve("data/server.pid")).doesNotExist();
    } finally {
      http.stop(0);
      process.destroy();
    }
  }

  /** As in a container, or on the same directory mounted elsewhere. */
  @Test
  void aDatabaseThatAnUnknownProcessHasOpenIsNeverSaidToBeStopped() throws Exception {
    var server = new LibertyServer(installation, settings(Map.of()));
    Path lock = Files.createDirectories(temporary.resolve("data/database")).resolve("dbex.lck");
    Files.write(lock, new byte[4]);
    try (var other = HeldLock.on(lock, Duration.ZERO)) {
      assertThat(server.isDatabaseOpen()).isTrue();
      assertThatThrownBy(server::stop)
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining(lock.toString());
      assertThatThrownBy(() -> server.start(NEVER, line -> {}))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining(lock.toString());
      assertThatThrownBy(server::prepareStopped)
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining(lock.toString());
      assertThat(temporary.resolve("data/tls")).doesNotExist();
      assertThat(other.process().isAlive()).isTrue();
    }
    assertThat(server.isDatabaseOpen()).isFalse();
    assertThat(server.stop()).isFalse();
  }

  /**
   * Derby takes no lock on such a file, so that a database may be open although nobody holds it.
   */
  @Test
  void whereTheLockOfTheDatabaseIsEmptyNobodyCanTellWhetherItIsOpen() throws IOException {
    var server = new LibertyServer(installation, settings(Map.of()));
    Path lock = Files.createDirectories(temporary.resolve("data/database")).resolve("dbex.lck");
    Files.createFile(lock);
    for (ThrowingCallable command :
        List.<ThrowingCallable>of(
            server::isDatabaseOpen, server::stop, () -> server.start(NEVER, line -> {}))) {
      assertThatThrownBy(command)
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining(lock + " is empty");
    }
    assertThat(lock).exists();
  }

  /** Whoever takes Derby's lock at this moment keeps the server from its database. */
  @Test
  void theDatabaseOfAServerThatMayBeAboutToOpenItIsLeftAlone() throws IOException {
    var server = new LibertyServer(installation, settings(Map.of()));
    Path lock = Files.createDirectories(temporary.resolve("data/database")).resolve("dbex.lck");
    // To look at it would be a failure.
    Files.createFile(lock);
    try (var starting = HeldLock.on(temporary.resolve("data/start.lock"), Duration.ZERO)) {
      assertThatThrownBy(server::isDatabaseOpen)
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("at this moment");
      assertThat(starting.process().isAlive()).isTrue();
    }
    Process process =
        process("-Dderby.stream.error.file=" + temporary.resolve("data/logs/derby.log"));
    try {
      note(process.pid() + "\n");
      assertThat(server.isDatabaseOpen()).isTrue();
    } finally {
      process.destroy();
    }
  }

  @Test
  void theKeysOfAServerThatRunsAreNotWrittenAnew() throws IOException {
    var server = new LibertyServer(installation, settings(Map.of()));
    Process process =
        process("-Dderby.stream.error.file=" + temporary.resolve("data/logs/derby.log"));
    try {
      note(process.pid() + "\n");
      assertThatThrownBy(server::prepareStopped)
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("already (process %d)", process.pid());
      assertThat(temporary.resolve("data/tls")).doesNotExist();
    } finally {
      process.destroyForcibly().onExit().join();
    }
    assertThat(server.prepareStopped()).containsKeys("BULLA_TLS_PASSWORD", "BULLA_DATA_DIR");
    assertThat(temporary.resolve("data/tls/server.p12")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "one\n", "/", "\u00ff"})
  void whereTheNoteOfTheProcessCannotBeReadNobodyCanTellWhetherOneRuns(String noted)
      throws IOException {
    var server = new LibertyServer(installation, settings(Map.of()));
    Path file = Files.createDirectories(temporary.resolve("data")).resolve("server.pid");
    if (noted.equals("/")) {
      Files.createDirectory(file);
    } else {
      Files.writeString(file, noted, StandardCharsets.ISO_8859_1);
    }
    for (ThrowingCallable command :
        List.<ThrowingCallable>of(
            server::running, server::stop, () -> server.start(NEVER, line -> {}))) {
      assertThatThrownBy(command)
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining(file.toString());
    }
    assertThat(file).exists();
  }

  @ParameterizedTest
  @CsvSource({
    "BULLA_HOST, nowhere.invalid",
    "BULLA_HOST, 192.0.2.1",
    "BULLA_HTTP_HOST, nowhere.invalid",
    "BULLA_HTTP_HOST, 2001:db8::1"
  })
  void anAddressOfAnotherHostIsRefusedBeforeAnythingIsMade(String variable, String host) {
    var server = new LibertyServer(installation, settings(Map.of(variable, host)));
    assertThatThrownBy(() -> server.start(NEVER, line -> {}))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(variable + " must be an address of this host");
    assertThat(temporary.resolve("data/tls")).doesNotExist();
  }

  @Test
  void aServerIsRecognisedWhateverLinkLeadsToItsData() throws IOException {
    Path data = Files.createDirectories(home.resolve("its data"));
    Files.createSymbolicLink(temporary.resolve("data"), data);
    Path link = Files.createSymbolicLink(temporary.resolve("link"), data);
    var server = standIn("-Dstandin.ready=0");
    var other =
        new LibertyServer(
            installation, settings(Map.of("BULLA_DATA_DIR", link.toString())), List.of());
    try {
      server.start(NEVER, line -> {});

      ProcessHandle process = server.running().orElseThrow();
      assertThat(other.running()).contains(process);
      assertThatThrownBy(() -> other.start(NEVER, line -> {}))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("already (process %d)", process.pid());
      assertThat(other.stop()).isTrue();
      assertThat(process.isAlive()).isFalse();
    } finally {
      server.stop();
    }
  }

  @Test
  void aProcessThatCannotBeNotedDoesNotStay() throws IOException {
    var server = standIn("-Dstandin.ready=0");
    Files.createDirectories(temporary.resolve("data/server.pid.new"));
    assertThatThrownBy(() -> server.start(NEVER, line -> {}))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("server.pid.new");
    String data = temporary.resolve("data").toString();
    assertThat(
            ProcessHandle.allProcesses()
                .filter(other -> other.info().commandLine().orElse("").contains(data)))
        .isEmpty();
  }

  @Test
  void aProcessThatOutlivesItsKillIsNotSaidToHaveEnded() {
    var server = new LibertyServer(installation, settings(Map.of()));
    String line =
        "java -Dderby.stream.error.file=" + temporary.resolve("data/logs/derby.log") + " -jar x";
    var info =
        answering(
            ProcessHandle.Info.class, Map.<String, Object>of("commandLine", Optional.of(line)));
    var immortal =
        answering(
            ProcessHandle.class,
            Map.of(
                "pid",
                4711L,
                "destroy",
                true,
                "destroyForcibly",
                true,
                "onExit",
                new CompletableFuture<ProcessHandle>(),
                "info",
                info));
    assertThatThrownBy(() -> server.end(immortal, Duration.ofMillis(1)))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("4711");
  }

  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            LibertyServerTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.get(method.getName())));
  }

  @Test
  void twoDoNotStartOnOneDataDirectoryAtOnce() throws IOException {
    var server = new LibertyServer(installation, settings(Map.of()));
    Path data = Files.createDirectories(temporary.resolve("data"));
    try (var other = HeldLock.on(data.resolve("start.lock"), Duration.ZERO)) {
      assertThatThrownBy(() -> server.start(NEVER, line -> {}))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("at this moment")
          .hasMessageContaining(data.toString());
      assertThat(data.resolve("server.pid")).doesNotExist();
      assertThat(data.resolve("tls")).doesNotExist();
      assertThat(other.process().isAlive()).isTrue();
    }
  }

  @Test
  void aStopWaitsForWhoeverIsAboutToStartAServer() throws IOException {
    var server = new LibertyServer(installation, settings(Map.of()));
    Path lock = Files.createDirectories(temporary.resolve("data")).resolve("start.lock");
    try (var other = HeldLock.on(lock, Duration.ofMillis(500))) {
      other.release();
      assertThat(server.stop()).isFalse();
      assertThat(HeldLock.released(lock)).exists();
    }
  }

  @Test
  void aServerThatHasStartedAndLacksSomethingIsNotWaitedForForEver() throws IOException {
    var server = standIn(Duration.ofSeconds(1), "-Dstandin.ready=0", "-Dstandin.disk=false");
    var told = new ArrayList<String>();

    assertThatThrownBy(() -> server.start(Duration.ofMillis(100), told::add))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("The server has started, but is not ready: disk fails.");
    assertThat(told).last().asString().endsWith("s; it has started, but is not ready: disk fails");
    assertThat(server.running()).isEmpty();
    assertThat(temporary.resolve("data/server.pid")).doesNotExist();
  }

  /** Its ports were free when it was launched, and are taken before it comes to them. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anotherServerOnItsPortsIsNotTakenForIt(boolean both) throws IOException {
    Settings settings = settings(Map.of());
    var server = standIn(settings, Duration.ofMinutes(1), "-Dstandin.ready=1500");
    var http = HttpServer.create();
    http.createContext("/health/ready", StandIn::answer);
    try (var https = new ServerSocket()) {
      assertThatThrownBy(
              () ->
                  server.start(
                      Duration.ofMillis(1),
                      line -> {
                        if (!https.isBound()) {
                          take(settings, https, both ? http : null);
                        }
                      }))
          .isInstanceOf(CommandFailure.class)
          .hasMessageStartingWith("The server did not start. CWWKO0221E");
      assertThat(server.running()).isEmpty();
    } finally {
      http.stop(0);
    }
  }

  private static void take(Settings settings, ServerSocket https, HttpServer http) {
    try {
      https.bind(settings.https());
      if (http != null) {
        http.bind(settings.http(), 0);
        http.start();
      }
    } catch (IOException taken) {
      throw new java.io.UncheckedIOException(taken);
    }
  }

  @Test
  void aServerIsReadyWhereItHasSaidThatItListensAndNothingFailed() throws IOException {
    Settings settings = settings(Map.of());
    var server = new LibertyServer(installation, settings);
    Path log = Files.createDirectories(settings.logs()).resolve("messages.log");
    String record = "[11/25/26, 23:14:13:875 UTC] 0000002b bulla      %s %s\n";
    String all = record.formatted("A", "CWWKE0001I: Launched.");
    var http = HttpServer.create(settings.http(), 0);
    http.createContext("/health/ready", StandIn::answer);
    http.start();
    try (var https = new ServerSocket()) {
      https.bind(settings.https());
      assertThat(server.readiness()).as("no log yet").isEqualTo(Readiness.UNKNOWN);

      Files.writeString(log, all);
      assertThat(server.readiness()).as("no port yet").isEqualTo(Readiness.UNKNOWN);

      all += record.formatted("I", "CWWKO0219I: It listens on port " + settings.httpPort() + ".");
      Files.writeString(log, all);
      assertThat(server.readiness().ready()).isFalse();
      assertThat(server.readiness().reason())
          .isEqualTo("is not ready: HTTPS on port %d fails", settings.httpsPort());

      all += record.formatted("I", "CWWKO0219I: It listens on port " + settings.httpsPort() + ".");
      Files.writeString(log, all);
      assertThat(server.isReady()).isTrue();

      Files.writeString(log, all + record.formatted("E", "CWWKO0221E: It does not listen."));
      assertThat(server.readiness()).as("a failure").isEqualTo(Readiness.UNKNOWN);
    } finally {
      http.stop(0);
    }
  }

  @Test
  void theProbeIsAskedThroughNoProxy() throws IOException {
    Settings settings = settings(Map.of());
    var http = HttpServer.create(settings.http(), 0);
    http.createContext("/health/ready", StandIn::answer);
    http.start();
    ProxySelector before = ProxySelector.getDefault();
    try (var proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ProxySelector.setDefault(ProxySelector.of((InetSocketAddress) proxy.getLocalSocketAddress()));
      assertThat(Readiness.ask(settings.readiness(), 1000).ready()).isTrue();
    } finally {
      ProxySelector.setDefault(before);
      http.stop(0);
    }
  }

  /**
   * What a child costs when this process ends, and what a shell leaves behind, it does not have.
   */
  @Test
  void aServerInTheBackgroundIsNoChildAndHasNothingOfTheShellThatBeganIt() throws IOException {
    var server = standIn("-Dstandin.ready=0");
    try {
      server.start(NEVER, line -> {});
      ProcessHandle process = server.running().orElseThrow();
      assertThat(ProcessHandle.current().children()).doesNotContain(process);
      Path known = Path.of("/proc", Long.toString(process.pid()));
      if (Files.isDirectory(known)) {
        assertThat(Files.readString(known.resolve("environ")).split("\0"))
            .contains("WLP_LOGGING_CONSOLE_LOGLEVEL=OFF")
            .noneMatch(variable -> variable.matches("(PWD|OLDPWD|SHLVL|_)=.*"));
        // An interrupt in the terminal of a start ends the server too, unless it would spare both;
        // the end of that terminal does not.
        assertThat(ignored(known, INTERRUPTS))
            .isEqualTo(ignored(Path.of("/proc/self"), INTERRUPTS));
        assertThat(ignored(known, HANGUP)).isEqualTo(HANGUP);
      }
    } finally {
      server.stop();
    }
  }

  /** Of {@code signals} those that a process ignores, as Linux writes them. */
  private static long ignored(Path process, long signals) throws IOException {
    String ignored =
        Files.readAllLines(process.resolve("status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow();
    return Long.parseUnsignedLong(ignored.substring("SigIgn:".length()).strip(), 16) & signals;
  }

  @Test
  void whoWaitsForAServerHearsWhatItWaitsFor() throws IOException {
    var server = standIn("-Dstandin.ready=1500");
    var told = new ArrayList<String>();
    try {
      server.start(Duration.ofMillis(100), told::add);

      String pid = Long.toString(server.running().orElseThrow().pid());
      assertThat(told)
          .hasSizeGreaterThan(1)
          .allMatch(line -> line.contains(pid))
          .anyMatch(line -> line.endsWith("its log ends with: recovers the database"));
      assertThat(server.stop()).isTrue();
      assertThat(server.running()).isEmpty();
      assertThat(temporary.resolve("data/server.pid")).doesNotExist();
    } finally {
      server.stop();
    }
  }

  @Test
  void aServerThatLogsThatItCannotServeIsNotWaitedFor() throws IOException {
    var server = standIn("-Dstandin.ready=60000", "-Dstandin.fails=true");

    assertThatThrownBy(() -> server.run(() -> {}, NEVER, line -> {}))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("CWWKZ0106E");
    assertThat(server.running()).isEmpty();
  }

  /** With 3 a Java machine ends that is out of memory; here it means refused by policy. */
  @ParameterizedTest
  @CsvSource({"3, 1", "143, 143"})
  void whatAServerEndsWithIsSaidInTheStatusesOfThisProgram(int ended, int expected)
      throws IOException {
    var server = standIn("-Dstandin.ready=0", "-Dstandin.exit=" + ended);
    var ready = new AtomicInteger();

    assertThat(server.run(ready::incrementAndGet, NEVER, line -> {})).isEqualTo(expected);
    assertThat(ready).hasValue(1);
    assertThat(temporary.resolve("data/server.pid")).doesNotExist();
  }

  private static Process process(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("sh", "-c", "read line"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  private void note(String text) throws IOException {
    Files.writeString(
        Files.createDirectories(temporary.resolve("data")).resolve("server.pid"), text);
  }

  private LibertyServer standIn(String... options) throws IOException {
    return standIn(Duration.ofMinutes(1), options);
  }

  private LibertyServer standIn(Duration longestUnready, String... options) throws IOException {
    return standIn(settings(Map.of()), longestUnready, options);
  }

  /** A server with {@link StandIn} in the place of Liberty. */
  private LibertyServer standIn(
      Settings settings, Duration longestUnready, String... machineOptions) throws IOException {
    Path liberty = home.resolve("wlp");
    Path jar = Files.createDirectories(liberty.resolve("bin/tools")).resolve("ws-server.jar");
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandIn.class.getName());
    String file = StandIn.class.getName().replace('.', '/');
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (String name : List.of(file + ".class", file + "$Listener.class")) {
        try (InputStream in = StandIn.class.getResourceAsStream("/" + name)) {
          out.putNextEntry(new ZipEntry(name));
          in.transferTo(out);
        }
      }
    }
    Path options = Files.createDirectories(liberty.resolve("lib/platform/java"));
    Files.createFile(options.resolve("java9.options"));
    Files.createFile(options.resolve("java24.options"));
    Files.writeString(
        home.resolve("compiler.json"), "[{match:[\"none/Such.one\"],BackgroundCompilation:true}]");
    return new LibertyServer(installation, settings, List.of(machineOptions), longestUnready);
  }

  /** On ports that nobody has, but for what {@code more} says. */
  private Settings settings(Map<String, String> more) {
    try {
      var all =
          new HashMap<>(Settings.onFreePorts(temporary, Map.of(), installation).environment());
      all.put("BULLA_HOST", "*");
      all.putAll(more);
      return Settings.from(all, installation);
    } catch (IOException noPort) {
      throw new java.io.UncheckedIOException(noPort);
    }
  }
}
