package bulla.auditchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JournalVerifierTest {
  private static final int ENTRIES = 40;
  private static final int BETWEEN_CHECKPOINTS = 15;
  private static final int MUTATIONS = Integer.getInteger("bulla.audit.mutations", 2_000);

  private final CheckpointKey key = CheckpointKey.generate();
  private final TrustedKeys trusted = TrustedKeys.of(List.of(key.publicBytes()));
  private final Written journal = write("11111111-1111-4111-8111-111111111111", "read", key);
  private final Written forged =
      write("11111111-1111-4111-8111-111111111111", "forged", CheckpointKey.generate());
  private final Written other = write("22222222-2222-4222-8222-222222222222", "wrote", key);

  @Test
  void anUnalteredJournalIsGood() throws IOException {
    Verification found = verify(journal.lines, Optional.of(journal.newest()));
    assertThat(found.broken()).isEmpty();
    assertThat(found.entries()).isEqualTo(ENTRIES);
    assertThat(found.lastCheckpoint()).contains(journal.newest());
    assertThat(found.unsigned()).isZero();
  }

  @Test
  void whatFollowsTheLastCheckpointIsSaidToBeUnsigned() throws IOException {
    List<String> lines = journal.lines.subList(0, journal.lines.size() - 1);
    Verification found = verify(lines, Optional.empty());
    assertThat(found.isGood()).isTrue();
    assertThat(found.unsigned()).isEqualTo(ENTRIES % BETWEEN_CHECKPOINTS);
  }

  @Test
  void anyMutationBeforeTheAnchorIsFoundAndTheFirstBrokenEntryNamed() throws IOException {
    var random = new Random(7);
    for (int i = 0; i < MUTATIONS; i++) {
      Mutation mutation = mutate(random);
      Verification found = verify(mutation.lines, Optional.of(journal.newest()));
      assertThat(found.broken()).as("mutation %d, %s", i, mutation.kind).isPresent();
      assertThat(found.broken().get().seq())
          .as("mutation %d, %s: %s", i, mutation.kind, found.broken().get().reason())
          .isBetween(mutation.first, mutation.last);
      assertThat(found.last()).isEqualTo(Math.max(found.after(), found.broken().get().seq() - 1));
    }
  }

  @Test
  void withoutAnAnchorAJournalThatWasCutAtACheckpointLooksWhole() throws IOException {
    int cut = journal.lineOf(BETWEEN_CHECKPOINTS) + 2;
    assertThat(verify(journal.lines.subList(0, cut), Optional.empty()).isGood()).isTrue();
  }

  @Test
  void anAnchorOfAnotherJournalProvesNothing() throws IOException {
    assertThat(verify(journal.lines, Optional.of(other.newest())).broken().orElseThrow().reason())
        .contains("another journal");
  }

  @Test
  void whatIsNoExportIsRefused() throws IOException {
    for (String text :
        List.of("", "\n", "{}\n", "{\"format\":2,\"journal\":\"x\"}\n", "x".repeat(100_000))) {
      var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
      assertThat(JournalVerifier.verify(in, trusted, Optional.empty()).isGood()).isFalse();
    }
  }

  @Test
  void aStretchIsProvenByItsOwnCheckpoint() throws IOException {
    Verification found = verify(stretch(BETWEEN_CHECKPOINTS, ENTRIES), Optional.empty());
    assertThat(found.broken()).isEmpty();
    assertThat(found.after()).isEqualTo(BETWEEN_CHECKPOINTS);
    assertThat(found.entries()).isEqualTo(ENTRIES - BETWEEN_CHECKPOINTS);
    assertThat(found.last()).isEqualTo(ENTRIES);
    assertThat(found.unsigned()).isZero();
  }

  @Test
  void withAnAnchorNothingMayBeMissingAtTheBeginningThatIsNotVerifiedElsewhere()
      throws IOException {
    Optional<Checkpoint> anchor = Optional.of(journal.newest());
    List<String> stretch = stretch(BETWEEN_CHECKPOINTS, ENTRIES);
    assertThat(verify(stretch, anchor, BETWEEN_CHECKPOINTS).isGood()).isTrue();
    Verification beheaded = verify(stretch, anchor, BETWEEN_CHECKPOINTS - 1);
    assertThat(beheaded.broken().orElseThrow().seq()).isEqualTo(BETWEEN_CHECKPOINTS);
    assertThat(beheaded.broken().orElseThrow().reason()).contains("begins after entry 15");
    assertThat(beheaded.entries()).isZero();
    assertThat(verify(List.of(header(ENTRIES, "0".repeat(64))), anchor, 0).isGood()).isFalse();
  }

  @Test
  void stretchesContinueEachOther() throws IOException {
    var whole = new ArrayList<>(stretch(0, 10));
    whole.addAll(stretch(10, BETWEEN_CHECKPOINTS));
    whole.addAll(stretch(BETWEEN_CHECKPOINTS, ENTRIES));
    Verification found = verify(whole, Optional.of(journal.newest()));
    assertThat(found.broken()).isEmpty();
    assertThat(found.entries()).isEqualTo(ENTRIES);
  }

  @Test
  void aStretchThatIsLackingOrForeignIsNamed() throws IOException {
    var gap = new ArrayList<>(stretch(0, 10));
    gap.addAll(stretch(12, ENTRIES));
    assertThat(firstBroken(gap)).isEqualTo(11);
    var twice = new ArrayList<>(stretch(0, 12));
    twice.addAll(stretch(10, ENTRIES));
    assertThat(firstBroken(twice)).isEqualTo(11);
    var foreign = new ArrayList<>(stretch(0, 20));
    foreign.addAll(other.lines);
    assertThat(firstBroken(foreign)).isEqualTo(21);
    var unnamed = new ArrayList<>(stretch(0, 20));
    unnamed.add("{\"format\":1,\"journal\":\"" + journal.name + "\",\"after\":20}");
    assertThat(firstBroken(unnamed)).isEqualTo(21);
  }

  @Test
  void whatAStretchClaimsToContinueCannotBeMadeUp() throws IOException {
    var lines = new ArrayList<>(stretch(BETWEEN_CHECKPOINTS, ENTRIES));
    // Another past, with the hashes of these entries made to fit it.
    var chain = Chain.resumed(BETWEEN_CHECKPOINTS, new byte[32]);
    lines.set(0, header(BETWEEN_CHECKPOINTS, chain.hex()));
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("{\"entry\":")) {
        String entry = line.substring(9, line.indexOf(",\"hash\":"));
        chain.add(entry.getBytes(StandardCharsets.UTF_8));
        lines.set(i, "{\"entry\":" + entry + ",\"hash\":\"" + chain.hex() + "\"}");
      }
    }
    assertThat(firstBroken(lines)).isEqualTo(BETWEEN_CHECKPOINTS + 1);
    lines.removeIf(line -> line.startsWith("{\"checkpoint\":"));
    Verification unsigned = verify(lines, Optional.empty());
    assertThat(unsigned.isGood()).isTrue();
    assertThat(unsigned.unsigned()).isEqualTo(ENTRIES - BETWEEN_CHECKPOINTS);
    assertThat(verify(lines, Optional.of(journal.newest())).isGood()).isFalse();
  }

  @Test
  void anAnchorFromBeforeAStretchProvesNothingOfIt() throws IOException {
    Verification found = verify(stretch(20, ENTRIES), Optional.of(journal.checkpoints.get(0)), 20);
    assertThat(found.broken().orElseThrow().seq()).isEqualTo(21);
  }

  @Test
  void theEndOfAFileIsWhereItsLastWholeLineEnds() throws IOException {
    String whole = String.join("\n", stretch(10, 20)) + "\n";
    var tail = tail(whole + "{\"entry\":{\"act").orElseThrow();
    assertThat(tail.journal()).isEqualTo(journal.name);
    assertThat(tail.seq()).isEqualTo(20);
    assertThat(tail.checkpoint()).isEqualTo(BETWEEN_CHECKPOINTS);
    assertThat(tail.bytes()).isEqualTo(whole.getBytes(StandardCharsets.UTF_8).length);
    assertThat(journal.lines.get(journal.lineOf(20))).contains(tail.hash());
    assertThat(tail(whole).orElseThrow()).isEqualTo(tail);
    assertThat(tail("{\"format\":1,\"jour")).isEmpty();
  }

  private static Optional<JournalLines.Tail> tail(String text) throws IOException {
    return JournalLines.tail(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private long firstBroken(List<String> lines) throws IOException {
    return verify(lines, Optional.empty()).broken().orElseThrow().seq();
  }

  /** The entries after {@code after} up to {@code to}, with a first line of their own. */
  private List<String> stretch(int after, int to) throws IOException {
    var lines = new ArrayList<String>();
    String last = after == 0 ? "" : journal.lines.get(journal.lineOf(after));
    lines.add(header(after, last.substring(Math.max(0, last.length() - 66)).replace("\"}", "")));
    lines.addAll(
        journal.lines.subList(
            journal.lineOf(after + 1),
            to == ENTRIES ? journal.lines.size() : journal.lineOf(to + 1)));
    return lines;
  }

  private String header(int after, String hash) throws IOException {
    var out = new ByteArrayOutputStream();
    JournalLines.writeHeader(out, journal.name, after, hash);
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  private record Mutation(String kind, List<String> lines, long first, long last) {}

  /** A journal that differs in its entries, and where the first that differs can be. */
  private Mutation mutate(Random random) throws IOException {
    var lines = new ArrayList<>(journal.lines);
    int seq = 1 + random.nextInt(ENTRIES);
    int at = journal.lineOf(seq);
    return switch (random.nextInt(10)) {
      case 0 -> {
        String line = lines.get(at);
        int position = random.nextInt(line.length());
        char changed = (char) (line.charAt(position) ^ (1 << random.nextInt(6)));
        lines.set(at, line.substring(0, position) + changed + line.substring(position + 1));
        yield new Mutation("edit", lines, seq, seq);
      }
      case 1 -> {
        lines.remove(at);
        yield new Mutation("delete", lines, seq, seq);
      }
      case 2 -> {
        int otherSeq = seq == ENTRIES ? 1 : seq + 1 + random.nextInt(ENTRIES - seq);
        Collections.swap(lines, at, journal.lineOf(otherSeq));
        yield new Mutation("reorder", lines, Math.min(seq, otherSeq), Math.min(seq, otherSeq));
      }
      case 3 -> new Mutation("truncate", lines.subList(0, at), seq, seq);
      case 4 -> {
        lines.set(at, other.lines.get(other.lineOf(seq)));
        yield new Mutation("splice", lines, seq, seq);
      }
      case 5 -> {
        lines.add(at, lines.get(at));
        yield new Mutation("repeat", lines, seq, seq + 1);
      }
      case 6 -> {
        // Made anew from this entry on, with all hashes right and the checkpoints as they were.
        List<String> forked = fork(lines, seq);
        yield new Mutation("fork", forked, provenBefore(seq), seq);
      }
      case 7 -> {
        // The first lines cut off, and a first line that says so with the hash that was there.
        yield new Mutation("behead", stretch(seq, ENTRIES), 1, 1);
      }
      case 8 -> {
        int checkpoint = 1 + random.nextInt(journal.checkpoints.size());
        int end = Math.min(checkpoint * BETWEEN_CHECKPOINTS, ENTRIES);
        int line = journal.lineOf(end) + 1;
        String jws = lines.get(line);
        int position = 15 + random.nextInt(jws.length() - 17);
        char changed = jws.charAt(position) == 'A' ? 'B' : 'A';
        lines.set(line, jws.substring(0, position) + changed + jws.substring(position + 1));
        yield new Mutation("unsign", lines, provenBefore(end), end + 1);
      }
      default -> {
        // The same with checkpoints of a key that nobody trusts.
        yield new Mutation("forge", forged.lines, 1, 1);
      }
    };
  }

  private static long provenBefore(int seq) {
    return (long) ((seq - 1) / BETWEEN_CHECKPOINTS) * BETWEEN_CHECKPOINTS + 1;
  }

  private List<String> fork(List<String> lines, int from) {
    var forked = new ArrayList<String>();
    var chain = Chain.empty(journal.name);
    for (String line : lines) {
      if (!line.startsWith("{\"entry\":")) {
        forked.add(line);
        continue;
      }
      String entry = line.substring(9, line.indexOf(",\"hash\":"));
      if (chain.length() + 1 == from) {
        entry = entry.replace("read", "held");
      }
      chain.add(entry.getBytes(StandardCharsets.UTF_8));
      forked.add("{\"entry\":" + entry + ",\"hash\":\"" + chain.hex() + "\"}");
    }
    return forked;
  }

  private Verification verify(List<String> lines, Optional<Checkpoint> anchor) throws IOException {
    return verify(lines, anchor, anchor.isPresent() ? 0 : Long.MAX_VALUE);
  }

  private Verification verify(List<String> lines, Optional<Checkpoint> anchor, long after)
      throws IOException {
    byte[] export = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    return JournalVerifier.verify(new ByteArrayInputStream(export), trusted, anchor, after);
  }

  private record Written(String name, List<String> lines, List<Checkpoint> checkpoints) {
    Checkpoint newest() {
      return checkpoints.get(checkpoints.size() - 1);
    }

    int lineOf(int seq) {
      return seq + (seq - 1) / BETWEEN_CHECKPOINTS;
    }
  }

  private static Written write(String name, String action, CheckpointKey key) {
    try (var out = new ByteArrayOutputStream()) {
      var checkpoints = new ArrayList<Checkpoint>();
      var chain = Chain.empty(name);
      JournalLines.writeHeader(out, name);
      for (int seq = 1; seq <= ENTRIES; seq++) {
        byte[] canonical =
            new CanonicalObject()
                .put("action", action)
                .put("actor", "\u00e9va")
                .put("seq", seq)
                .utf8();
        chain.add(canonical);
        JournalLines.writeEntry(out, canonical, chain.hex());
        if (seq % BETWEEN_CHECKPOINTS == 0 || seq == ENTRIES) {
          var checkpoint = new Checkpoint(name, seq, chain.hex(), Instant.ofEpochSecond(seq));
          checkpoints.add(checkpoint);
          JournalLines.writeCheckpoint(out, checkpoint.sign(key));
        }
      }
      return new Written(
          name, List.of(out.toString(StandardCharsets.UTF_8).split("\n", 0)), checkpoints);
    } catch (IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
  }
}
