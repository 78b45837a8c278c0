package bulla.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.auditchain.CheckpointKey;
import bulla.auditchain.JournalVerifier;
import bulla.auditchain.TrustedKeys;
import bulla.auditchain.Verification;
import bulla.database.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiverTest {
  private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant BETWEEN = Instant.parse("2026-01-02T00:00:00Z");
  private static final Instant YOUNG = Instant.parse("2026-01-03T00:00:00Z");
  private static final Instant LATER = Instant.parse("2026-01-04T00:00:00Z");

  @TempDir Path directory;

  private final EmbeddedDataSource source = TestDatabase.of("audit");
  private final MemoryKeyring keyring = new MemoryKeyring();
  private final JdbcSealedJournal journal = new JdbcSealedJournal(keyring);
  private CheckpointKey key;
  private Sealer sealer;

  @BeforeEach
  void migrate() throws SQLException {
    journal.dataSource = source;
    key = new CheckpointKeys(source, keyring).current();
    sealer = new Sealer(source, key, Clock.systemUTC());
    sealer.begin();
  }

  @Test
  void anOldStretchLiesInAFileAndTheRestStillVerifies() throws Exception {
    record(OLD, 1300);
    record(YOUNG, 40);

    ArchivedStretch archived = archive(BETWEEN).orElseThrow();

    assertThat(archived.first()).isEqualTo(1);
    assertThat(archived.last()).isEqualTo(1300);
    assertThat(archived.file()).hasDigest("SHA-256", archived.sha256());
    Verification file = verified(Files.readAllBytes(archived.file()));
    assertThat(file.broken()).isEmpty();
    assertThat(file.entries()).isEqualTo(1300);
    assertThat(file.unsigned()).isZero();
    assertThat(rows("select count(*) from audit_entry")).as("40 and the one of this").isEqualTo(41);
    assertThat(rows("select count(*) from audit_link")).isEqualTo(40);
    assertThat(rows("select min(seq) from audit_checkpoint")).isEqualTo(1300);
    Verification rest = journal.verify();
    assertThat(rest.broken()).isEmpty();
    assertThat(rest.after()).isEqualTo(1300);
    assertThat(rest.entries()).isEqualTo(40);

    assertThat(sealer.seal()).isEqualTo(1);
    sealer.checkpoint();
    assertThat(journal.verify().entries()).isEqualTo(41);
    assertThat(export()).contains("\"action\":\"ARCHIVE\"").contains(archived.sha256());
    Verification together = verified(together(archived.file()));
    assertThat(together.broken()).isEmpty();
    assertThat(together.entries()).isEqualTo(1341);
    assertThat(verified(export().getBytes(java.nio.charset.StandardCharsets.UTF_8)).after())
        .isEqualTo(1300);
  }

  @Test
  void archivesContinueEachOther() throws Exception {
    record(OLD, 30);
    Path first = archive(BETWEEN).orElseThrow().file();
    assertThat(sealer.seal()).isEqualTo(1);
    sealer.checkpoint();
    record(YOUNG, 30);
    ArchivedStretch second = archive(Instant.now().plusSeconds(60)).orElseThrow();
    assertThat(second.first()).isEqualTo(31);
    assertThat(second.last()).isEqualTo(61);
    sealer.seal();
    sealer.checkpoint();
    assertThat(verified(together(first, second.file())).entries()).isEqualTo(62);
    assertThat(verified(together(first, second.file())).broken()).isEmpty();
    assertThat(verified(together(second.file(), first)).broken()).isPresent();
    assertThat(journal.verify().broken()).isEmpty();
  }

  @Test
  void whatIsYoungHasNoCheckpointOrWasNotDeliveredStays() throws Exception {
    record(OLD, 10);
    assertThat(archive(OLD)).as("not older than itself").isEmpty();
    assertThat(archiver(List.of("nowhere"), 1000).archive(BETWEEN, ArchiverTest::event)).isEmpty();
    sql("insert into audit_destination values ('nowhere', 9, 0)");
    assertThat(archiver(List.of("nowhere"), 1000).archive(BETWEEN, ArchiverTest::event)).isEmpty();
    sql("delete from audit_checkpoint");
    assertThat(archive(BETWEEN)).isEmpty();
    assertThat(rows("select count(*) from audit_entry")).isEqualTo(10);
    assertThat(directory).isEmptyDirectory();
    sealer.checkpoint();
    sql("update audit_destination set delivered = 10");
    assertThat(archiver(List.of("nowhere"), 1000).archive(BETWEEN, ArchiverTest::event))
        .isPresent();
  }

  @Test
  void aFileHoldsSoManyEntriesAtMost() throws Exception {
    for (int i = 0; i < 5; i++) {
      record(OLD, 10);
    }
    Archiver archiver = archiver(List.of(), 25);
    assertThat(archiver.archive(BETWEEN, ArchiverTest::event).orElseThrow().last()).isEqualTo(20);
    assertThat(archiver.archive(BETWEEN, ArchiverTest::event).orElseThrow().last()).isEqualTo(40);
    assertThat(archiver.archive(BETWEEN, ArchiverTest::event).orElseThrow().last()).isEqualTo(50);
    assertThat(archiver.archive(BETWEEN, ArchiverTest::event)).isEmpty();
  }

  @Test
  void anEntryOfAClockThatWasAheadKeepsNoOtherFromBeingArchived() throws Exception {
    record(OLD, 10);
    record(Instant.parse("2999-01-01T00:00:00Z"), 1);
    record(OLD, 10);
    record(YOUNG, 5);
    record(Instant.parse("2999-01-01T00:00:00Z"), 1);
    assertThat(archive(BETWEEN).orElseThrow().last()).isEqualTo(21);
    assertThat(archive(BETWEEN)).isEmpty();
  }

  @Test
  void anArchiveIsForItsOwnerAlone() throws Exception {
    record(OLD, 3);
    Path file = archive(BETWEEN).orElseThrow().file();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void whatAKilledProcessHeldIsFreeForTheNextOne() throws Exception {
    record(OLD, 3);
    sql("insert into audit_lease (name, owner, renewal) values ('archive', 'killed', 7)");
    Archiver next = archiver(List.of(), 1000);
    assertThatThrownBy(() -> next.archive(BETWEEN, ArchiverTest::event))
        .isInstanceOf(AuditException.class);
    next.begin();
    assertThat(next.archive(BETWEEN, ArchiverTest::event)).isPresent();
  }

  @Test
  void aBrokenStretchIsNotArchived() throws Exception {
    record(OLD, 30);
    sql("update audit_entry set actor = 'somebody else' where id = 17");
    assertThatThrownBy(() -> archive(BETWEEN))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("entry 17");
    assertThat(rows("select count(*) from audit_entry")).isEqualTo(30);
    assertThat(rows("select count(*) from audit_archive")).isZero();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void anInterruptedAttemptIsTakenUp() throws Exception {
    record(OLD, 30);
    record(YOUNG, 10);
    // The file is there, and the transaction is not.
    assertThatThrownBy(
            () ->
                archiver(List.of(), 1000)
                    .archive(
                        BETWEEN,
                        archived -> {
                          throw new IllegalStateException("the server ends here");
                        }))
        .isInstanceOf(IllegalStateException.class);
    Path file = onlyFile();
    byte[] written = Files.readAllBytes(file);
    assertThat(journal.verify().entries()).isEqualTo(40);

    ArchivedStretch archived = archive(LATER).orElseThrow();

    assertThat(archived.last()).as("as the file says").isEqualTo(30);
    assertThat(file).hasBinaryContent(written);
    assertThat(journal.verify().after()).isEqualTo(30);
    assertThat(archive(LATER).orElseThrow().last()).isEqualTo(40);
  }

  @Test
  void aFileThatIsSomethingElseIsNotOverwritten() throws Exception {
    record(OLD, 30);
    Path file = directory.resolve("journal-0000000000000001.jsonl");
    Files.writeString(file, "something else\n");
    assertThatThrownBy(() -> archive(BETWEEN))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
    assertThat(file).hasContent("something else");
    assertThat(rows("select count(*) from audit_entry")).isEqualTo(30);
  }

  @Test
  void rowsThatAnInterruptionHasLeftAreRemovedLater() throws Exception {
    record(OLD, 30);
    sql("create table kept as select * from audit_entry with no data");
    sql("insert into kept select * from audit_entry");
    sql("create table linked as select * from audit_link with no data");
    sql("insert into linked select * from audit_link");
    archive(BETWEEN);
    // As if the server had ended before it had removed any of them.
    sql("alter table audit_entry alter column id set generated by default");
    sql("insert into audit_entry select * from kept");
    sql("insert into audit_link select * from linked");
    assertThat(journal.verify().broken()).isEmpty();
    archiver(List.of(), 1000).purge();
    assertThat(rows("select count(*) from audit_link")).isZero();
    assertThat(rows("select count(*) from audit_entry")).isEqualTo(1);
  }

  // Whoever can write to the database must not be able to declare entries archived.
  @ParameterizedTest
  @ValueSource(strings = {"checkpoint", "foreign", "none"})
  void whatNobodyArchivedIsMissing(String claim) throws Exception {
    record(OLD, 30);
    record(YOUNG, 10);
    String jws =
        switch (claim) {
          case "checkpoint" -> newestCheckpointOf(30);
          case "foreign" ->
              bulla.auditchain.Checkpoint.verified(
                      newestCheckpointOf(30), TrustedKeys.of(List.of(key.publicBytes())))
                  .signArchived(CheckpointKey.generate());
          default -> "none";
        };
    sql("insert into audit_archive values (30, current_timestamp, '" + jws + "')");
    sql("delete from audit_entry where id <= 30");
    sql("delete from audit_link where seq <= 30");
    sql("delete from audit_checkpoint where seq < 30");
    Verification found = journal.verify();
    assertThat(found.broken()).isPresent();
    assertThat(found.broken().get().seq()).isEqualTo(1);
  }

  @Test
  void anOlderStatementOfAnArchiveDoesNotHideWhatWasArchivedSince() throws Exception {
    record(OLD, 30);
    archive(BETWEEN);
    record(YOUNG, 29);
    assertThat(archive(Instant.now().plusSeconds(60)).orElseThrow().last()).isEqualTo(60);
    sql("delete from audit_archive where seq > 30");
    assertThat(journal.verify().broken().orElseThrow().seq()).isEqualTo(31);
  }

  private Optional<ArchivedStretch> archive(Instant before) throws SQLException, IOException {
    return archiver(List.of(), 1_000_000).archive(before, ArchiverTest::event);
  }

  private Archiver archiver(List<String> destinations, int mostEntries) {
    return new Archiver(source, keyring, directory, destinations, Clock.systemUTC(), mostEntries);
  }

  private static AuditEvent event(ArchivedStretch archived) {
    return new AuditEvent(
        "olga", null, "ARCHIVE", "audit", "journal", Outcome.SUCCESS, archived.summary(), null);
  }

  /** Adds entries, and a checkpoint after them. */
  private void record(Instant time, int entries) throws SQLException {
    try (Connection connection = source.getConnection()) {
      for (int i = 0; i < entries; i++) {
        EntryTable.add(
            connection,
            time,
            new AuditEvent(
                "\u00e9va", "192.0.2.1", "CREATE", "users", "7", Outcome.SUCCESS, "a", "c-1"),
            StateHmacs.NONE);
      }
    }
    while (sealer.seal() > 0) {
      assertThat(journal.newestCheckpoint()).isNotNull();
    }
    sealer.checkpoint();
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found = files.toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  private String export() throws IOException {
    var out = new ByteArrayOutputStream();
    journal.export(out);
    return out.toString(java.nio.charset.StandardCharsets.UTF_8);
  }

  /** The files one after the other, and what the database holds. */
  private byte[] together(Path... files) throws IOException {
    var all = new ByteArrayOutputStream();
    for (Path file : files) {
      all.write(Files.readAllBytes(file));
    }
    journal.export(all);
    return all.toByteArray();
  }

  private Verification verified(byte[] export) throws IOException {
    return JournalVerifier.verify(
        new ByteArrayInputStream(export),
        TrustedKeys.of(List.of(key.publicBytes())),
        Optional.empty());
  }

  private String newestCheckpointOf(long seq) throws SQLException {
    try (Connection connection = source.getConnection();
        var select = connection.createStatement();
        var row = select.executeQuery("select jws from audit_checkpoint where seq = " + seq)) {
      row.next();
      return row.getString(1);
    }
  }

  private long rows(String query) throws SQLException {
    try (Connection connection = source.getConnection();
        var select = connection.createStatement();
        var rows = select.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = source.getConnection();
        var execution = connection.createStatement()) {
      execution.execute(statement);
    }
  }
}
