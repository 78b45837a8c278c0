package bulla.protector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs are called that are started in the four ways that there are. */
class ApplicationIdentityTest {
  private static final String MODULE = "bulla.protector";
  private static final String MAIN = PrintIdentity.class.getName();

  @TempDir private static Path directory;
  private static Path jar;

  /** This module with another main class, in a jar whose path has a space in it. */
  @BeforeAll
  static void makeJar() {
    jar = directory.resolve("night batch.jar");
    int status =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--create",
                "--file",
                jar.toString(),
                "--main-class",
                MAIN,
                "-C",
                "target/classes",
                ".",
                "-C",
                "target/test-classes",
                MAIN.replace('.', '/') + ".class");
    assertThat(status).isZero();
  }

  @Test
  void aClassOnTheClassPathIsItsOnlyName() throws Exception {
    assertThat(names("-cp", jar.toString(), MAIN)).containsExactly(MAIN);
  }

  @Test
  void aJarHasItsPathAndItsMainClassAsNames() throws Exception {
    assertThat(names("-jar", jar.toString())).containsExactly(jar.toString(), MAIN);
  }

  @Test
  void aModuleHasItsNameAndItsMainClassAsNames() throws Exception {
    assertThat(names("-p", modulePath(), "-m", MODULE)).containsExactly(MODULE, MAIN);
  }

  @Test
  void aModuleWithAClassHasBothAsNames() throws Exception {
    assertThat(names("-p", modulePath(), "-m", MODULE + "/" + MAIN)).containsExactly(MODULE, MAIN);
  }

  /** The jar first, then what this test runs with, where the module is once more. */
  private static String modulePath() {
    return jar + File.pathSeparator + System.getProperty("jdk.module.path");
  }

  private static List<String> names(String... started) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of(started));
    command.addAll(List.of("an argument", "x/y"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).as(lines.toString()).isZero();
    assertThat(lines).last().isEqualTo(System.getProperty("user.name"));
    return lines.subList(0, lines.size() - 1);
  }
}
