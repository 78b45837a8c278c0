package bulla.launcher.archive;

import bulla.launcher.CommandFailure;
import bulla.launcher.Installation;
import bulla.launcher.client.ApiClient;
import bulla.launcher.server.LibertyServer;
import bulla.launcher.server.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code bulla class-archive}: runs a server on data of its own up to its first login, and keeps
 * the classes that it has loaded in an archive (JEP 350). The Java machine maps the archive instead
 * of reading, parsing and verifying the classes again, and ignores one that another Java or another
 * place has made. The script {@code bulla} keeps the classes of this program itself in the same
 * way.
 */
@Command(
    name = "class-archive",
    mixinStandardHelpOptions = true,
    description = "Makes the archive of loaded classes from which the server starts sooner.",
    footer = {
      "",
      "The build has made it in a checkout. Run it once where an archive of Bulla was unpacked,",
      "and again after a change of the Java machine.",
      "",
      "Example:",
      "  bulla class-archive"
    })
public final class ClassArchiveCommand implements Callable<Integer> {
  /** The archive is written while the Java machine ends; a kill would leave half of it. */
  private static final Duration LONGEST_STOP = Duration.ofMinutes(4);

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Installation installation = Installation.current();
    Path archive = installation.classArchive();
    Path unfinished = archive.resolveSibling(archive.getFileName() + ".unfinished");
    Files.deleteIfExists(archive);
    Files.deleteIfExists(unfinished);
    // Not beside the archive: with blanks in the path of its data a server does not find its
    // migrations.
    Path directory = Files.createTempDirectory("bulla-class-archive");
    try {
      run(installation, directory, unfinished);
      // A power cut must not leave a part of it under its name: that would end every later start.
      try (var written = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      // Whoever unpacks the archive of Bulla need not be who runs the server.
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("r--r--r--"));
      Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(directory);
    }
    spec.commandLine().getOut().printf("%s: %d MB%n", archive, Files.size(archive) / (1024 * 1024));
    return 0;
  }

  private void run(Installation installation, Path directory, Path archive) throws IOException {
    Settings settings = Settings.onFreePorts(directory, Map.of(), installation);
    // For one login, no code is worth the time of the second compiler; the classes are the same.
    var server =
        new LibertyServer(
            installation,
            settings,
            List.of("-XX:ArchiveClassesAtExit=" + archive, "-XX:TieredStopAtLevel=1"));
    try {
      server.start(Duration.ofSeconds(30), spec.commandLine().getErr()::println);
      var client =
          new ApiClient(
              settings.url(),
              settings.authority(),
              new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
      client.login("admin", Files.readString(settings.data().resolve("admin.password")).strip());
      ClassLinker.linkAll(server.running().orElseThrow().pid());
      if (!server.stopUnhurried(LONGEST_STOP)) {
        throw new CommandFailure(
            "The archive was not written within %d s".formatted(LONGEST_STOP.toSeconds()));
      }
    } finally {
      server.stop();
    }
    if (!Files.exists(archive)) {
      throw new CommandFailure("The Java machine wrote no archive of its classes");
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var content = Files.walk(directory)) {
      for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
