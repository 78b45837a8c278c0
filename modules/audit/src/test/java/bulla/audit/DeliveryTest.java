package bulla.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.audit.delivery.Destination;
import bulla.audit.delivery.Destinations;
import bulla.audit.delivery.JournalBatch;
import bulla.audit.delivery.ServerIdentity;
import bulla.audit.delivery.SyslogReceiver;
import bulla.audit.delivery.SyslogReceiver.Manner;
import bulla.auditchain.JournalLines;
import bulla.auditchain.JournalVerifier;
import bulla.auditchain.TrustedKeys;
import bulla.auditchain.Verification;
import bulla.database.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import javax.net.ServerSocketFactory;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {
  private static final Duration PATIENCE = Duration.ofMillis(300);

  @TempDir Path directory;

  private final EmbeddedDataSource source = TestDatabase.of("audit");
  private final MemoryKeyring keyring = new MemoryKeyring();
  private Sealer sealer;

  @BeforeEach
  void migrate() throws SQLException {
    sealer = new Sealer(source, new CheckpointKeys(source, keyring).current(), Clock.systemUTC());
    sealer.begin();
  }

  @Test
  void theJournalArrivesInItsOrderWithItsCheckpoints() throws Exception {
    try (var receiver = new SyslogReceiver(ServerSocketFactory.getDefault(), 0)) {
      Delivery delivery = delivery(tcp(receiver.port()));
      seal(1500);
      while (delivery.deliver()) {
        assertThat(receiver.messages()).isNotEmpty();
      }
      sealer.checkpoint();
      seal(1000);
      sealer.checkpoint();
      while (delivery.deliver()) {
        assertThat(receiver.messages()).hasSizeGreaterThan(1500);
      }
      Verification found = rebuilt(receiver);
      assertThat(found.broken()).isEmpty();
      assertThat(found.entries()).isEqualTo(2500);
      assertThat(found.unsigned()).isZero();
      assertThat(receiver.messages()).as("each once").hasSize(2502);
      assertThat(delivery.deliver()).isFalse();
      sealer.checkpoint();
      assertThat(delivery.deliver()).as("a checkpoint of the same entries").isFalse();
    }
  }

  @Test
  void afterAnOutageItGoesOnWhereItStopped() throws Exception {
    ServerIdentity identity = ServerIdentity.of(directory, "ip:127.0.0.1");
    int port;
    List<String> before;
    Delivery delivery;
    try (var receiver = new SyslogReceiver(identity.sockets(), 0)) {
      port = receiver.port();
      delivery = delivery(tls(port, identity));
      seal(1200);
      assertThat(delivery.deliver()).isTrue();
      before = receiver.messages();
      assertThat(before).hasSize(1000);
    }
    seal(300);
    assertThatThrownBy(delivery::deliver).isInstanceOf(IOException.class);
    assertThatThrownBy(delivery::deliver).isInstanceOf(IOException.class);
    try (var receiver = new SyslogReceiver(identity.sockets(), port)) {
      receiver.behave(Manner.RESETS);
      assertThatThrownBy(delivery::deliver).isInstanceOf(IOException.class);
      receiver.behave(Manner.ORDERLY);
      // Another process goes on, as after a crash.
      delivery.release();
      Delivery restarted = delivery(tls(port, identity));
      while (restarted.deliver()) {
        assertThat(receiver.connections()).isPositive();
      }
      List<String> after = receiver.messages();
      assertThat(after.subList(0, 2)).as("before the reset").isEqualTo(after.subList(2, 4));
      assertThat(after).hasSize(2 + 500);
      var all = new java.util.ArrayList<>(before);
      all.addAll(after.subList(2, after.size()));
      assertThat(rebuilt(all).entries()).isEqualTo(1500);
      assertThat(rebuilt(all).broken()).isEmpty();
    }
  }

  @Test
  void filesHoldEveryEntryOnceEvenWhereANoteWasLost() throws Exception {
    Destination files =
        Destinations.of(List.of(), Optional.empty(), Optional.of(directory.resolve("out")), 1)
            .get(0);
    seal(2200);
    sealer.checkpoint();
    Delivery delivery = delivery(files);
    assertThat(delivery.deliver()).isTrue();
    // As if the server had ended between the file and the note.
    sql("update audit_destination set delivered = 400");
    while (delivery.deliver()) {
      assertThat(directory.resolve("out")).isNotEmptyDirectory();
    }
    try (var found = Files.list(directory.resolve("out"))) {
      List<Path> written = found.toList();
      assertThat(written).hasSize(1);
      try (InputStream in = Files.newInputStream(written.get(0))) {
        Verification verified = JournalVerifier.verify(in, trusted(), Optional.empty());
        assertThat(verified.broken()).isEmpty();
        assertThat(verified.entries()).isEqualTo(2200);
        assertThat(verified.unsigned()).isZero();
      }
    }
  }

  @Test
  void oneServerDeliversAtATimeAndAnotherTakesOverWhenItIsGone() throws Exception {
    try (var receiver = new SyslogReceiver(ServerSocketFactory.getDefault(), 0)) {
      Delivery first = delivery(tcp(receiver.port()));
      Delivery second = delivery(tcp(receiver.port()));
      seal(2500);
      assertThat(first.deliver()).isTrue();
      assertThat(second.deliver()).isFalse();
      assertThat(first.deliver()).isTrue();
      assertThat(second.deliver()).as("the first one lives").isFalse();
      LockSupport.parkNanos(2 * PATIENCE.toNanos());
      assertThat(second.deliver()).isTrue();
      assertThat(first.deliver()).isFalse();
      second.release();
      assertThat(first.deliver()).as("nothing is left").isFalse();
      assertThat(receiver.messages()).hasSize(2500);
      assertThat(rebuilt(receiver).broken()).isEmpty();
    }
  }

  @Test
  void writersDoNotWaitForADestinationThatHangs() throws Exception {
    var entered = new java.util.concurrent.CountDownLatch(1);
    var leave = new java.util.concurrent.CountDownLatch(1);
    Delivery delivery =
        delivery(
            new Destination() {
              @Override
              public String name() {
                return "hanging";
              }

              @Override
              public void deliver(JournalBatch batch) throws IOException {
                entered.countDown();
                try {
                  leave.await();
                } catch (InterruptedException ended) {
                  throw new IOException(ended);
                }
              }
            });
    seal(10);
    var thread = Executors.newSingleThreadExecutor();
    try {
      var delivered = thread.submit(delivery::deliver);
      entered.await();
      seal(500);
      sealer.checkpoint();
      assertThat(delivered).isNotDone();
      leave.countDown();
      assertThat(delivered.get()).isTrue();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void pausesDoubleUpToAMinuteAndDifferByChance() {
    assertThat(Delivering.pause(1, 0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(Delivering.pause(3, 0)).isEqualTo(Duration.ofSeconds(4));
    assertThat(Delivering.pause(3, 0.999)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
    assertThat(Delivering.pause(1000, 0)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void theServerDeliversByItselfAndSaysHowFarItIsBehind() throws Exception {
    int port;
    try (var closed = new SyslogReceiver(ServerSocketFactory.getDefault(), 0)) {
      port = closed.port();
    }
    String name = "tcp://127.0.0.1:" + port;
    var delivering =
        new Delivering(
            keyring,
            Optional.of(List.of(name)),
            Optional.empty(),
            Optional.of(directory.resolve("out").toString()),
            100);
    delivering.dataSource = source;
    seal(30);
    assertThat(delivering.undelivered()).containsEntry(name, 30L).hasSize(2);
    delivering.start();
    try {
      await(() -> delivering.undelivered().get("file:" + directory.resolve("out")) == 0);
      assertThat(delivering.undelivered()).containsEntry(name, 30L);
      try (var receiver = new SyslogReceiver(ServerSocketFactory.getDefault(), port)) {
        await(() -> delivering.undelivered().get(name) == 0);
        assertThat(receiver.messages()).hasSize(30);
      }
    } finally {
      delivering.stop();
    }
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    Instant end = Instant.now().plusSeconds(30);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private Delivery delivery(Destination destination) {
    return new Delivery(source, keyring, destination, PATIENCE);
  }

  private static Destination tcp(int port) {
    return Destinations.of(
            List.of("tcp://127.0.0.1:" + port), Optional.empty(), Optional.empty(), 100)
        .get(0);
  }

  private static Destination tls(int port, ServerIdentity identity) {
    return Destinations.of(
            List.of("tls://127.0.0.1:" + port),
            Optional.of(identity.certificate()),
            Optional.empty(),
            100)
        .get(0);
  }

  private void seal(int entries) throws SQLException {
    try (Connection connection = source.getConnection()) {
      for (int i = 0; i < entries; i++) {
        EntryTable.add(
            connection,
            Instant.now(),
            new AuditEvent(
                "\u00e9va", "192.0.2.1", "CREATE", "users", "7", Outcome.SUCCESS, "a", "c-1"),
            StateHmacs.NONE);
      }
    }
    int sealed = 0;
    for (int some = sealer.seal(); some > 0; some = sealer.seal()) {
      sealed += some;
    }
    assertThat(sealed).isEqualTo(entries);
  }

  private Verification rebuilt(SyslogReceiver receiver) throws IOException, SQLException {
    return rebuilt(receiver.messages());
  }

  /** What whoever has the messages can prove with them. */
  private Verification rebuilt(List<String> messages) throws IOException, SQLException {
    var export = new ByteArrayOutputStream();
    try (Connection connection = source.getConnection()) {
      JournalLines.writeHeader(export, ChainRows.head(connection).orElseThrow().name());
    }
    for (String message : messages) {
      String json = message.substring(message.indexOf(" - ") + 3);
      export.write((json + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return JournalVerifier.verify(
        new ByteArrayInputStream(export.toByteArray()), trusted(), Optional.empty());
  }

  private TrustedKeys trusted() throws SQLException {
    return TrustedKeys.of(new CheckpointKeys(source, keyring).trusted());
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = source.getConnection();
        var execution = connection.createStatement()) {
      execution.execute(statement);
    }
  }
}
