package bulla.launcher.audit;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.auditchain.CanonicalObject;
import bulla.auditchain.Chain;
import bulla.auditchain.Checkpoint;
import bulla.auditchain.CheckpointKey;
import bulla.auditchain.JournalLines;
import bulla.launcher.CommandFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AuditCommandTest {
  private static final String JOURNAL = "11111111-1111-4111-8111-111111111111";

  private final CheckpointKey key = CheckpointKey.generate();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path export;
  private Path keys;
  private Path anchor;

  @BeforeEach
  void write(@TempDir Path directory) throws IOException {
    export = directory.resolve("journal.jsonl");
    keys =
        Files.writeString(
            directory.resolve("keys.json"),
            "{\"keys\":[" + CheckpointKey.jwk(key.publicBytes()) + "]}");
    var chain = Chain.empty(JOURNAL);
    try (var file = Files.newOutputStream(export)) {
      JournalLines.writeHeader(file, JOURNAL);
      for (int seq = 1; seq <= 5; seq++) {
        byte[] entry = new CanonicalObject().put("action", "CREATE").put("seq", seq).utf8();
        chain.add(entry);
        JournalLines.writeEntry(file, entry, chain.hex());
      }
      String checkpoint =
          new Checkpoint(JOURNAL, 5, chain.hex(), Instant.parse("2026-01-01T00:00:00Z")).sign(key);
      JournalLines.writeCheckpoint(file, checkpoint);
      anchor =
          Files.writeString(
              directory.resolve("anchor.json"), "{\"checkpoint\":\"" + checkpoint + "\"}\n");
    }
  }

  @Test
  void aGoodJournalIsSaidToBeGood() {
    assertThat(run("--anchor", anchor.toString())).isZero();
    assertThat(out.toString())
        .contains("5 entries, none broken", "Signed up to entry 5")
        .doesNotContain("--anchor");
    assertThat(run()).isZero();
    assertThat(out.toString()).contains("--anchor");
  }

  @Test
  void theFirstBrokenEntryIsNamed() throws IOException {
    Files.writeString(export, Files.readString(export).replace("\"seq\":3", "\"seq\":4"));
    assertThat(run()).isEqualTo(1);
    assertThat(out.toString()).contains("BROKEN at entry 3", "2 entries before it are good");
  }

  @Test
  void aJournalThatWasCutOffIsFoundWithTheAnchor() throws IOException {
    String text = Files.readString(export);
    Files.writeString(
        export, text.substring(0, text.indexOf("{\"entry\":{\"action\":\"CREATE\",\"seq\":4")));
    assertThat(run()).isZero();
    assertThat(run("--anchor", anchor.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("BROKEN at entry 4");
  }

  @Test
  void filesThatAreSomethingElseAreNamed() throws IOException {
    assertThat(run("--anchor", keys.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("keys.json is no checkpoint");
    Files.writeString(keys, "{}");
    assertThat(run()).isEqualTo(1);
    assertThat(err.toString()).contains("no Ed25519 key");
    Files.delete(export);
    Files.writeString(keys, "{\"keys\":[" + CheckpointKey.jwk(key.publicBytes()) + "]}");
    assertThat(run()).isEqualTo(1);
    assertThat(err.toString()).contains("journal.jsonl cannot be read");
  }

  private int run(String... more) {
    var arguments =
        new ArrayList<>(List.of("verify", export.toString(), "--trusted-keys", keys.toString()));
    arguments.addAll(List.of(more));
    return new CommandLine(new AuditCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              assertThat(failure).isInstanceOf(CommandFailure.class);
              command.getErr().println(failure.getMessage());
              return 1;
            })
        .execute(arguments.toArray(String[]::new));
  }
}
