package bulla.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./bulla fuzz} with the fuzzer itself, on all targets for a moment. */
class JazzerTest {
  private static final String DRIVERS = "/com/code_intelligence/jazzer/driver/";

  @Test
  void theFuzzerFindsNothingInAMoment(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory)
      throws IOException, InterruptedException {
    if (JazzerTest.class.getResource(DRIVERS + "jazzer_driver_" + machine()) == null) {
      abort("SKIPPED: Jazzer has no driver for " + machine());
    }
    Path said = directory.resolve("said");
    int status =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path"),
                Main.class.getName(),
                directory.toString(),
                Targets.ANY,
                "8")
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start()
            .waitFor();
    String output = Files.readString(said, StandardCharsets.UTF_8);
    assertThat(status).as(output).isZero();
    assertThat(output)
        .contains("Nothing was found in 1 targets")
        .containsPattern("INITED cov: [1-9]");
    Matcher runs = Pattern.compile("stat::number_of_executed_units: ([0-9]+)").matcher(output);
    assertThat(runs.find()).isTrue();
    int seeds = Seeds.of(Targets.ANY).size();
    assertThat(Integer.parseInt(runs.group(1))).isGreaterThanOrEqualTo(seeds);
    assertThat(directory.resolve("any/corpus/seed-" + (seeds - 1))).isRegularFile();
  }

  /** As Jazzer names it. */
  private static String machine() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch");
    return (system.startsWith("mac") ? "macos" : system.startsWith("windows") ? "windows" : system)
        + "_"
        + (arch.equals("amd64") ? "x86_64" : arch);
  }
}
