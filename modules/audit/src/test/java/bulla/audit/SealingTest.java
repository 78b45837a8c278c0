package bulla.audit;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.database.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.junit.jupiter.api.Test;

/** When the journal is sealed and signed. */
class SealingTest {
  private final EmbeddedDataSource source = TestDatabase.of("audit");
  private final Sealing sealing;
  private final JdbcSealedJournal journal;
  private long seconds;

  SealingTest() {
    var keyring = new MemoryKeyring();
    sealing = new Sealing(keyring);
    sealing.dataSource = source;
    sealing.nanoTime = () -> TimeUnit.SECONDS.toNanos(seconds);
    journal = new JdbcSealedJournal(keyring);
    journal.dataSource = source;
  }

  @Test
  void whereNothingHappensACheckpointIsMadeEveryMinute() {
    sealing.round();
    String first = checkpoint();
    seconds = 59;
    sealing.round();
    assertThat(checkpoint()).isEqualTo(first);
    seconds = 60;
    sealing.round();
    String second = checkpoint();
    assertThat(second).isNotEqualTo(first);
    seconds = 120;
    sealing.round();
    assertThat(checkpoint()).isNotEqualTo(second);
  }

  @Test
  void entriesAreSealedInTheNextRoundAndSignedWithinTenSeconds() throws SQLException {
    sealing.round();
    seconds = 9;
    record();
    sealing.round();
    assertThat(journal.pending()).isZero();
    assertThat(journal.verify().unsigned()).isEqualTo(1);
    seconds = 10;
    sealing.round();
    assertThat(journal.verify().unsigned()).isZero();
    String signed = checkpoint();
    seconds = 30;
    sealing.round();
    assertThat(checkpoint()).as("nothing new").isEqualTo(signed);
  }

  @Test
  void aJournalIsSignedAlsoWhileOthersWriteMoreThanARoundSeals() throws SQLException {
    sealing.round();
    record();
    var signed = new TreeSet<String>();
    var writes = new AtomicInteger(10);
    sealing.nanoTime =
        () -> {
          signed.add(checkpoint());
          if (writes.getAndDecrement() > 0) {
            seconds += 5;
            record();
          }
          return TimeUnit.SECONDS.toNanos(seconds);
        };
    sealing.round();
    assertThat(signed).hasSizeGreaterThan(3);
    assertThat(journal.pending()).isZero();
  }

  @Test
  void whatIsLeftIsSealedAndSignedAtTheEnd() throws SQLException {
    sealing.start();
    record();
    sealing.stop();
    assertThat(journal.pending()).isZero();
    assertThat(journal.verify().unsigned()).isZero();
  }

  private String checkpoint() {
    return journal.newestCheckpoint().orElseThrow();
  }

  private void record() {
    try (Connection connection = source.getConnection()) {
      EntryTable.add(
          connection,
          Instant.now(),
          new AuditEvent("olga", null, "CREATE", "users", "7", Outcome.SUCCESS, null, null),
          StateHmacs.NONE);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
