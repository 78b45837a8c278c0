package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The journal outside of the house, and in archives; on a server of its own. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(1)
class AuditDeliveryIT {
  private static final String AUDIT = "/pty/v1/auth/audit/";
  private static final String METRICS = "/pty/v1/auth/metrics";

  private final Path directory =
      Path.of(System.getProperty("it.directory"), "delivery").toAbsolutePath();
  private final Path files = directory.resolve("files");
  private final Queue<String> received = new ConcurrentLinkedQueue<>();
  private ServerSocket receiver;
  private TestServer server;

  @BeforeAll
  void start() throws IOException {
    receiver = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    var thread = new Thread(this::receive, "syslog receiver");
    thread.setDaemon(true);
    thread.start();
    server =
        TestServer.fresh(
            directory,
            Map.of(
                "BULLA_AUDIT_SYSLOG",
                "tcp://127.0.0.1:" + receiver.getLocalPort(),
                "BULLA_AUDIT_FILES",
                files.toString()));
    server.start();
  }

  @AfterAll
  void stop() throws IOException {
    server.close();
    receiver.close();
  }

  @Test
  void whatHappensArrivesAndOldStretchesAreArchivedWithoutALoss() throws Exception {
    Api auditor = server.as("insight_admin");
    TestUser first = server.user("can_create_token");
    await(() -> text().contains(first.id()) && inFiles().contains(first.id()));
    assertThat(String.join("", received)).contains(" bulla ", " ENTRY - {\"entry\":{");

    server.close();
    server.start();
    Api again = server.as("insight_admin");
    TestUser second = server.user("can_create_token");
    await(() -> text().contains(second.id()) && inFiles().contains(second.id()));

    await(() -> again.get(AUDIT + "verify").with(200).json().path("unsigned").asLong() == 0);
    server.as("insight_viewer").post(AUDIT + "archive", before()).problem(403, "FORBIDDEN");
    again
        .post(AUDIT + "archive", Map.of("before", "1970-01-01T00:00:00Z"))
        .problem(409, "CONFLICT");
    again.post(AUDIT + "archive", Map.of("before", "yesterday")).problem(400, "INVALID_PARAMETER");
    JsonNode archive = archived(again);
    long last = archive.path("last").asLong();
    assertThat(archive.path("first").asLong()).isEqualTo(1);

    JsonNode found = again.get(AUDIT + "verify").with(200).json();
    assertThat(found.path("valid").asBoolean()).isTrue();
    assertThat(found.path("archived").asLong()).isEqualTo(last);
    await(
        () ->
            again
                    .get(AUDIT + "events?action=ARCHIVE&max=1")
                    .with(200)
                    .text()
                    .contains(archive.path("sha256").asText())
                && again.get(AUDIT + "verify").with(200).json().path("unsigned").asLong() == 0);

    Path keys =
        Files.writeString(
            directory.resolve("keys.json"), again.get(AUDIT + "jwks").with(200).text());
    Path anchor =
        Files.writeString(
            directory.resolve("anchor.json"), again.get(AUDIT + "checkpoint").with(200).text());
    Path rest =
        Files.writeString(
            directory.resolve("rest.jsonl"), again.get(AUDIT + "export").with(200).text());
    Path file = server.data().resolve("audit-archive").resolve(archive.path("file").asText());
    assertThat(
            server.command("audit", "verify", file.toString(), "--trusted-keys", keys.toString()))
        .contains(last + " entries, none broken", "0 after it are not signed");
    assertThat(
            server.command(
                "audit",
                "verify",
                file.toString(),
                rest.toString(),
                "--trusted-keys",
                keys.toString(),
                "--anchor",
                anchor.toString()))
        .contains("none broken")
        .doesNotContain("begins after");
    var verify = new ArrayList<>(List.of("audit", "verify"));
    written().forEach(path -> verify.add(path.toString()));
    verify.addAll(List.of("--trusted-keys", keys.toString()));
    assertThat(server.command(verify.toArray(String[]::new))).contains("none broken");
    await(() -> again.get(METRICS).with(200).text().contains("} 0.0"));
    assertThat(again.get(METRICS).with(200).text())
        .contains("bulla_audit_undelivered{destination=\"file:" + files + "\"}");
    assertThat(auditor.url()).as("the port is the same after a restart").isEqualTo(again.url());
  }

  private static Map<String, String> before() {
    return Map.of("before", Instant.now().plusSeconds(60).toString());
  }

  /** What is sealed last must be signed and delivered before it can go. */
  private static JsonNode archived(Api auditor) {
    Instant end = Instant.now().plusSeconds(30);
    while (true) {
      Answer answer = auditor.post(AUDIT + "archive", before());
      if (answer.status() == 200) {
        return answer.json();
      }
      assertThat(Instant.now()).as(answer.text()).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
    }
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plusSeconds(75);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
    }
  }

  private String text() {
    return String.join("", received);
  }

  private String inFiles() {
    var text = new StringBuilder();
    try {
      for (Path file : written()) {
        text.append(Files.readString(file));
      }
      return text.toString();
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  private List<Path> written() throws IOException {
    if (!Files.isDirectory(files)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(files)) {
      return found.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  /** Takes what comes on each connection and closes when the other side has ended. */
  private void receive() {
    while (!receiver.isClosed()) {
      try (Socket socket = receiver.accept()) {
        received.add(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException ended) {
        assertThat(receiver.isClosed()).as("the receiver failed: %s", ended).isTrue();
      }
    }
  }
}
