package bulla.audit;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.database.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EntryQueryTest {
  private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");
  private static final AuditEvent WHOLE =
      new AuditEvent(
          "olga", "192.0.2.1", "CREATE", "roles", "7", Outcome.REFUSED, "detail", "c0ffee");

  private final EmbeddedDataSource source = new EmbeddedDataSource();

  @BeforeEach
  void migrate() {
    source.setDatabaseName("memory:" + UUID.randomUUID());
    source.setCreateDatabase("create");
    Schema.migrate(source, "audit");
  }

  // The time lies in the hour that summer time skips in Europe.
  @Test
  void anEntryIsReadAsItWasWritten() throws SQLException {
    Instant time = Instant.parse("2026-03-29T02:30:00.123456Z");
    var states = new StateHmacs("0".repeat(64), "1".repeat(64));
    try (Connection connection = source.getConnection()) {
      EntryTable.add(connection, time, WHOLE, states);
    }
    assertThat(find(EventFilter.ALL, 0, 10))
        .singleElement()
        .satisfies(
            read -> {
              assertThat(read.time()).isEqualTo(time);
              assertThat(read.event()).isEqualTo(WHOLE);
              assertThat(read.states()).isEqualTo(states);
            });
  }

  @Test
  void whatIsAbsentIsReadAsAbsent() throws SQLException {
    var bare = new AuditEvent(null, null, "LOGIN", null, null, Outcome.SUCCESS, null, null);
    add(NOON, bare);
    assertThat(find(EventFilter.ALL, 0, 10))
        .singleElement()
        .satisfies(
            read -> {
              assertThat(read.event()).isEqualTo(bare);
              assertThat(read.states()).isEqualTo(StateHmacs.NONE);
            });
  }

  @Test
  void theNewestComeFirstAndPagesFollowEachOther() throws SQLException {
    for (String actor : List.of("a", "b", "c")) {
      add(NOON, event(actor, "CREATE", "roles", "1"));
    }
    assertThat(actors(find(EventFilter.ALL, 0, 2))).containsExactly("c", "b");
    assertThat(actors(find(EventFilter.ALL, 2, 2))).containsExactly("a");
    assertThat(find(EventFilter.ALL, 3, 2)).isEmpty();
    assertThat(count(EventFilter.ALL)).isEqualTo(3);
  }

  @Test
  void timesAreFromInclusiveToExclusive() throws SQLException {
    add(NOON.minusSeconds(1), event("early", "CREATE", "roles", "1"));
    add(NOON, event("noon", "CREATE", "roles", "1"));
    add(NOON.plusSeconds(1), event("late", "CREATE", "roles", "1"));
    var filter = new EventFilter(NOON, NOON.plusSeconds(1), null, null, null, null);
    assertThat(actors(find(filter, 0, 10))).containsExactly("noon");
    assertThat(count(filter)).isEqualTo(1);
  }

  @Test
  void everyTextOfTheFilterMustMatchWhole() throws SQLException {
    add(NOON, event("olga", "CREATE", "roles", "1"));
    add(NOON, event("olga", "DELETE", "roles", "1"));
    add(NOON, event("olga", "CREATE", "users", "1"));
    add(NOON, event("olga", "CREATE", "roles", "12"));
    add(NOON, event("Olga", "CREATE", "roles", "1"));
    assertThat(count(new EventFilter(null, null, "olga", null, null, null))).isEqualTo(4);
    assertThat(count(new EventFilter(null, null, "olga", "CREATE", null, null))).isEqualTo(3);
    assertThat(count(new EventFilter(null, null, "olga", "CREATE", "roles", null))).isEqualTo(2);
    assertThat(count(new EventFilter(null, null, "olga", "CREATE", "roles", "1"))).isEqualTo(1);
  }

  @Test
  void aFilterIsNeverReadAsSql() throws SQLException {
    add(NOON, event("olga", "CREATE", "roles", "1"));
    assertThat(count(new EventFilter(null, null, "x' or '1'='1", null, null, null))).isZero();
    assertThat(count(new EventFilter(null, null, "ol%", null, null, null))).isZero();
  }

  private static AuditEvent event(String actor, String action, String type, String id) {
    return new AuditEvent(actor, null, action, type, id, Outcome.SUCCESS, null, null);
  }

  private static List<String> actors(List<RecordedEvent> entries) {
    return entries.stream().map(entry -> entry.event().actor()).toList();
  }

  private void add(Instant time, AuditEvent event) throws SQLException {
    try (Connection connection = source.getConnection()) {
      EntryTable.add(connection, time, event, StateHmacs.NONE);
    }
  }

  private List<RecordedEvent> find(EventFilter filter, int first, int max) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return EntryQuery.of(filter).find(connection, first, max);
    }
  }

  private long count(EventFilter filter) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return EntryQuery.of(filter).count(connection);
    }
  }
}
