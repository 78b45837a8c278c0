package bulla.liberty.server;

import bulla.liberty.CommandFailure;
import bulla.liberty.Installation;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bulla server run|start|stop|status}. */
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
  @Spec private CommandSpec spec;

  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = "Runs the server in the foreground until it is interrupted.")
  int run() {
    return server().run();
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = "Starts the server in the background and returns when it is ready.")
  int start() {
    Settings settings = settings();
    Path password = settings.data().resolve("admin.password");
    boolean passwordThere = Files.exists(password);
    long millis = server().start(() -> {});
    out().printf("The server is ready after %.1f s: %s%n", millis / 1000.0, settings.url());
    if (!passwordThere && Files.exists(password)) {
      out().println("First start: the password of the user admin is in " + password);
    }
    if (Files.exists(settings.authority())) {
      out().println("For curl: --cacert " + settings.authority());
    }
    return 0;
  }

  @Command(name = "stop", mixinStandardHelpOptions = true, description = "Stops the server.")
  int stop() {
    out().println(server().stop() ? "The server has stopped." : "No server was running.");
    return 0;
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Says whether the server runs and is ready; exit status 1 if not.")
  int status() {
    var process = server().running();
    if (process.isEmpty()) {
      out().println("No server runs on " + settings().data());
      return 1;
    }
    boolean ready = server().isReady();
    out().printf(
        "Process %d on %s is %s: %s%n",
        process.get().pid(), settings().data(), ready ? "ready" : "not ready", settings().url());
    return ready ? 0 : 1;
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
