package bulla.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./bulla fuzz} with the fuzzer itself, for a moment. */
@Tag("slow")
class JazzerTest {
  @Test
  void theFuzzerRunsATargetAndKeepsItsInputs(@TempDir Path directory)
      throws IOException, InterruptedException {
    Path said = directory.resolve("said");
    int status =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path"),
                Main.class.getName(),
                directory.toString(),
                "numericToken",
                "5")
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start()
            .waitFor();
    String output = Files.readString(said, StandardCharsets.UTF_8);
    assertThat(status).as(output).isZero();
    assertThat(output)
        .contains("Nothing was found in 1 targets")
        .containsPattern("stat::number_of_executed_units: [1-9][0-9]{2,}");
    assertThat(directory.resolve("numericToken/corpus/seed-0")).isRegularFile();
  }
}
