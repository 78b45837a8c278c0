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
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** What the application checks ends the start too, and not the first request that needs it. */
  @Test
  void aWrongSettingEndsTheStartWithItsName() throws IOException, InterruptedException {
    assertEndsWith("BULLA_TRUSTED_PROXIES must", Map.of("BULLA_TRUSTED_PROXIES", "192.0.2.1/99"));
  }

  @ParameterizedTest
  @CsvSource({
    "BULLA_SESSIONS_PER_USER, 0",
    "BULLA_SOURCE_CA_FILE, /nowhere.pem",
    "BULLA_SOURCE_DIR, /dev/null",
    "BULLA_SOURCE_DRIVERS, /dev/null",
    "BULLA_AUDIT_FILES, /dev/null",
    "BULLA_CLIENT_CA_FILE, /dev/null",
    "BULLA_SAML_METADATA_CA_FILE, /nowhere.pem",
    "BULLA_SOURCE_NETWORKS, 10.0.0.0",
    "BULLA_SAML_METADATA_NETWORKS, localhost/8",
    "BULLA_PASSWORD_HISTORY, 0",
    "BULLA_LOCKOUT_SECONDS, 0",
    "BULLA_LOCKOUT_FAILURES_PER_NAME, 0",
    "BULLA_LOGIN_FAILURES_PER_ADDRESS, -1",
    "BULLA_ROLE_SYNC_MINUTES, -1",
    "BULLA_PACKAGE_LIFETIME_DAYS, -1",
    "BULLA_TOKEN_KEY_DAYS, 9999"
  })
  @Tag("slow")
  void everyWrongSettingDoes(String name, String value) throws IOException, InterruptedException {
    assertEndsWith(name, Map.of(name, value));
  }

  private void assertEndsWith(String said, Map<String, String> wrong)
      throws IOException, InterruptedException {
    var environment = new HashMap<>(settings.environment());
    environment.putAll(wrong);
    settings = Settings.from(environment, installation);
    Process run = run();
    try {
      assertThat(run.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      run.destroy();
    }
    assertThat(run.exitValue()).isEqualTo(1);
    assertThat(Files.readString(output)).contains("bulla: ", said);
    assertThat(settings.data().resolve("keyring")).as("nothing is made").doesNotExist();
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
