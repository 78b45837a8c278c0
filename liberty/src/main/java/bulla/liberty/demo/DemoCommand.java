package bulla.liberty.demo;

import bulla.liberty.CommandFailure;
import bulla.liberty.Installation;
import bulla.liberty.server.LibertyServer;
import bulla.liberty.server.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bulla demo}: the whole job, with a server of its own. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Starts a server on fresh data, writes a policy over REST, seals it, and enforces it offline"
            + " on a sample file.",
    footer = {"", "Examples:", "  bulla demo", "  bulla demo --out /tmp/bulla-demo"})
public final class DemoCommand implements Callable<Integer> {
  /** Marks a directory as one that the demonstration made, and so may empty. */
  private static final String MARKER = ".bulla-demo";

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where everything is written; emptied first. Default: target/demo")
  private Path out;

  @Override
  public Integer call() throws IOException {
    Installation installation = Installation.current();
    PrintWriter terminal = spec.commandLine().getOut();
    Path directory = fresh(out == null ? installation.demoOutput() : out.toAbsolutePath());
    Settings settings =
        Settings.onFreePorts(
            directory,
            Map.of("BULLA_SOURCE_DIR", directory.resolve("sources").toString()),
            installation);
    var server = new LibertyServer(installation, settings);
    var stopping = new Thread(server::stop);
    Runtime.getRuntime().addShutdownHook(stopping);
    try {
      terminal.println("Starting the server on a fresh data directory");
      terminal.flush();
      long millis =
          server.start(
              Duration.ofSeconds(5),
              waiting -> {
                terminal.println("  " + waiting);
                terminal.flush();
              });
      terminal.printf("  ready after %.1f s: %s%n", millis / 1000.0, settings.url());
      var run = new DemoRun(installation, settings, directory, terminal);
      run.writePolicy();
      run.enforceOffline();
      run.report();
    } finally {
      terminal.println("Stopping the server");
      terminal.flush();
      server.stop();
      Runtime.getRuntime().removeShutdownHook(stopping);
    }
    return 0;
  }

  /** Empties what an earlier demonstration wrote; a directory with anything else in it is left. */
  private static Path fresh(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (var content = Files.list(directory)) {
        if (!Files.exists(directory.resolve(MARKER)) && content.findAny().isPresent()) {
          throw new CommandFailure(
              directory
                  + " is not empty and not from an earlier demo; name another one with --out");
        }
      }
      try (var old = Files.walk(directory)) {
        for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    Files.createDirectories(directory);
    Files.createFile(directory.resolve(MARKER));
    return directory;
  }
}
