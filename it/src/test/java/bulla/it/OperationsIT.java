package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.launcher.Installation;
import bulla.launcher.server.Settings;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/operations.md} as a new user follows it: every command, in its order, in one shell,
 * in an empty directory with nothing but the archive. Only ports and the places outside of the
 * user's home are others.
 */
@Tag("slow")
@Order(1)
class OperationsIT {
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Path HOME = Path.of(System.getProperty("bulla.home"));

  @TempDir Path directory;

  @Test
  void everyCommandWorksFromTheArchive() throws Exception {
    Programs.assume("curl, openssl, tar, unzip", "bash", "curl", "openssl", "tar", "unzip");
    Path archive = archive();
    Files.copy(archive, directory.resolve(archive.getFileName()));
    Path home = Files.createDirectory(directory.resolve("home"));
    Path etc = Files.createDirectory(directory.resolve("etc"));
    certificate(etc);
    Map<String, String> environment =
        Settings.onFreePorts(directory, Map.of(), Installation.current()).environment();

    String script =
        commands()
            .replace("/etc/bulla/", etc + "/")
            .replace("/var/spool/bulla-audit", directory.resolve("spool").toString())
            // Nobody listens there: the journal waits, and the server goes on.
            .replace("log.example.com:6514", "127.0.0.1:9")
            .replace("localhost:9443", "localhost:" + environment.get("BULLA_HTTPS_PORT"))
            .replace("127.0.0.1:9080", "127.0.0.1:" + environment.get("BULLA_HTTP_PORT"));
    String said =
        shell(
            "set -euo pipefail\ntrap './bulla server stop' EXIT\nset -x\n" + script,
            environment,
            home);

    assertThat(said).contains("bulla_logins_total{outcome=\"succeeded\"}", "The server is ready");
    assertThat(new ObjectMapper().readTree(pim().toFile()).path("openapi").asText())
        .isEqualTo("3.1.0");
    try (Stream<Path> logs = Files.walk(home)) {
      for (Path log : logs.filter(file -> file.endsWith("messages.log")).toList()) {
        assertThat(Files.readAllLines(log).stream().filter(line -> line.contains(" E ")))
            .as(log.toString())
            .isEmpty();
      }
    }
  }

  /** The blocks from "Install" on. */
  private static String commands() throws IOException {
    String text = Files.readString(HOME.resolve("docs/operations.md"));
    List<String> blocks =
        BLOCK
            .matcher(text.substring(text.indexOf("## Install")))
            .results()
            .map(block -> block.group(1))
            .toList();
    assertThat(blocks).hasSizeGreaterThan(12);
    return String.join("", blocks);
  }

  private static Path archive() throws IOException {
    try (var found = Files.newDirectoryStream(HOME.resolve("liberty/target"), "bulla-*.zip")) {
      var archives = new ArrayList<Path>();
      found.forEach(archives::add);
      assertThat(archives).hasSize(1);
      return archives.get(0);
    }
  }

  private Path pim() throws IOException {
    try (Stream<Path> files = Files.walk(directory, 2)) {
      return files.filter(file -> file.endsWith("pim.json")).findFirst().orElseThrow();
    }
  }

  /** What the reader is told to have: a certificate that vouches for itself, and an authority. */
  private void certificate(Path etc) throws IOException, InterruptedException {
    shell(
        """
        cd %s
        openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=localhost \
          -addext subjectAltName=DNS:localhost -keyout server.key.pem -out server.pem
        cp server.pem ca.pem
        cp server.pem log-ca.pem
        """
            .formatted(etc),
        Map.of(),
        etc);
  }

  private String shell(String script, Map<String, String> more, Path home)
      throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("commands.sh"), script);
    var builder =
        new ProcessBuilder("bash", file.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("BULLA_"));
    builder.environment().putAll(more);
    builder.environment().remove("BULLA_DATA_DIR");
    builder.environment().put("HOME", home.toString());
    Path output = directory.resolve("output.txt");
    // Into a file: a server that has been started keeps the pipe open.
    builder.redirectOutput(output.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    int status = process.waitFor();
    String said = Files.readString(output);
    assertThat(status).as(said).isZero();
    return said;
  }
}
