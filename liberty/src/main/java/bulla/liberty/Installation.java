package bulla.liberty;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts of a built checkout lie.
 *
 * @param root the checkout
 */
public record Installation(Path root) {
  /** The checkout that the launcher script names. */
  public static Installation current() {
    String home = System.getProperty("bulla.home");
    if (home == null) {
      throw new CommandFailure("Start this program with ./bulla, which says where it lies");
    }
    return new Installation(Path.of(home).toAbsolutePath().normalize());
  }

  /** Liberty's runtime. */
  public Path liberty() {
    return built("liberty/target/liberty/wlp");
  }

  /** Classes that the server loads, ready to be mapped; the server starts without it too. */
  public Path classArchive() {
    return root.resolve("liberty/target/liberty/bulla.jsa");
  }

  /** What the demonstration reads. */
  public Path demo() {
    return built("liberty/demo");
  }

  /** Where the demonstration writes unless it is told otherwise. */
  public Path demoOutput() {
    return root.resolve("target/demo");
  }

  /** Where the server keeps its data unless it is told otherwise. */
  public Path defaultData() {
    return root.resolve("data");
  }

  /** The command line of the offline protector: a process of its own, on the module path. */
  public List<String> protector(String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                java().toString(),
                "-p",
                built("modules/protector/target/modules")
                    + File.pathSeparator
                    + built("modules/protector/target/classes"),
                "-m",
                "bulla.protector/bulla.protector.cli.Main"));
    command.addAll(List.of(arguments));
    return command;
  }

  /** The Java that runs this program. */
  public static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private Path built(String part) {
    Path path = root.resolve(part);
    if (!Files.exists(path)) {
      throw new CommandFailure(
          path + " is missing: build it with ./mvnw -DskipTests package in " + root);
    }
    return path;
  }
}
