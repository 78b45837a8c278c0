package bulla.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of this machine, which not every machine has. */
final class Programs {
  private Programs() {}

  /** The first of these names that is on the search path. */
  static Optional<Path> find(String... names) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .flatMap(folder -> Stream.of(names).map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Skips the test that asks where one of the programs is missing.
   *
   * @param packages Debian's packages that have them
   */
  static void assume(String packages, String... names) {
    for (String name : names) {
      assumeTrue(
          find(name).isPresent(),
          "SKIPPED: there is no " + name + " (Debian's packages: " + packages + ")");
    }
  }
}
