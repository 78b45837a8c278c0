package bulla.audit.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.audit.delivery.JournalLine.Severity;
import bulla.auditchain.CanonicalObject;
import bulla.auditchain.Chain;
import bulla.auditchain.Checkpoint;
import bulla.auditchain.CheckpointKey;
import bulla.auditchain.JournalVerifier;
import bulla.auditchain.TrustedKeys;
import bulla.auditchain.Verification;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDestinationTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  @TempDir Path directory;

  private final CheckpointKey key = CheckpointKey.generate();
  private final Recorded journal = new Recorded("11111111-1111-4111-8111-111111111111");

  @Test
  void batchesFillOneFileThatVerifies() throws IOException {
    FileDestination files = files(NOON, 1_000_000);
    files.deliver(journal.batch(0, 10));
    files.deliver(journal.batch(10, 20));
    assertThat(names()).containsExactly("journal-20260102T120000Z-0000000000000001.jsonl");
    assertThat(verified().entries()).isEqualTo(20);
    assertThat(verified().unsigned()).isZero();
  }

  @Test
  void aFullFileAndANewDayBeginAFileThatContinuesTheOneBefore() throws IOException {
    files(NOON, 1_000).deliver(journal.batch(0, 10));
    files(NOON, 1_000).deliver(journal.batch(10, 20));
    files(NOON.plus(Duration.ofDays(1)), 1_000_000).deliver(journal.batch(20, 30));
    assertThat(names())
        .containsExactly(
            "journal-20260102T120000Z-0000000000000001.jsonl",
            "journal-20260102T120001Z-0000000000000011.jsonl",
            "journal-20260103T120000Z-0000000000000021.jsonl");
    assertThat(verified().entries()).isEqualTo(30);
  }

  @Test
  void afterAClockThatWasAheadOneFileIsFilled() throws IOException {
    files(NOON.plus(Duration.ofDays(1000)), 1_000_000).deliver(journal.batch(0, 10));
    files(NOON, 1_000_000).deliver(journal.batch(10, 20));
    files(NOON, 1_000_000).deliver(journal.batch(20, 30));
    assertThat(names()).hasSize(1);
    assertThat(verified().entries()).isEqualTo(30);
  }

  @Test
  void filesAndTheirDirectoryAreForTheirOwnerAlone() throws IOException {
    Path made = directory.resolve("a/b");
    new FileDestination(made, 1_000_000, Clock.fixed(NOON, ZoneOffset.UTC))
        .deliver(journal.batch(0, 10));
    assertThat(permissions(made)).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(made)) {
      assertThat(files).allMatch(file -> permissions(file).equals("rw-------")).hasSize(1);
    }
  }

  private static String permissions(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void whatComesAgainIsThereOnce() throws IOException {
    files(NOON, 1_000_000).deliver(journal.batch(0, 10));
    files(NOON, 1_000_000).deliver(journal.batch(0, 10));
    files(NOON, 1_000_000).deliver(journal.batch(0, 15));
    files(NOON, 1_000_000).deliver(journal.batch(5, 25));
    assertThat(names()).hasSize(1);
    assertThat(verified().broken()).isEmpty();
    assertThat(verified().entries()).isEqualTo(25);
  }

  @Test
  void aLineThatWasCutOffIsReplacedWhateverFollows() throws IOException {
    files(NOON, 1_000_000).deliver(journal.batch(0, 10));
    cutOff();
    files(NOON, 1_000_000).deliver(journal.batch(10, 20));
    assertThat(verified().entries()).isEqualTo(20);
    cutOff();
    files(NOON.plus(Duration.ofDays(1)), 1_000_000).deliver(journal.batch(20, 30));
    assertThat(names()).hasSize(2);
    assertThat(verified().entries()).isEqualTo(30);
  }

  @Test
  void aFailureInTheMiddleIsMadeGoodByTheSameDestination() throws IOException {
    FileDestination files = files(NOON, 1_000_000);
    files.deliver(journal.batch(0, 10));
    cutOff();
    files.deliver(journal.batch(10, 20));
    assertThat(verified().entries()).isEqualTo(20);
  }

  @Test
  void aFileThatCannotBeContinuedIsLeftAlone() throws IOException {
    files(NOON, 1_000_000).deliver(journal.batch(0, 10));
    byte[] before = Files.readAllBytes(directory.resolve(names().get(0)));
    files(NOON.minusSeconds(60), 1_000_000).deliver(journal.batch(20, 30));
    files(NOON.minusSeconds(60), 1_000_000)
        .deliver(new Recorded("22222222-2222-4222-8222-222222222222").batch(0, 5));
    assertThat(names())
        .containsExactly(
            "journal-20260102T120000Z-0000000000000001.jsonl",
            "journal-20260102T120001Z-0000000000000021.jsonl",
            "journal-20260102T120002Z-0000000000000001.jsonl");
    assertThat(directory.resolve(names().get(0))).hasBinaryContent(before);
  }

  private void cutOff() throws IOException {
    Path last = directory.resolve(names().get(names().size() - 1));
    Files.writeString(last, "{\"entry\":{\"action\":\"REA", StandardOpenOption.APPEND);
  }

  private FileDestination files(Instant now, long full) {
    return new FileDestination(directory, full, Clock.fixed(now, ZoneOffset.UTC));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Verification verified() throws IOException {
    var all = new ByteArrayOutputStream();
    for (String name : names()) {
      all.write(Files.readAllBytes(directory.resolve(name)));
    }
    return JournalVerifier.verify(
        new ByteArrayInputStream(all.toByteArray()),
        TrustedKeys.of(List.of(key.publicBytes())),
        Optional.empty());
  }

  /** A journal with a checkpoint after every fifth entry. */
  private final class Recorded {
    private final String name;
    private final List<JournalLine> lines = new ArrayList<>();
    private final List<String> hashes = new ArrayList<>();

    Recorded(String name) {
      this.name = name;
      var chain = Chain.empty(name);
      hashes.add(chain.hex());
      for (int seq = 1; seq <= 30; seq++) {
        byte[] entry = new CanonicalObject().put("action", "READ").put("seq", seq).utf8();
        chain.add(entry);
        hashes.add(chain.hex());
        lines.add(JournalLine.entry(seq, chain.hex(), NOON, Severity.INFORMATIONAL, entry));
        if (seq % 5 == 0) {
          String jws = new Checkpoint(name, seq, chain.hex(), NOON).sign(key);
          lines.add(JournalLine.checkpoint(seq, NOON, jws));
        }
      }
    }

    JournalBatch batch(int after, int to) {
      return new JournalBatch(
          name,
          after,
          hashes.get(after),
          lines.stream()
              .filter(
                  line ->
                      line.seq() <= to
                          && (line.isEntry() ? line.seq() > after : line.seq() >= after))
              .toList());
    }
  }
}
