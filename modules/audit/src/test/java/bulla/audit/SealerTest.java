package bulla.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bulla.auditchain.CheckpointKey;
import bulla.auditchain.JournalVerifier;
import bulla.auditchain.TrustedKeys;
import bulla.auditchain.Verification;
import bulla.database.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SealerTest {
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
    sealer.begin();
  }

  @Test
  void entriesGetTheirPlacesAndAreProvenByTheNextCheckpoint() throws Exception {
    record(2500);
    assertThat(journal.pending()).isEqualTo(2500);
    assertThat(sealer.seal()).isEqualTo(1000);
    assertThat(sealer.seal()).isEqualTo(1000);
    sealer.checkpoint();
    assertThat(sealer.seal()).isEqualTo(500);
    assertThat(sealer.seal()).isZero();
    assertThat(journal.pending()).isZero();

    Verification found = journal.verify();
    assertThat(found.broken()).isEmpty();
    assertThat(found.entries()).isEqualTo(2500);
    assertThat(found.unsigned()).isEqualTo(500);
    sealer.checkpoint();
    sealer.checkpoint();
    assertThat(journal.verify().unsigned()).isZero();
    assertThat(rows("audit_checkpoint")).as("one of 2000 entries, one of 2500").isEqualTo(2);
  }

  @Test
  void anEmptyJournalHasCheckpointsToo() throws Exception {
    sealer.seal();
    sealer.checkpoint();
    assertThat(journal.newestCheckpoint()).isPresent();
    assertThat(journal.newestCheckpointTime().orElseThrow())
        .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    assertThat(journal.verify().isGood()).isTrue();
  }

  @Test
  void anExportVerifiesWithoutTheDatabase() throws Exception {
    record(30);
    sealer.seal();
    sealer.checkpoint();
    var out = new ByteArrayOutputStream();
    journal.export(out);
    Verification found =
        JournalVerifier.verify(
            new ByteArrayInputStream(out.toByteArray()),
            TrustedKeys.ofJwks(journal.jwks().getBytes(StandardCharsets.UTF_8)),
            Optional.empty());
    assertThat(found.isGood()).isTrue();
    assertThat(found.entries()).isEqualTo(30);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"actor\":\"\u00e9va\"", "\"time\":\"1970-01-01T00:00:00.000000Z\"")
        .as("members that older entries do not have")
        .doesNotContain("\"before\"", "\"after\"");
  }

  @Test
  void theChainCoversTheStates() throws Exception {
    try (Connection connection = source.getConnection()) {
      EntryTable.add(connection, Instant.EPOCH, event(), StateHmacs.NONE);
      var states = new StateHmacs("0".repeat(64), "1".repeat(64));
      EntryTable.add(connection, Instant.EPOCH, event(), states);
    }
    sealer.seal();
    sealer.checkpoint();
    assertThat(journal.verify().isGood()).isTrue();
    var out = new ByteArrayOutputStream();
    journal.export(out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "\"after\":\"%s\",\"before\":\"%s\",\"correlationId\""
                .formatted("1".repeat(64), "0".repeat(64)));
    sql("update audit_entry set after_hmac = before_hmac where id = 2");
    assertThat(journal.verify().broken().orElseThrow().seq()).isEqualTo(2);
    sql("update audit_entry set after_hmac = null, before_hmac = null where id = 2");
    assertThat(journal.verify().broken().orElseThrow().seq()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "update audit_entry set actor = 'somebody else' where id = 17 | 17",
        "update audit_entry set happened_at = timestamp('2020-01-01 00:00:00') where id = 17 | 17",
        "update audit_entry set detail = null where id = 17 | 17",
        "update audit_entry set outcome = 'MAYBE' where id = 17 | 17",
        "update audit_entry set action = '' where id = 17 | 17",
        "delete from audit_entry where id = 17 | 17",
        "delete from audit_link where seq = 17 | 17",
        "update audit_link set hash = '00' where seq = 17 | 17",
        "delete from audit_link where seq > 16 | 17",
        "update audit_link set entry_id = 99 where seq = 17 | 17",
        "update audit_checkpoint set seq = 17 | 18",
        "delete from audit_key | 1",
      })
  void whatSomebodyDoesToTheTablesIsFound(String statement, long firstBroken) throws Exception {
    record(30);
    sealer.seal();
    sealer.checkpoint();
    sql(statement);
    Verification found = journal.verify();
    assertThat(found.broken()).isPresent();
    assertThat(found.broken().get().seq()).isEqualTo(firstBroken);
  }

  @Test
  void aJournalMadeAnewWithAKeyOfAnothersIsFound() throws Exception {
    record(5);
    sealer.seal();
    sealer.checkpoint();
    var theirs = new CheckpointKeys(source, new MemoryKeyring());
    sql("delete from audit_key");
    sql("delete from audit_checkpoint");
    new Sealer(source, theirs.current(), Clock.systemUTC()).checkpoint();
    assertThat(journal.verify().broken().orElseThrow().reason()).contains("not trusted");
    assertThat(journal.jwks()).isEqualTo("{\"keys\":[]}");
  }

  @Test
  void aKeyThatSomebodyAddsIsNotTheOneInUse() throws Exception {
    sql(
        "insert into audit_key (kid, public_key, wrapped_key, created_at)"
            + " select 'theirs', public_key, wrapped_key, timestamp('2999-01-01 00:00:00') from audit_key");
    assertThat(new CheckpointKeys(source, keyring).current().kid()).isEqualTo(key.kid());
    sql("delete from audit_key where kid <> 'theirs'");
    assertThatThrownBy(() -> new CheckpointKeys(source, keyring).current())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("one backup");
  }

  @Test
  void aKeyIsKeptAndItsPublicHalfCannotBeExchanged() throws Exception {
    assertThat(new CheckpointKeys(source, keyring).current().kid()).isEqualTo(key.kid());
    String other = HexFormat.of().formatHex(CheckpointKey.generate().publicBytes());
    sql("update audit_key set public_key = '" + other + "'");
    assertThat(new CheckpointKeys(source, keyring).trusted()).isEmpty();
  }

  @Test
  void aRowThatTheJournalNeverWroteIsFound() throws Exception {
    record(3);
    sealer.seal();
    sql(
        "insert into audit_entry (happened_at, action, outcome) values (current_timestamp, 'LOGIN', 'SUCCESS')");
    assertThat(journal.verify().broken().orElseThrow().reason()).contains("row 4");
  }

  @Test
  void whatWasRolledBackLeavesNothing() throws Exception {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      EntryTable.add(connection, Instant.EPOCH, event(), StateHmacs.NONE);
      connection.rollback();
    }
    record(1);
    assertThat(sealer.seal()).isEqualTo(1);
    assertThat(journal.verify().entries()).isEqualTo(1);
  }

  @Test
  void severalServersSealOneJournalWhileOthersWrite() throws Exception {
    EntryTable.prepare(source);
    var threads = Executors.newFixedThreadPool(6);
    try {
      var work = new ArrayList<Callable<Void>>();
      for (int i = 0; i < 4; i++) {
        work.add(
            () -> {
              for (int k = 0; k < 100; k++) {
                record(1);
              }
              return null;
            });
      }
      for (int i = 0; i < 2; i++) {
        var server = new Sealer(source, key, Clock.systemUTC());
        work.add(
            () -> {
              for (int k = 0; k < 30; k++) {
                server.seal();
                server.checkpoint();
              }
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    while (sealer.seal() > 0) {
      assertThat(journal.verify().isGood()).isTrue();
    }
    assertThat(journal.verify().broken()).isEmpty();
    assertThat(journal.verify().entries()).isEqualTo(400);
  }

  private void record(int entries) throws SQLException {
    try (Connection connection = source.getConnection()) {
      for (int i = 0; i < entries; i++) {
        EntryTable.add(connection, Instant.EPOCH, event(), StateHmacs.NONE);
      }
    }
  }

  private int rows(String table) throws SQLException {
    try (Connection connection = source.getConnection();
        var count = connection.createStatement();
        var rows = count.executeQuery("select count(*) from " + table)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = source.getConnection();
        var execution = connection.createStatement()) {
      execution.execute(statement);
    }
  }

  private static AuditEvent event() {
    return new AuditEvent(
        "\u00e9va", "192.0.2.1", "CREATE", "users", "7", Outcome.SUCCESS, "a \"detail\"", "c-1");
  }
}
