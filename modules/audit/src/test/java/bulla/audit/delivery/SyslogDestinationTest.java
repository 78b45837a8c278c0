package bulla.audit.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.audit.delivery.JournalLine.Severity;
import bulla.audit.delivery.SyslogReceiver.Manner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyslogDestinationTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.000600Z");

  @TempDir Path directory;

  @Test
  void aLineIsAMessageInAFrameThatCountsItsOctets() {
    var line =
        JournalLine.entry(
            7,
            "0".repeat(64),
            TIME,
            Severity.WARNING,
            "{\"actor\":\"\u00e9va\"}".getBytes(StandardCharsets.UTF_8));
    String frame =
        new String(new SyslogMessage("h\u00f6st 1", 42).frame(line), StandardCharsets.UTF_8);
    String message =
        "<108>1 2026-01-02T03:04:05.000600Z h_st_1 bulla 42 ENTRY - {\"entry\":{\"actor\":\"\u00e9va\"},\"hash\":\""
            + "0".repeat(64)
            + "\"}";
    assertThat(frame).isEqualTo(message.getBytes(StandardCharsets.UTF_8).length + " " + message);
  }

  @Test
  void everythingArrivesWholeAndInOrder() throws IOException {
    try (var receiver = new SyslogReceiver(ServerSocketFactory.getDefault(), 0)) {
      impatient(receiver).deliver(batch(1, 3000));
      assertThat(receiver.messages()).hasSize(3000);
      assertThat(numbers(receiver)).isSorted().doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @CsvSource({"RESETS, 3000", "LEAVES, 3000", "LEAVES, 5"})
  void aReceiverThatEndsInTheMiddleHasNotTakenTheBatch(Manner manner, int lines)
      throws IOException {
    try (var receiver = new SyslogReceiver(ServerSocketFactory.getDefault(), 0)) {
      endsInTheMiddle(receiver, impatient(receiver), manner, lines);
    }
  }

  @ParameterizedTest
  @CsvSource({"RESETS, 3000", "LEAVES, 3000", "LEAVES, 5"})
  void soItIsOverTls(Manner manner, int lines) throws Exception {
    ServerIdentity identity = ServerIdentity.of(directory, "ip:127.0.0.1");
    try (var receiver = new SyslogReceiver(identity.sockets(), 0)) {
      endsInTheMiddle(receiver, secured(receiver, identity), manner, lines);
    }
  }

  private static void endsInTheMiddle(
      SyslogReceiver receiver, Destination destination, Manner manner, int lines)
      throws IOException {
    receiver.behave(manner);
    assertThatThrownBy(() -> destination.deliver(batch(1, lines))).isInstanceOf(IOException.class);
    receiver.behave(Manner.ORDERLY);
    destination.deliver(batch(1, lines));
    List<Integer> numbers = numbers(receiver);
    assertThat(numbers.subList(0, 2)).containsExactly(1, 2);
    assertThat(numbers.subList(2, numbers.size())).hasSize(lines).isSorted();
  }

  // What lies in the buffers of a socket when this side is done would be lost with the receiver.
  @ParameterizedTest
  @ValueSource(ints = {1, 20_000})
  void aReceiverThatDoesNotReadHasNotTakenAnything(int lines) throws IOException {
    try (var receiver = new SyslogReceiver(ServerSocketFactory.getDefault(), 0)) {
      receiver.behave(Manner.DEAF);
      long begin = System.nanoTime();
      assertThatThrownBy(() -> impatient(receiver).deliver(batch(1, lines)))
          .isInstanceOf(IOException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
    }
  }

  @Test
  void aReceiverThatNeverClosesHasNotSaidThatItReadEverything() throws IOException {
    try (var receiver = new SyslogReceiver(ServerSocketFactory.getDefault(), 0)) {
      receiver.behave(Manner.KEEPS_OPEN);
      assertThatThrownBy(() -> impatient(receiver).deliver(batch(1, 3)))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void overTlsToAReceiverOfTheConfiguredAuthorityAlone() throws Exception {
    ServerIdentity trusted = ServerIdentity.of(directory, "ip:127.0.0.1");
    ServerIdentity stranger = ServerIdentity.of(directory, "ip:127.0.0.1");
    ServerIdentity elsewhere = ServerIdentity.of(directory, "dns:elsewhere.example");
    try (var receiver = new SyslogReceiver(trusted.sockets(), 0)) {
      secured(receiver, trusted).deliver(batch(1, 2000));
      assertThat(numbers(receiver)).hasSize(2000).isSorted();
      assertThatThrownBy(() -> secured(receiver, stranger).deliver(batch(1, 1)))
          .isInstanceOf(SSLException.class);
      assertThat(receiver.messages()).hasSize(2000);
    }
    try (var receiver = new SyslogReceiver(elsewhere.sockets(), 0)) {
      assertThatThrownBy(() -> secured(receiver, elsewhere).deliver(batch(1, 1)))
          .isInstanceOf(SSLException.class);
      assertThat(receiver.messages()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "udp://localhost:514",
        "localhost:514",
        "tls://localhost",
        "tcp://localhost:514/path",
        "tcp://a@localhost:514",
        "tcp://localhost:70000",
        "tcp:// :1",
        ""
      })
  void whatIsNoReceiverIsRefusedAtTheStart(String receiver) {
    assertThatThrownBy(
            () -> Destinations.of(List.of(receiver), Optional.empty(), Optional.empty(), 100))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("BULLA_AUDIT_SYSLOG");
  }

  @Test
  void aFileWithoutAuthoritiesIsRefusedAtTheStart() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty.pem"));
    assertThatThrownBy(
            () ->
                Destinations.of(
                    List.of("tls://localhost:6514"), Optional.of(empty), Optional.empty(), 100))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("BULLA_AUDIT_SYSLOG_CA_FILE");
  }

  private static SyslogDestination impatient(SyslogReceiver receiver) {
    return new SyslogDestination(
        "tcp",
        "127.0.0.1",
        receiver.port(),
        Optional.empty(),
        new SyslogMessage("host", 1),
        new SyslogDestination.Patience(
            Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(3)));
  }

  private static Destination secured(SyslogReceiver receiver, ServerIdentity authority) {
    return Destinations.of(
            List.of("tls://127.0.0.1:" + receiver.port()),
            Optional.of(authority.certificate()),
            Optional.empty(),
            100)
        .get(0);
  }

  private static JournalBatch batch(int from, int to) {
    var lines = new ArrayList<JournalLine>();
    for (int seq = from; seq <= to; seq++) {
      byte[] entry =
          ("{\"detail\":\"" + "x".repeat(500) + "\",\"seq\":" + seq + "}")
              .getBytes(StandardCharsets.UTF_8);
      lines.add(JournalLine.entry(seq, "0".repeat(64), TIME, Severity.INFORMATIONAL, entry));
    }
    return new JournalBatch(
        "11111111-1111-4111-8111-111111111111", from - 1, "0".repeat(64), lines);
  }

  private static List<Integer> numbers(SyslogReceiver receiver) throws IOException {
    return receiver.messages().stream()
        .map(message -> message.replaceAll(".*\"seq\":([0-9]+)}.*", "$1"))
        .map(Integer::valueOf)
        .toList();
  }
}
