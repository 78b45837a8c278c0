package bulla.errorprone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedErrorProneTest {

  @TempDir Path directory;

  @Test
  void eachCompilationIsCheckedByTheOneErrorProne() throws Exception {
    var faulty =
        Files.writeString(
                directory.resolve("Faulty.java"),
                "class Faulty { boolean same(String a) { return a.equals(a); } }")
            .toString();
    // What this module's own build does not have checked.
    var plugin = "src/main/java/bulla/errorprone/SharedErrorProne.java";
    var compilations = "src/test/java/bulla/errorprone/Compilations.java";

    assertThat(compilations(faulty, plugin, faulty, compilations))
        .containsSubsequence(
            "error: [SelfEquals]",
            "Faulty.java: refused",
            "SharedErrorProne.java: taken",
            "error: [SelfEquals]",
            "Faulty.java: refused",
            "Compilations.java: taken",
            "1 class loader");
  }

  /** In a process without this plugin on its class path, where javac would find it first. */
  private String compilations(String... files) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@../../.mvn/jvm.config",
                "-cp",
                "target/test-classes",
                Compilations.class.getName(),
                System.getProperty("java.class.path"),
                directory.toString()));
    command.addAll(List.of(files));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var out = process.getInputStream()) {
      return new String(out.readAllBytes(), UTF_8);
    } finally {
      process.waitFor();
    }
  }
}
