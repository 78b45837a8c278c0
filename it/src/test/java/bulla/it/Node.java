package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A project of Node.js: a copy of a folder below {@code it/src/test/node}, with the packages that
 * its lock file names.
 *
 * @param folder where the copy is
 */
record Node(Path folder) {
  private static final Path PROJECTS =
      Path.of(System.getProperty("bulla.home"), "it/src/test/node");

  /** Copies and fills a project. Without Node.js the test that asks is skipped. */
  static Node project(String name, Path directory) {
    Programs.assume("nodejs, npm", "node", "npm");
    try (Stream<Path> files = Files.list(PROJECTS.resolve(name))) {
      var node = new Node(Files.createDirectories(directory.resolve(name)));
      for (Path file : files.toList()) {
        Files.copy(file, node.folder.resolve(file.getFileName()));
      }
      node.require("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
      return node;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What a command writes to its standard output. That it succeeds is asserted. */
  String require(String... command) {
    return require(Map.of(), command);
  }

  /** The same, with {@code more} environment variables. */
  String require(Map<String, String> more, String... command) {
    Ended ended = run(more, command);
    assertThat(ended.status()).as("%s: %s", List.of(command), ended).isZero();
    return ended.output();
  }

  /** Runs a command in the folder. */
  Ended run(Map<String, String> more, String... command) {
    try {
      Path errors = Files.createTempFile(folder, "errors", ".txt");
      var builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
      builder.environment().putAll(more);
      Process process = builder.start();
      process.getOutputStream().close();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), output, Files.readString(errors));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", interrupted);
    }
  }

  /** How a command ended. */
  record Ended(int status, String output, String errors) {}
}
