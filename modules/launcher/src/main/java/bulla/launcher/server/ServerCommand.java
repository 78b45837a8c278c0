package bulla.launcher.server;

import bulla.launcher.CommandFailure;
import bulla.launcher.Installation;
import bulla.secrets.SecretFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bulla server run|start|stop|status|renew-certificate}. */
@Command(
    name = "server",
    mixinStandardHelpOptions = true,
    description = "Runs, starts or stops the server.",
    footer = {
      "",
      "Examples:",
      "  bulla server start",
      "  BULLA_DATA_DIR=/var/lib/bulla BULLA_HTTPS_PORT=443 bulla server run",
      "",
      "README lists the environment variables."
    })
public final class ServerCommand {
  private static final Duration BETWEEN_WORDS = Duration.ofSeconds(30);

  @Spec private CommandSpec spec;

  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = "Runs the server in the foreground until it is interrupted.")
  int run() {
    Settings settings = settings();
    boolean passwordThere = Files.exists(password(settings));
    return server()
        .run(
            () -> {
              out().println("The server is ready: " + settings.url());
              say(out(), settings, passwordThere);
              out().flush();
            },
            BETWEEN_WORDS,
            waiting -> tell(out(), waiting));
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = "Starts the server in the background and returns when it is ready.")
  int start() {
    return start(out());
  }

  /** The command {@code server start} without options. */
  public static int start(PrintWriter out) {
    Settings settings = settings();
    boolean passwordThere = Files.exists(password(settings));
    long millis = server().start(BETWEEN_WORDS, waiting -> tell(out, waiting));
    BigDecimal seconds = BigDecimal.valueOf(millis, 3).setScale(1, RoundingMode.HALF_UP);
    out.println("The server is ready after " + seconds + " s: " + settings.url());
    say(out, settings, passwordThere);
    out.flush();
    return 0;
  }

  private static void tell(PrintWriter out, String waiting) {
    out.println(waiting);
    out.flush();
  }

  private static Path password(Settings settings) {
    return settings.data().resolve("admin.password");
  }

  private static void say(PrintWriter out, Settings settings, boolean passwordWasThere) {
    if (!passwordWasThere && Files.exists(password(settings))) {
      out.println("First start: the password of the user admin is in " + password(settings));
    }
    // The operator's own certificate is none of the server's authority.
    if (settings.value("BULLA_TLS_KEYSTORE").isEmpty() && Files.exists(settings.authority())) {
      out.println("For curl: --cacert " + settings.authority());
    }
  }

  @Command(name = "stop", mixinStandardHelpOptions = true, description = "Stops the server.")
  int stop() {
    out()
        .println(
            server().stop()
                ? "The server has stopped."
                : "No server was running; no process has the database open.");
    return 0;
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Says whether the server runs and is ready; exit status 1 if not.")
  int status() {
    var process = server().running();
    if (process.isEmpty()) {
      out()
          .println(
              server().isDatabaseOpen()
                  ? "No server that was started here runs on %s, but its database is open"
                      .formatted(settings().data())
                  : "No server runs on " + settings().data());
      return 1;
    }
    Readiness readiness = server().readiness();
    out()
        .printf(
            "Process %d on %s is %s: %s%n",
            process.get().pid(),
            settings().data(),
            readiness.ready()
                ? "ready"
                : readiness.started() ? "started, but " + readiness.reason() : "not ready",
            settings().url());
    return readiness.ready() ? 0 : 1;
  }

  @Command(
      name = "renew-certificate",
      mixinStandardHelpOptions = true,
      description =
          "Makes a new certificate from the server's own authority, or takes over the key store"
              + " that BULLA_TLS_KEYSTORE names. A running server uses it within ten seconds.")
  int renewCertificate() {
    if (!Files.exists(settings().data())) {
      throw new CommandFailure("There is no data directory " + settings().data() + " yet");
    }
    server().renewCertificate();
    out().println("The certificate is renewed.");
    return 0;
  }

  @Command(
      name = "environment",
      mixinStandardHelpOptions = true,
      description =
          "Prepares the data directory and writes the variables of the server process as a"
              + " server.env file (mode 0600), for those who start Liberty in their own way.")
  int environment(@Option(names = "--file", required = true, paramLabel = "FILE") Path file)
      throws IOException {
    var lines = new StringBuilder();
    server().prepareStopped().entrySet().stream()
        .filter(variable -> variable.getKey().startsWith("BULLA_"))
        .forEach(
            variable ->
                lines
                    .append(variable.getKey())
                    .append('=')
                    .append(variable.getValue())
                    .append('\n'));
    SecretFiles.replace(file, lines.toString().getBytes(StandardCharsets.UTF_8));
    out().println("Written: " + file);
    return 0;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static Settings settings() throws CommandFailure {
    return Settings.from(System.getenv(), Installation.current());
  }

  private static LibertyServer server() {
    return new LibertyServer(Installation.current(), settings());
  }
}
