package bulla.liberty.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.liberty.CommandFailure;
import bulla.liberty.Installation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibertyServerTest {
  private Installation installation;
  private Path temporary;
  private Path home;

  @BeforeEach
  void install(@TempDir Path directory) throws IOException {
    temporary = directory;
    home = Files.createDirectory(directory.resolve("a place with spaces"));
    Files.createDirectory(home.resolve("wlp"));
    Files.createFile(home.resolve("compiler.json"));
    installation = new Installation(home);
  }

  @Test
  void anOptionIsOneArgumentWhateverIsInIt() {
    String option = "-XX:ArchiveClassesAtExit=" + home.resolve("bulla.jsa");
    var server = new LibertyServer(installation, settings(Map.of()), List.of(option));
    assertThat(server.command()).contains(option);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xmx1g -Da=b", " -Xmx1g\t\n-Da=b "})
  void theOperatorsOptionsAreSplitAtBlanksAndNoneIsEmpty(String options) {
    var server = new LibertyServer(installation, settings(Map.of("BULLA_JVM_OPTIONS", options)));
    assertThat(server.command()).containsSequence("-Xmx1g", "-Da=b").doesNotContain("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BULLA_HTTP_PORT", "BULLA_HTTPS_PORT"})
  void aPortThatSomebodyHasIsRefusedByTheNameOfItsVariable(String variable) throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      var server =
          new LibertyServer(installation, settings(Map.of(variable, port, "BULLA_HTTP_HOST", "*")));
      assertThatThrownBy(() -> server.start(() -> {}))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("port " + port)
          .hasMessageContaining(variable);
      assertThat(temporary.resolve("data/server.pid")).doesNotExist();
    }
  }

  @Test
  void aProcessThatHasTheIdAgainIsNotTheServer() throws IOException {
    var server = new LibertyServer(installation, settings(Map.of()));
    Path noted = Files.createDirectories(temporary.resolve("data")).resolve("server.pid");
    Process process = new ProcessBuilder("sh", "-c", "read line; : ws-server.jar").start();
    try {
      ProcessHandle handle = process.toHandle();
      Files.writeString(noted, handle.pid() + " " + handle.info().startInstant().orElseThrow());
      assertThat(server.running()).contains(handle);

      Files.writeString(noted, handle.pid() + " " + Instant.EPOCH);
      assertThat(server.running()).isEmpty();
    } finally {
      process.destroy();
    }
  }

  /** On ports that nobody has, but for what {@code more} says. */
  private Settings settings(Map<String, String> more) {
    try {
      var all =
          new HashMap<>(Settings.onFreePorts(temporary, Map.of(), installation).environment());
      all.put("BULLA_HOST", "*");
      all.putAll(more);
      return Settings.from(all, installation);
    } catch (IOException noPort) {
      throw new java.io.UncheckedIOException(noPort);
    }
  }
}
