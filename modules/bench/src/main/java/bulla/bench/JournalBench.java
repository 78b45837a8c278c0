package bulla.bench;

import bulla.auditchain.CanonicalObject;
import bulla.auditchain.Chain;
import bulla.auditchain.Checkpoint;
import bulla.auditchain.CheckpointKey;
import bulla.auditchain.JournalLines;
import bulla.auditchain.JournalVerifier;
import bulla.auditchain.TrustedKeys;
import bulla.auditchain.Verification;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code ./bulla bench journal}: writes an exported journal as a busy server would and verifies it,
 * some times over, on one core.
 */
final class JournalBench {
  private static final int BETWEEN_CHECKPOINTS = 20_000;
  private static final int ROUNDS = 5;

  private JournalBench() {}

  static void run(int entries) throws IOException {
    CheckpointKey key = CheckpointKey.generate();
    Path export = Files.createTempFile("bulla-journal", ".jsonl");
    try {
      write(export, entries, key);
      System.out.printf(
          Locale.ROOT, "%,d entries, %,d MB%n", entries, Files.size(export) / 1_000_000);
      for (int round = 1; round <= ROUNDS; round++) {
        long begin = System.nanoTime();
        Verification found;
        try (InputStream in = Files.newInputStream(export)) {
          found =
              JournalVerifier.verify(
                  in, TrustedKeys.of(List.of(key.publicBytes())), Optional.empty());
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (!found.isGood() || found.entries() != entries) {
          throw new IllegalStateException("The journal does not verify: " + found);
        }
        System.out.printf(Locale.ROOT, "round %d: %,.0f entries/s%n", round, entries / seconds);
      }
    } finally {
      Files.delete(export);
    }
  }

  private static void write(Path file, int entries, CheckpointKey key) throws IOException {
    String name = UUID.randomUUID().toString();
    var chain = Chain.empty(name);
    try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      JournalLines.writeHeader(out, name);
      for (int seq = 1; seq <= entries; seq++) {
        byte[] entry = entry(seq);
        chain.add(entry);
        JournalLines.writeEntry(out, entry, chain.hex());
        if (seq % BETWEEN_CHECKPOINTS == 0) {
          var checkpoint = new Checkpoint(name, seq, chain.hex(), Instant.now());
          JournalLines.writeCheckpoint(out, checkpoint.sign(key));
        }
      }
    }
  }

  private static byte[] entry(int seq) {
    return new CanonicalObject()
        .put("action", "UPDATE")
        .put("actor", "officer-" + seq % 100)
        .put("address", "192.0.2.17")
        .put("correlationId", new UUID(seq, seq).toString())
        .put("detail", "generated: rule of role support and element DE_CARD; before: masked")
        .put("id", seq)
        .put("objectId", "17")
        .put("objectType", "policies/rules")
        .put("outcome", "SUCCESS")
        .put("seq", seq)
        .put("time", "2026-01-02T03:04:05.123456Z")
        .utf8();
  }
}
