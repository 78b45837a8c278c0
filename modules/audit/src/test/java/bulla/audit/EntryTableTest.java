package bulla.audit;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.database.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.junit.jupiter.api.Test;

class EntryTableTest {
  private final EmbeddedDataSource source = TestDatabase.of("audit");

  @Test
  void entriesAreNumberedInTheOrderInWhichTheyAreAdded() throws SQLException {
    try (Connection connection = source.getConnection()) {
      EntryTable.add(connection, Instant.EPOCH, event("one"), StateHmacs.NONE);
      EntryTable.add(connection, Instant.EPOCH, event("two"), StateHmacs.NONE);
    }
    assertThat(rows("select action from audit_entry order by id")).containsExactly("one", "two");
  }

  // The sample lies in the hour that summer time skips in Europe: local time could not hold it.
  @Test
  void timeIsKeptInUtcToTheMicrosecond() throws SQLException {
    try (Connection connection = source.getConnection()) {
      EntryTable.add(
          connection,
          Instant.parse("2026-03-29T02:30:00.123456Z"),
          event("login"),
          StateHmacs.NONE);
    }
    assertThat(rows("select cast(happened_at as varchar(40)) from audit_entry"))
        .containsExactly("2026-03-29 02:30:00.123456");
  }

  @Test
  void everyMemberIsKeptAtItsBound() throws SQLException {
    String huge = "鍵".repeat(5000);
    var event = new AuditEvent(huge, huge, huge, huge, huge, Outcome.FAILED, huge, huge);
    try (Connection connection = source.getConnection()) {
      EntryTable.add(connection, Instant.EPOCH, event, StateHmacs.NONE);
    }
    assertThat(
            rows(
                "select actor || '|' || address || '|' || action || '|' || object_type || '|' || object_id || '|' || outcome || '|' || detail || '|' || correlation_id from audit_entry"))
        .containsExactly(
            String.join(
                "|",
                event.actor(),
                event.address(),
                event.action(),
                event.objectType(),
                event.objectId(),
                "FAILED",
                event.detail(),
                event.correlationId()));
  }

  @Test
  void manyMayWriteAtOnceAfterAStart() throws Exception {
    int writers = 8;
    EntryTable.prepare(source);
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      var together = new CyclicBarrier(writers);
      Callable<Void> writer =
          () -> {
            try (Connection connection = source.getConnection()) {
              together.await();
              for (int i = 0; i < 30; i++) {
                EntryTable.add(connection, Instant.EPOCH, event("login"), StateHmacs.NONE);
              }
              return null;
            }
          };
      for (Future<Void> done : threads.invokeAll(Collections.nCopies(writers, writer))) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(rows("select action from audit_entry")).hasSize(writers * 30).containsOnly("login");
    assertThat(rows("select action from audit_entry join audit_pending on id = entry_id"))
        .hasSize(writers * 30);
  }

  @Test
  void whatIsRolledBackLeavesNoEntry() throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      EntryTable.add(connection, Instant.EPOCH, event("login"), StateHmacs.NONE);
      connection.rollback();
    }
    assertThat(rows("select action from audit_entry")).isEmpty();
  }

  private static AuditEvent event(String action) {
    return new AuditEvent(null, null, action, null, null, Outcome.SUCCESS, null, null);
  }

  private List<String> rows(String query) throws SQLException {
    var rows = new ArrayList<String>();
    try (Connection connection = source.getConnection();
        var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }
}
