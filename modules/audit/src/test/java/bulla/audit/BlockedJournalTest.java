package bulla.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.database.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where somebody else holds the journal's table, as the server meets it with Derby. */
class BlockedJournalTest {
  private static final Duration WAIT = Duration.ofSeconds(2);

  private final EmbeddedDataSource source = TestDatabase.of("audit");
  private final JdbcAuditJournal journal = new JdbcAuditJournal();
  private final JdbcAuditEvents events = new JdbcAuditEvents();

  @BeforeEach
  void migrate() throws SQLException {
    journal.dataSource = source;
    events.dataSource = source;
    journal.recordRefusal(event("before"));
    sql("create table changed (name varchar(10))");
    sql("create table others (name varchar(10))");
    sql("insert into others values ('x')");
    // The launcher gives the server 10 seconds.
    sql(
        "call syscs_util.syscs_set_database_property('derby.locks.waitTimeout', '%d')"
            .formatted(WAIT.toSeconds()));
  }

  @Test
  void aChangeIsRefusedAfterABoundedWaitAndReadersGoOn() throws Exception {
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try (Connection blocker = source.getConnection()) {
      blocker.setAutoCommit(false);
      blocker.createStatement().execute("lock table audit_pending in share mode");
      long begin = System.nanoTime();
      Future<Void> change = writer.submit(() -> change("during"));
      int reads = 0;
      while (!change.isDone()) {
        long read = System.nanoTime();
        assertThat(rows("others")).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - read)).isLessThan(WAIT);
        reads++;
      }
      assertThatThrownBy(change::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(SQLException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(WAIT.multipliedBy(5));
      assertThat(events.find(EventFilter.ALL, 0, 10)).as("the journal is read").hasSize(1);
      assertThat(reads).as("reads while the writer waited").isGreaterThan(5);
      blocker.rollback();
      blocker.createStatement().execute("lock table audit_entry in exclusive mode");
      assertThatThrownBy(() -> journal.recordRefusal(event("refusal")))
          .isInstanceOf(AuditException.class);
      blocker.rollback();
    } finally {
      writer.shutdownNow();
    }
    assertThat(rows("changed")).as("no change without its entry").isZero();
    change("after");
    assertThat(rows("changed")).isEqualTo(1);
    assertThat(events.find(EventFilter.ALL, 0, 10))
        .extracting(entry -> entry.event().action())
        .containsExactly("after", "before");
  }

  /** A change with its entry, as a service makes it. */
  private Void change(String action) throws SQLException {
    return Transactions.in(
        source,
        connection -> {
          connection.createStatement().execute("insert into changed values ('x')");
          EntryTable.add(connection, Instant.now(), event(action), StateHmacs.NONE);
          return null;
        });
  }

  private int rows(String table) throws SQLException {
    try (Connection connection = source.getConnection();
        var count = connection.createStatement();
        var row = count.executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getInt(1);
    }
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = source.getConnection();
        var execution = connection.createStatement()) {
      execution.execute(statement);
    }
  }

  private static AuditEvent event(String action) {
    return new AuditEvent(null, null, action, null, null, Outcome.SUCCESS, null, null);
  }
}
