package bulla.protector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bulla.protection.ReturnCode;
import bulla.resilientpackage.envelope.PackageHeader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SyncFailedException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditSinksTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Instant TIME = Instant.parse("2026-03-01T09:30:00.123Z");

  private final List<AuditRecord> kept = Collections.synchronizedList(new ArrayList<>());
  private final AtomicBoolean broken = new AtomicBoolean();
  private final AuditSink sink =
      auditRecord -> {
        if (broken.get()) {
          throw new IOException("Connection refused");
        }
        kept.add(auditRecord);
      };

  private static AuditRecord record(String user, long count, ReturnCode code) {
    return new AuditRecord(
        TIME.plusSeconds(count),
        count,
        "session-1",
        Operation.UNPROTECT,
        user,
        "DE_NAME",
        Optional.empty(),
        code,
        false,
        new PackageHeader("https://bulla.example", "0".repeat(64), "7", 2, TIME, null, 1, 1));
  }

  @Test
  void likeRecordsArePutTogetherAndOthersAreNot() throws IOException {
    try (var aggregation = new AuditAggregation(sink, NEVER)) {
      for (int i = 1; i <= 100; i++) {
        aggregation.write(record("anna", i, ReturnCode.UNPROTECTED));
      }
      aggregation.write(record("anna", 3, ReturnCode.NO_PERMISSION));
      aggregation.write(record("bert", 4, ReturnCode.UNPROTECTED));
      assertThat(kept).isEmpty();
    }
    assertThat(kept).extracting(AuditRecord::count).containsExactly(5050L, 3L, 4L);
    assertThat(kept.get(0).time()).isEqualTo(TIME.plusSeconds(100));
  }

  @Test
  void whatIsPutTogetherIsWrittenAfterTheInterval() throws Exception {
    try (var aggregation = new AuditAggregation(sink, Duration.ofMillis(5))) {
      aggregation.write(record("anna", 1, ReturnCode.UNPROTECTED));
      long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (kept.isEmpty() && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertThat(kept).hasSize(1);
    }
    assertThat(kept).hasSize(1);
  }

  @Test
  void aBrokenSinkFailsTheNextCallsUntilItTakesWhatIsWaiting() throws Exception {
    broken.set(true);
    var aggregation = new AuditAggregation(sink, Duration.ofMillis(5));
    aggregation.write(record("anna", 1, ReturnCode.UNPROTECTED));
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    boolean refused = false;
    while (!refused && System.nanoTime() < end) {
      try {
        aggregation.write(record("bert", 1, ReturnCode.UNPROTECTED));
      } catch (IOException e) {
        refused = true;
      }
    }
    assertThat(refused).isTrue();
    broken.set(false);
    aggregation.write(record("carl", 1, ReturnCode.UNPROTECTED));
    aggregation.close();
    assertThat(kept).extracting(AuditRecord::user).contains("anna", "bert", "carl");
    broken.set(true);
    var last = new AuditAggregation(sink, NEVER);
    last.write(record("anna", 1, ReturnCode.UNPROTECTED));
    assertThatThrownBy(last::close).isInstanceOf(IOException.class);
  }

  @Test
  void manyDifferentRecordsAreHeldOnlyUpToALimit() throws IOException {
    try (var aggregation = new AuditAggregation(sink, NEVER)) {
      for (int i = 0; i < 10_000; i++) {
        aggregation.write(record("user-" + i, 1, ReturnCode.UNPROTECTED));
      }
      assertThat(kept).hasSize(10_000);
    }
  }

  @Test
  void inTheModeDropASinkThatFailsIsAskedAgainAfterPausesThatDouble() {
    var second = new AtomicInteger();
    List<Integer> asked = new ArrayList<>();
    AuditSink counting =
        auditRecord -> {
          asked.add(second.get());
          sink.write(auditRecord);
        };
    AuditSink dropping =
        new DroppingAudit(counting, () -> nanoTimeAt(second.get()), DroppingAudit.LONGEST_PAUSE);
    broken.set(true);
    for (; second.get() < 121; second.incrementAndGet()) {
      write(dropping, "anna");
      write(dropping, "anna");
    }
    assertThat(asked).containsExactly(0, 1, 3, 7, 15, 31, 61, 91);
    broken.set(false);
    write(dropping, "bert");
    write(dropping, "carl");
    broken.set(true);
    write(dropping, "dora");
    second.incrementAndGet();
    broken.set(false);
    write(dropping, "emil");
    assertThat(kept).extracting(AuditRecord::user).containsExactly("bert", "carl", "emil");
  }

  /** Over the place where {@link System#nanoTime} may begin anew. */
  private static long nanoTimeAt(long second) {
    return Long.MAX_VALUE - 1 + Duration.ofSeconds(second).toNanos();
  }

  private static void write(AuditSink sink, String user) {
    try {
      sink.write(record(user, 1, ReturnCode.UNPROTECTED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void howManyCallsWereInVainIsCountedOnce() {
    var second = new AtomicInteger();
    var outage = new Outage(() -> nanoTimeAt(second.get()), DroppingAudit.LONGEST_PAUSE);
    long before = outage.begin();
    assertThat(outage.failed(outage.begin())).isTrue();
    assertThat(outage.failed(before)).as("it is known").isFalse();
    for (int i = 0; i < 5; i++) {
      assertThat(outage.begin()).isEqualTo(Outage.PAUSED);
    }
    second.incrementAndGet();
    long again = outage.begin();
    assertThat(outage.begin()).as("one is asking").isEqualTo(Outage.PAUSED);
    assertThat(outage.ended(before)).as("begun before the failure").isZero();
    assertThat(outage.ended(again)).isEqualTo(8);
    assertThat(outage.ended(outage.begin())).isZero();
  }

  @Test
  @Timeout(10)
  void inTheModeDropASinkThatHangsHoldsUpOneCallAtATimeAndFewOfThem() throws Exception {
    var second = new AtomicInteger();
    var hangs = new AtomicBoolean(true);
    var begun = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    AuditSink hanging =
        auditRecord -> {
          if (hangs.get()) {
            pause(200);
            throw new IOException("Connect timed out");
          }
          begun.countDown();
          awaitUninterrupted(released);
          kept.add(auditRecord);
        };
    AuditSink dropping =
        new DroppingAudit(hanging, () -> nanoTimeAt(second.get()), DroppingAudit.LONGEST_PAUSE);
    long start = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      write(dropping, "anna");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));

    hangs.set(false);
    second.incrementAndGet();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> trying = thread.submit(() -> write(dropping, "bert"));
      begun.await();
      for (int i = 0; i < 100; i++) {
        write(dropping, "carl");
      }
      assertThat(kept).as("nobody waited").isEmpty();
      released.countDown();
      trying.get();
    } finally {
      thread.shutdown();
    }
    write(dropping, "dora");
    assertThat(kept).extracting(AuditRecord::user).containsExactly("bert", "dora");
  }

  @Test
  @Timeout(10)
  void inTheModeDropNobodyWaitsForASinkThatHangsBehindAnAggregation() throws Exception {
    var released = new CountDownLatch(1);
    AuditSink hanging =
        auditRecord -> {
          awaitUninterrupted(released);
          kept.add(auditRecord);
        };
    var aggregation = new AuditAggregation(hanging, NEVER, Duration.ofSeconds(60), 10);
    AuditSink dropping = aggregation.orDrop(new AtomicLong()::incrementAndGet);
    for (int i = 0; i < 100; i++) {
      write(dropping, "user-" + i);
    }
    assertThat(kept).isEmpty();
    released.countDown();
    dropping.flush();
    assertThat(kept).as("as many as may wait").hasSize(20);
    write(dropping, "last");
    dropping.close();
    assertThat(kept).extracting(AuditRecord::user).hasSize(21).endsWith("last");
  }

  @Test
  @Timeout(10)
  void inTheModeDropFlushingWaitsOnceForASinkThatHangs() throws Exception {
    var second = new AtomicInteger();
    var released = new CountDownLatch(1);
    AuditSink hanging =
        auditRecord -> {
          awaitUninterrupted(released);
          kept.add(auditRecord);
        };
    var aggregation = new AuditAggregation(hanging, NEVER, Duration.ofSeconds(1), 10);
    AuditSink dropping = aggregation.orDrop(() -> nanoTimeAt(second.get()));
    write(dropping, "anna");
    for (; second.get() < 100; second.incrementAndGet()) {
      dropping.flush();
    }
    write(dropping, "bert");
    assertThat(kept).isEmpty();
    released.countDown();
    dropping.close();
    assertThat(kept).extracting(AuditRecord::user).containsExactly("anna", "bert");
  }

  @Test
  @Timeout(10)
  void inTheModeDropWhatWaitsForASinkThatFailsIsWrittenWhenItWorksAgain() throws Exception {
    broken.set(true);
    AuditSink dropping = new AuditAggregation(sink, Duration.ofMillis(5)).orDrop();
    for (int i = 0; i < 100; i++) {
      write(dropping, "user-" + i);
      dropping.flush();
    }
    assertThat(kept).isEmpty();
    broken.set(false);
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (kept.size() < 100 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(kept).hasSize(100);
    dropping.close();
    assertThat(kept).hasSize(100);
  }

  @Test
  void aSinkThatThrowsWhateverExceptionIsABrokenOne() throws Exception {
    AuditSink careless =
        auditRecord -> {
          throw new IllegalArgumentException("port out of range");
        };
    careless.orDrop().write(record("anna", 1, ReturnCode.UNPROTECTED));
    try (var dropping = new AuditAggregation(careless.orDrop(), NEVER)) {
      dropping.write(record("anna", 1, ReturnCode.UNPROTECTED));
      dropping.flush();
    }
    var aggregation = new AuditAggregation(careless, Duration.ofMillis(5));
    aggregation.write(record("anna", 1, ReturnCode.UNPROTECTED));
    assertThatThrownBy(aggregation::flush).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> aggregation.write(record("bert", 1, ReturnCode.UNPROTECTED)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(aggregation::close).isInstanceOf(IOException.class);
  }

  @Test
  @Timeout(30)
  void aSinkThatHangsHoldsUpOnlyWhoMustWaitForItAndNotForLong() throws Exception {
    var begun = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    AuditSink hanging =
        auditRecord -> {
          begun.countDown();
          try {
            released.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          kept.add(auditRecord);
        };
    var aggregation =
        new AuditAggregation(hanging, Duration.ofMillis(5), Duration.ofMillis(500), 10_000);
    aggregation.write(record("anna", 1, ReturnCode.UNPROTECTED));
    begun.await();
    for (int i = 0; i < 1_000; i++) {
      aggregation.write(record("anna", 1, ReturnCode.UNPROTECTED));
    }
    aggregation.write(record("bert", 1, ReturnCode.UNPROTECTED));
    assertThatThrownBy(aggregation::flush)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too slow");
    assertThatThrownBy(() -> aggregation.write(record("carl", 1, ReturnCode.UNPROTECTED)))
        .as("it has failed")
        .isInstanceOf(IOException.class);
    released.countDown();
    aggregation.close();
    assertThat(kept.stream().filter(one -> one.user().equals("anna")).mapToLong(AuditRecord::count))
        .containsExactly(1L, 1_000L);
    assertThat(kept).filteredOn(one -> one.user().equals("bert")).hasSize(1);
    assertThatThrownBy(() -> aggregation.write(record("anna", 1, ReturnCode.UNPROTECTED)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void aSlowSinkIsWaitedForAtTheEndForAsLongAsItTakesRecords() throws IOException {
    AuditSink slow =
        auditRecord -> {
          LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
          kept.add(auditRecord);
        };
    var aggregation = new AuditAggregation(slow, NEVER, Duration.ofMillis(400), 10_000);
    for (int i = 0; i < 10; i++) {
      aggregation.write(record("user-" + i, 1, ReturnCode.UNPROTECTED));
    }
    aggregation.close();
    assertThat(kept).hasSize(10);
  }

  @Test
  void whatABrokenSinkDidNotTakeIsPutTogetherWithWhatCameLater() throws IOException {
    var aggregation = new AuditAggregation(sink, NEVER);
    aggregation.write(record("anna", 2, ReturnCode.UNPROTECTED));
    broken.set(true);
    assertThatThrownBy(aggregation::flush).isInstanceOf(IOException.class);
    broken.set(false);
    aggregation.write(record("anna", 3, ReturnCode.UNPROTECTED));
    aggregation.close();
    assertThat(kept.stream().mapToLong(AuditRecord::count).sum()).isEqualTo(5);
  }

  @Test
  void whatCameWhileABrokenSinkWasWrittenToIsPutTogetherWithWhatItDidNotTake() throws IOException {
    var itself = new AtomicReference<AuditAggregation>();
    AuditSink breaking =
        auditRecord -> {
          if (broken.get()) {
            itself.get().write(record("anna", 3, ReturnCode.UNPROTECTED));
          }
          sink.write(auditRecord);
        };
    var aggregation = new AuditAggregation(breaking, NEVER);
    itself.set(aggregation);
    aggregation.write(record("anna", 2, ReturnCode.UNPROTECTED));
    broken.set(true);
    assertThatThrownBy(aggregation::flush).isInstanceOf(IOException.class);
    broken.set(false);
    aggregation.close();
    assertThat(kept).extracting(AuditRecord::count).containsExactly(5L);
  }

  @Test
  @Timeout(30)
  void aSinkThatHasFailedAndIsSlowNowFailsNoCall() throws IOException {
    AuditSink slow =
        auditRecord -> {
          if (!broken.get()) {
            pause(100);
          }
          sink.write(auditRecord);
        };
    var aggregation = new AuditAggregation(slow, NEVER, Duration.ofMillis(400), 10_000);
    for (int i = 0; i < 10; i++) {
      aggregation.write(record("user-" + i, 1, ReturnCode.UNPROTECTED));
    }
    broken.set(true);
    assertThatThrownBy(aggregation::flush).isInstanceOf(IOException.class);
    broken.set(false);
    aggregation.write(record("last", 1, ReturnCode.UNPROTECTED));
    assertThat(kept).hasSizeBetween(1, 9);
    aggregation.close();
    assertThat(kept).hasSize(11);
  }

  @Test
  @Timeout(30)
  void whatTheSinkTookMakesRoom() throws Exception {
    var released = new CountDownLatch(1);
    AuditSink hangingAtTheLast =
        auditRecord -> {
          if (auditRecord.user().equals("user-9")) {
            awaitUninterrupted(released);
          }
          kept.add(auditRecord);
        };
    var aggregation = new AuditAggregation(hangingAtTheLast, NEVER, Duration.ofSeconds(2), 10);
    for (int i = 0; i < 10; i++) {
      aggregation.write(record("user-" + i, 1, ReturnCode.UNPROTECTED));
    }
    assertThat(kept).hasSize(9);
    aggregation.write(record("one more", 1, ReturnCode.UNPROTECTED));
    assertThat(kept).hasSize(9);
    released.countDown();
    aggregation.close();
    assertThat(kept).hasSize(11);
  }

  @Test
  @Timeout(30)
  void twiceAsManyRecordsAreTooManyForASlowSinkToo() throws Exception {
    AuditSink slow =
        auditRecord -> {
          pause(50);
          kept.add(auditRecord);
        };
    var aggregation = new AuditAggregation(slow, NEVER, Duration.ofMillis(120), 5);
    ExecutorService threads = Executors.newFixedThreadPool(20);
    int failures = 0;
    try {
      List<Future<Void>> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String user = "user-" + i;
        calls.add(
            threads.submit(
                () -> {
                  aggregation.write(record(user, 1, ReturnCode.UNPROTECTED));
                  return null;
                }));
      }
      for (Future<Void> call : calls) {
        try {
          call.get();
        } catch (ExecutionException e) {
          assertThat(e).hasMessageContaining("too slow");
          failures++;
        }
      }
    } finally {
      threads.shutdown();
    }
    assertThat(failures).isPositive();
    aggregation.close();
  }

  @Test
  @Timeout(30)
  void aSinkWhoseFlushFailsAfterTheCallWentAwayHasFailed() throws Exception {
    var released = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    var flushing =
        new AuditSink() {
          @Override
          public void write(AuditRecord auditRecord) {
            kept.add(auditRecord);
          }

          @Override
          public void flush() throws IOException {
            awaitUninterrupted(released);
            if (broken.get()) {
              ended.countDown();
              throw new IOException("No space left on device");
            }
          }
        };
    broken.set(true);
    var aggregation = new AuditAggregation(flushing, NEVER, Duration.ofSeconds(1), 10_000);
    assertThatThrownBy(aggregation::flush).hasMessageContaining("too slow");
    released.countDown();
    ended.await();
    pause(200);
    assertThatThrownBy(() -> aggregation.write(record("anna", 1, ReturnCode.UNPROTECTED)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left");
    broken.set(false);
    aggregation.write(record("bert", 1, ReturnCode.UNPROTECTED));
    aggregation.close();
    assertThat(kept).extracting(AuditRecord::user).containsExactly("bert");
  }

  @Test
  void whatIsClosedSaysSoAlsoAfterAFailure() throws IOException {
    broken.set(true);
    var aggregation = new AuditAggregation(sink, NEVER);
    aggregation.write(record("anna", 1, ReturnCode.UNPROTECTED));
    assertThatThrownBy(aggregation::close).hasMessageContaining("Connection refused");
    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            aggregation::flush,
            () -> aggregation.write(record("anna", 1, ReturnCode.UNPROTECTED)))) {
      assertThatThrownBy(use)
          .isInstanceOf(IOException.class)
          .hasMessage("The audit sink is closed");
    }
  }

  @Test
  void inTheModeDropWhatWaitsTogetherIsLetGoToo() throws IOException {
    broken.set(true);
    try (AuditSink dropping = new AuditAggregation(sink, NEVER).orDrop()) {
      dropping.write(record("anna", 1, ReturnCode.UNPROTECTED));
      dropping.flush();
      dropping.write(record("bert", 1, ReturnCode.UNPROTECTED));
    }
    assertThat(kept).isEmpty();
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }

  private static void awaitUninterrupted(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void aRecordAfterWhatAnEarlierProcessLeftInPartBeginsInALineOfItsOwn(@TempDir Path directory)
      throws IOException {
    Path file = Files.writeString(directory.resolve("audit.jsonl"), "{}\n{\"cut");
    for (String user : List.of("anna", "bert")) {
      try (var audit = AuditFile.appendTo(file)) {
        audit.write(record(user, 1, ReturnCode.UNPROTECTED));
      }
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(4).startsWith("{}", "{\"cut");
    assertThat(json(lines.get(2)).at("/protection/policy_user").asText()).isEqualTo("anna");
    assertThat(json(lines.get(3)).at("/protection/policy_user").asText()).isEqualTo("bert");
  }

  @Test
  void whatIsFlushedIsBroughtToTheDiskWhereThereIsOne(@TempDir Path directory) throws IOException {
    var file = AuditFile.appendTo(directory.resolve("audit.jsonl"));
    file.write(record("anna", 1, ReturnCode.UNPROTECTED));
    file.flush();
    file.close();
    assertThatThrownBy(file::flush)
        .as("the system is asked each time, and says that it cannot")
        .isInstanceOf(SyncFailedException.class);
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "SKIPPED: this system has no such device");
    try (var nowhere = AuditFile.appendTo(device)) {
      nowhere.write(record("anna", 1, ReturnCode.UNPROTECTED));
      nowhere.flush();
    }
  }

  /** As the system forgets it when it has said it, so that the next time it would be well. */
  @Test
  void whatTheDiskDidNotTakeIsNotForgotten() throws IOException {
    var failures = new ArrayDeque<>(List.of(new IOException("no room")));
    try (var file =
        new AuditFile(
            OutputStream.nullOutputStream(),
            () -> {
              if (!failures.isEmpty()) {
                throw failures.remove();
              }
            },
            false)) {
      assertThatThrownBy(file::flush).hasMessage("no room");
      assertThatThrownBy(file::flush).hasMessage("Audit records may not be on the disk");
    }
  }

  @Test
  void anInterruptedThreadWritesItsLastRecordsAllTheSame() throws IOException {
    var aggregation = new AuditAggregation(sink, NEVER);
    aggregation.write(record("anna", 1, ReturnCode.UNPROTECTED));
    Thread.currentThread().interrupt();
    aggregation.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(kept).hasSize(1);
  }

  @Test
  void aRecordAfterOneThatWasCutOffBeginsInALineOfItsOwn() throws IOException {
    var file = new ByteArrayOutputStream();
    var full = new AtomicBoolean();
    OutputStream disk =
        new OutputStream() {
          @Override
          public void write(int b) {
            throw new UnsupportedOperationException();
          }

          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            file.write(bytes, from, full.get() ? 10 : length);
            if (full.get()) {
              throw new IOException("No space left on device");
            }
          }
        };
    try (var audit = new AuditFile(disk, () -> {}, false)) {
      audit.write(record("anna", 1, ReturnCode.UNPROTECTED));
      full.set(true);
      assertThatThrownBy(() -> audit.write(record("bert", 1, ReturnCode.UNPROTECTED)))
          .isInstanceOf(IOException.class);
      full.set(false);
      audit.write(record("carl", 1, ReturnCode.UNPROTECTED));
      audit.write(record("dora", 1, ReturnCode.UNPROTECTED));
    }
    List<String> lines = file.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(1)).hasSize(10);
    assertThat(json(lines.get(2)).at("/protection/policy_user").asText()).isEqualTo("carl");
    assertThat(json(lines.get(3)).at("/protection/policy_user").asText()).isEqualTo("dora");
  }

  @Test
  void aStreamGetsOneLineOfJsonForEachRecord() throws IOException {
    var out = new ByteArrayOutputStream();
    try (AuditSink stream = new AuditStream(out)) {
      stream.write(record("zoë", 1, ReturnCode.UNPROTECTED));
      stream.write(record("bert", 2, ReturnCode.NO_PERMISSION));
    }
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(json(lines.get(0)).at("/protection/policy_user").asText()).isEqualTo("zoë");
    assertThat(json(lines.get(1)).at("/protection/audit_code").asInt()).isEqualTo(3);
  }

  @Test
  void syslogOverTcpCountsOctetsAndComesBackAfterTheReceiverDid() throws Exception {
    try (var receiver = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var syslog = AuditSyslog.at("tcp://127.0.0.1:" + receiver.getLocalPort())) {
      syslog.write(record("zoë", 1, ReturnCode.UNPROTECTED));
      try (Socket first = receiver.accept()) {
        String message = frame(first.getInputStream());
        assertThat(message)
            .startsWith("<110>1 2026-03-01T09:30:01.123Z ")
            .contains(" bulla " + ProcessHandle.current().pid() + " Protection - {");
        assertThat(
                json(message.substring(message.indexOf('{')))
                    .at("/protection/policy_user")
                    .asText())
            .isEqualTo("zoë");
        syslog.write(record("bert", 1, ReturnCode.NO_PERMISSION));
        assertThat(frame(first.getInputStream())).startsWith("<108>1 ");
        // Closed with a reset, so that the next writing notices.
        first.setSoLinger(true, 0);
      }
      for (int i = 0; i < 10; i++) {
        syslog.write(record("carl", i, ReturnCode.INTERNAL_ERROR));
      }
      try (Socket second = receiver.accept()) {
        assertThat(frame(second.getInputStream())).startsWith("<106>1 ").contains("carl");
      }
    }
  }

  @Test
  void noRecordIsLostWhenAReceiverHasClosedInOrder() throws Exception {
    try (var receiver = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var syslog = AuditSyslog.at("tcp://127.0.0.1:" + receiver.getLocalPort())) {
      for (String user : List.of("anna", "bert", "carl")) {
        syslog.write(record(user, 1, ReturnCode.UNPROTECTED));
        try (Socket connection = receiver.accept()) {
          assertThat(frame(connection.getInputStream())).contains(user);
          connection.shutdownOutput();
          awaitNoticed();
        }
      }
    }
  }

  private static void awaitNoticed() {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.getName().equals("bulla-audit-syslog"))
        && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aReceiverThatDoesNotReadFailsTheCallInTime() throws Exception {
    try (var receiver = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var syslog =
            AuditSyslog.at(
                "tcp://127.0.0.1:" + receiver.getLocalPort(),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                Duration.ofMillis(200))) {
      AuditRecord large = record("a".repeat(1 << 20), 1, ReturnCode.UNPROTECTED);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  syslog.write(large);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void syslogOverUdpIsOneDatagramForEachRecord() throws Exception {
    try (var receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        var syslog = AuditSyslog.at("udp://127.0.0.1:" + receiver.getLocalPort())) {
      receiver.setSoTimeout(10_000);
      syslog.write(record("anna", 1, ReturnCode.INTEGRITY_CHECK_FAILED));
      var packet = new DatagramPacket(new byte[8192], 8192);
      receiver.receive(packet);
      assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
          .startsWith("<107>1 ")
          .endsWith("}");
    }
  }

  @Test
  void syslogOverTlsReachesOnlyTheReceiverWhoseCertificateIsTrusted(@TempDir Path directory)
      throws Exception {
    SSLContext receiver = receiver(directory.resolve("receiver.p12"));
    var thread = Executors.newSingleThreadExecutor();
    try (var server =
        (SSLServerSocket)
            receiver
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String byAddress = "tls://127.0.0.1:" + server.getLocalPort();
      Future<String> received =
          thread.submit(
              () -> {
                try (Socket connection = server.accept()) {
                  return frame(connection.getInputStream());
                }
              });
      try (var syslog = AuditSyslog.at(byAddress, receiver.getSocketFactory())) {
        syslog.write(record("zoë", 1, ReturnCode.UNPROTECTED));
        assertThat(received.get(10, TimeUnit.SECONDS)).startsWith("<110>1 ").contains("zoë");
      }
      String byName = "tls://localhost:" + server.getLocalPort();
      for (AuditSink refusing :
          List.of(
              // The platform's authorities do not know it.
              AuditSyslog.at(byAddress),
              // It is trusted, but it is for an address and not for this name.
              AuditSyslog.at(byName, receiver.getSocketFactory()))) {
        Future<?> refused = thread.submit(() -> handshake(server));
        assertThatThrownBy(() -> refusing.write(record("anna", 1, ReturnCode.UNPROTECTED)))
            .isInstanceOf(IOException.class);
        refused.get(10, TimeUnit.SECONDS);
        refusing.close();
      }
    } finally {
      thread.shutdownNow();
    }
  }

  private static Void handshake(SSLServerSocket server) throws IOException {
    try (var connection = (SSLSocket) server.accept()) {
      assertThatThrownBy(
              () -> {
                connection.startHandshake();
                if (connection.getInputStream().read() < 0) {
                  throw new IOException("It has gone");
                }
              })
          .isInstanceOf(IOException.class);
    }
    return null;
  }

  /** Shows the certificate of a new key, and believes it alone. */
  private static SSLContext receiver(Path store) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=A receiver of records",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "receiver",
                "-alias",
                "receiver")
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    var keys = KeyStore.getInstance(store.toFile(), "receiver".toCharArray());
    var shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    shown.init(keys, "receiver".toCharArray());
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("receiver", keys.getCertificate("receiver"));
    var believed = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    believed.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(shown.getKeyManagers(), believed.getTrustManagers(), null);
    return context;
  }

  @Test
  void aReceiverThatIsNotThereIsAnError() throws Exception {
    int port;
    try (var receiver = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = receiver.getLocalPort();
    }
    for (String scheme : List.of("tcp", "tls")) {
      try (var syslog = AuditSyslog.at(scheme + "://127.0.0.1:" + port)) {
        assertThatThrownBy(() -> syslog.write(record("anna", 1, ReturnCode.UNPROTECTED)))
            .isInstanceOf(IOException.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a:1",
        "tcp://a",
        "tcp:a:1",
        "tcp://a:1/x",
        "tcp://u@a:1",
        "a",
        "",
        "tcp://a:1?b",
        "tcp://a:65536",
        "udp://a:70000"
      })
  void whatIsNoReceiverIsRefused(String url) {
    assertThatThrownBy(() -> AuditSyslog.at(url)).isInstanceOf(IllegalArgumentException.class);
  }

  private static String frame(InputStream in) throws IOException {
    int length = 0;
    for (int c = in.read(); c != ' '; c = in.read()) {
      length = 10 * length + (c - '0');
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
