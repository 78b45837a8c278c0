package bulla.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.launcher.CommandFailure;
import bulla.launcher.Installation;
import bulla.launcher.server.LibertyServer;
import bulla.launcher.server.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
  @TempDir Path temporary;
  private Path directory;
  private LibertyServer server;

  @BeforeEach
  void describe() throws IOException {
    directory = temporary.resolve("demo");
    var installation = new Installation(temporary);
    server =
        new LibertyServer(installation, Settings.onFreePorts(directory, Map.of(), installation));
  }

  @Test
  void theDirectoryOfADemoThatStillWorksIsLeftAsItIs() throws IOException {
    DemoCommand.alone(
        directory,
        server,
        () -> {
          Path written = Files.writeString(directory.resolve("customers.csv"), "id");
          assertThatThrownBy(() -> DemoCommand.alone(directory, server, () -> 0))
              .isInstanceOf(CommandFailure.class)
              .hasMessageContaining("Another demo works in " + directory);
          assertThat(written).hasContent("id");
          return 0;
        });
    assertThat(DemoCommand.alone(directory, server, this::content))
        .as("after its end")
        .containsExactly(".bulla-demo");
  }

  @Test
  void theServerThatAnInterruptedDemoHasLeftIsStoppedFirst() throws IOException {
    Path data = Files.createDirectories(directory.resolve("data"));
    Files.createFile(directory.resolve(".bulla-demo"));
    String mark = "-Dderby.stream.error.file=" + data.toRealPath().resolve("logs/derby.log");
    Process left = new ProcessBuilder("sh", "-c", "read line", mark, "-jar").start();
    try {
      Files.writeString(data.resolve("server.pid"), left.pid() + "\n");
      assertThat(DemoCommand.alone(directory, server, this::content))
          .containsExactly(".bulla-demo");
      assertThat(left.isAlive()).isFalse();
    } finally {
      left.destroy();
    }
  }

  @Test
  void aDirectoryWithAnythingElseIsLeftAsItIs() throws IOException {
    Path theirs = Files.createDirectories(directory).resolve("theirs.txt");
    Files.writeString(theirs, "theirs");
    assertThatThrownBy(() -> DemoCommand.alone(directory, server, () -> 0))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("--out");
    assertThat(content()).containsExactly("theirs.txt");
  }

  @Test
  void aLinkLeadsToTheDirectory() throws IOException {
    Path real = Files.createDirectories(temporary.resolve("real"));
    Files.createSymbolicLink(directory, real);
    DemoCommand.alone(directory, server, () -> Files.createFile(real.resolve("old.csv")));
    assertThat(DemoCommand.alone(directory, server, this::content)).containsExactly(".bulla-demo");
    assertThat(directory).isSymbolicLink();
  }

  private List<String> content() throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
