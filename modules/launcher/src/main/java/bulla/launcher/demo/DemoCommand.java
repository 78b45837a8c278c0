package bulla.launcher.demo;

import bulla.launcher.CommandFailure;
import bulla.launcher.Installation;
import bulla.launcher.server.FileLocks;
import bulla.launcher.server.LibertyServer;
import bulla.launcher.server.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
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
        "Starts a server on fresh data, writes a policy over REST, seals it, and enforces it"
            + " offline on a sample file.",
    footer = {"", "Examples:", "  bulla demo", "  bulla demo --out /tmp/bulla-demo"})
public final class DemoCommand implements Callable<Integer> {
  /**
   * Marks a directory as one that the demonstration made, and so may empty; locked while one works
   * there.
   */
  private static final String MARKER = ".bulla-demo";

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where everything is written; emptied first. Default: target/demo beside bulla")
  private Path out;

  @Override
  public Integer call() throws IOException {
    Installation installation = Installation.current();
    Path directory = out == null ? installation.demoOutput() : out.toAbsolutePath();
    Settings settings =
        Settings.onFreePorts(
            directory,
            Map.of("BULLA_SOURCE_DIR", directory.resolve("sources").toString()),
            installation);
    var server = new LibertyServer(installation, settings);
    return alone(
        directory,
        server,
        () -> {
          demonstrate(installation, settings, directory, server);
          return 0;
        });
  }

  private void demonstrate(
      Installation installation, Settings settings, Path directory, LibertyServer server)
      throws IOException {
    PrintWriter terminal = spec.commandLine().getOut();
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
  }

  /**
   * Does {@code work} in a directory that no other demonstration works in meanwhile, emptied of
   * what an earlier one wrote; one with anything else in it is left.
   *
   * @param server the one of the directory: that of an interrupted demonstration is stopped
   * @throws CommandFailure if the directory is somebody else's
   */
  static <T> T alone(Path directory, LibertyServer server, FileLocks.Work<T> work)
      throws IOException {
    if (!Files.isDirectory(directory)) {
      if (Files.exists(directory)) {
        throw new CommandFailure(directory + " is not a directory; name one with --out");
      }
      Files.createDirectories(directory);
    }
    Path marker = directory.resolve(MARKER);
    try (var content = Files.list(directory)) {
      if (!Files.exists(marker) && content.findAny().isPresent()) {
        throw new CommandFailure(
            directory + " is not empty and not from an earlier demo; name another one with --out");
      }
    }
    return FileLocks.holding(
            marker,
            Duration.ZERO,
            () -> {
              server.stop();
              empty(directory.toRealPath());
              return work.carryOut();
            })
        .orElseThrow(
            () ->
                new CommandFailure(
                    "Another demo works in %s: wait for its end, or name another directory with --out"
                        .formatted(directory)));
  }

  /** But for the mark, which is locked. */
  private static void empty(Path directory) throws IOException {
    Set<Path> kept = Set.of(directory, directory.resolve(MARKER));
    try (var old = Files.walk(directory)) {
      for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
        if (!kept.contains(path)) {
          Files.delete(path);
        }
      }
    }
  }
}
