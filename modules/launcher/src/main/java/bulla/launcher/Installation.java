package bulla.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts of Bulla lie: in an unpacked archive, or in a checkout, whose build lays the same
 * parts out in {@code liberty/target/bulla}.
 *
 * @param home the directory of the launcher script
 */
public record Installation(Path home) {
  /** The installation that the launcher script names. */
  public static Installation current() {
    String home = System.getProperty("bulla.home");
    if (home == null) {
      throw new CommandFailure("Start this program with ./bulla, which says where it lies");
    }
    return new Installation(Path.of(home).toAbsolutePath().normalize());
  }

  /** Liberty's runtime. */
  public Path liberty() {
    return part("wlp");
  }

  /** Classes that the server loads, ready to be mapped; the server starts without it too. */
  public Path classArchive() {
    return parts().resolve("bulla.jsa");
  }

  /** What the Java machine is told about compiling the server's code. */
  public Path compilerDirectives() {
    return part("compiler.json");
  }

  /** What the demonstration reads. */
  public Path demo() {
    return part("demo");
  }

  /** Where the demonstration writes unless it is told otherwise. */
  public Path demoOutput() {
    return home.resolve("target/demo");
  }

  /** Where the server keeps its data unless it is told otherwise. */
  public Path defaultData() {
    return home.resolve("data");
  }

  /** The command line of the offline protector: a process of its own, on the module path. */
  public List<String> protector(String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                java().toString(),
                "-p",
                part("protector").toString(),
                "-m",
                "bulla.protector/bulla.protector.cli.Main"));
    command.addAll(List.of(arguments));
    return command;
  }

  /** The Java that runs this program. */
  public static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private Path parts() {
    return Files.isDirectory(home.resolve("wlp")) ? home : home.resolve("liberty/target/bulla");
  }

  private Path part(String name) {
    Path path = parts().resolve(name);
    if (!Files.exists(path)) {
      throw new CommandFailure(
          path
              + " is missing: "
              + (Files.exists(home.resolve("pom.xml"))
                  ? "build it with ./mvnw -DskipTests package in " + home
                  : "unpack the archive of Bulla again"));
    }
    return path;
  }
}
