package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.launcher.Installation;
import bulla.launcher.server.LibertyServer;
import bulla.launcher.server.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./bulla server run}, as a service manager runs it. */
class ServerRunIT {
  /** 128 and the number of the signal. */
  private static final int ENDED_BY_SIGTERM = 143;

  private final Installation installation = Installation.current();

  @TempDir Path directory;
  private Settings settings;
  private Path output;

  @BeforeEach
  void choosePorts() throws IOException {
    settings = Settings.onFreePorts(directory, Map.of(), installation);
    output = directory.resolve("output.txt");
  }

  @Test
  void aStartThatFailsEndsWithStatusOne() throws IOException, InterruptedException {
    try (var taken = new ServerSocket(settings.httpsPort(), 1, InetAddress.getLoopbackAddress())) {
      Process run = run();

      assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(run.exitValue()).isEqualTo(1);
      assertThat(Files.readString(output))
          .startsWith("bulla: ")
          .contains("port " + taken.getLocalPort(), "BULLA_HTTPS_PORT")
          .hasLineCount(1);
    }
  }

  @Test
  @Tag("slow")
  void itSaysWhenItIsReadyAndEndsOnSigtermWithItsServer() throws IOException, InterruptedException {
    var server = new LibertyServer(installation, settings);
    Process run = run();
    try {
      Instant end = Instant.now().plusSeconds(180);
      while (!Files.readString(output).contains("The server is ready: " + settings.url())) {
        assertThat(run.isAlive()).as(Files.readString(output)).isTrue();
        assertThat(Instant.now()).as("never ready").isBefore(end);
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      }
      assertThat(Files.readString(output)).contains("First start: the password of the user admin");
      ProcessHandle process = server.running().orElseThrow();
      assertThat(server.isReady()).isTrue();

      run.destroy();

      assertThat(run.waitFor(90, TimeUnit.SECONDS)).isTrue();
      assertThat(run.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
      assertThat(process.isAlive()).isFalse();
    } finally {
      run.destroy();
      server.stop();
    }
  }

  private Process run() throws IOException {
    var builder =
        new ProcessBuilder(installation.home().resolve("bulla").toString(), "server", "run")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("BULLA_"));
    builder.environment().putAll(settings.environment());
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }
}
