package bulla.launcher.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bulla.launcher.CommandFailure;
import bulla.launcher.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminCommandTest {
  @TempDir Path data;

  @Test
  void aRequestIsAFileForItsOwnerAlone() throws Exception {
    Path file = AdminCommand.request(data, "admin", null);
    assertThat(file).hasContent("admin\n").hasParent(data.resolve("unlock"));
    assertThat(file.toString()).endsWith(".request");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void whatRootAsksForIsTheServers() throws Exception {
    assumeTrue(Files.getAttribute(data, "unix:uid").equals(0), "only root can give files away");
    Files.setAttribute(data, "unix:uid", 4321);
    Path file = AdminCommand.request(data, "admin", null);
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(4321);
    assertThat(Files.getAttribute(file.getParent(), "unix:uid")).isEqualTo(4321);
  }

  @Test
  void anAddressIsItsSecondLine() throws Exception {
    assertThat(AdminCommand.request(data, "Zo\u00eb B", "2001:db8::1"))
        .hasContent("Zo\u00eb B\n2001:db8::1\n");
  }

  /** As in a container, or started by hand. */
  @Test
  void aServerThatWasNotStartedHereIsAskedToo() throws Exception {
    var installation = new Installation(data);
    var server =
        new LibertyServer(
            installation, Settings.from(Map.of("BULLA_DATA_DIR", data.toString()), installation));
    assertThat(AdminCommand.unlock(server, data, "admin", null)).startsWith("No server runs on ");
    assertThat(data.resolve("unlock")).doesNotExist();

    Path lock = Files.createDirectory(data.resolve("database")).resolve("dbex.lck");
    Files.write(lock, new byte[4]);
    try (var other = HeldLock.on(lock, Duration.ZERO)) {
      assertThat(AdminCommand.unlock(server, data, "admin", null)).startsWith("The server lets ");
      assertThat(other.process().isAlive()).isTrue();
    }
    assertThat(data.resolve("unlock")).isNotEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:b", "a\nb", "a\u202eb"})
  void aNameThatNoUserCanHaveIsRefused(String name) {
    assertThatThrownBy(() -> AdminCommand.request(data, name, null))
        .isInstanceOf(CommandFailure.class);
    assertThat(data).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost", "192.0.2.1\n", "192.0.2.1 ", "192.0.2", "999.0.2.1", "1::2::3"})
  void whatIsNoAddressIsRefused(String address) {
    assertThatThrownBy(() -> AdminCommand.request(data, "admin", address))
        .isInstanceOf(CommandFailure.class);
    assertThat(data).isEmptyDirectory();
  }
}
