package bulla.audit;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.database.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.junit.jupiter.api.Test;

class EntryQueryTest {
  private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");
  private static final AuditEvent WHOLE =
      new AuditEvent(
          "olga", "192.0.2.1", "CREATE", "roles", "7", Outcome.REFUSED, "detail", "c0ffee");

  private final EmbeddedDataSource source = TestDatabase.of("audit");

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
    var filter = new EventFilter(NOON, NOON.plusSeconds(1), null, null, null, null, null);
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
    assertThat(count(new EventFilter(null, null, "olga", null, null, null, null))).isEqualTo(4);
    assertThat(count(new EventFilter(null, null, "olga", "CREATE", null, null, null))).isEqualTo(3);
    assertThat(count(new EventFilter(null, null, "olga", "CREATE", "roles", null, null)))
        .isEqualTo(2);
    assertThat(count(new EventFilter(null, null, "olga", "CREATE", "roles", "1", null)))
        .isEqualTo(1);
  }

  @Test
  void aPageBeginsBeforeAnId() throws SQLException {
    for (int i = 0; i < 7; i++) {
      add(NOON, event("olga", "CREATE", "roles", "1"));
      add(NOON, event("else", "CREATE", "roles", "1"));
    }
    Long before = null;
    for (List<Long> expected : List.of(List.of(13L, 11L, 9L), List.of(7L, 5L, 3L), List.of(1L))) {
      var page = new EventFilter(null, null, "olga", null, null, null, before);
      List<Long> ids = find(page, 0, 3).stream().map(RecordedEvent::id).toList();
      assertThat(ids).isEqualTo(expected);
      before = ids.get(ids.size() - 1);
    }
    assertThat(count(new EventFilter(null, null, "olga", null, null, null, 7L))).isEqualTo(3);
  }

  private record Search(String actor, String action, String type, String id, String index) {
    EventFilter filter(Long before) {
      return new EventFilter(NOON, null, actor, action, type, id, before);
    }
  }

  /**
   * What Derby says of its plans: a page costs what is on it, and not what is in the journal or
   * matches the search.
   */
  @Test
  void aPageReadsAnIndexInItsOrderAndSortsNothing() throws SQLException {
    try (Connection connection = source.getConnection()) {
      fill(connection, 4000);
      for (Search search :
          List.of(
              new Search(null, null, null, null, "AUDIT_ENTRY_NEWEST"),
              new Search("user7", null, null, null, "AUDIT_ENTRY_ACTOR"),
              new Search(null, "UPDATE", null, null, "AUDIT_ENTRY_ACTION"),
              new Search(null, "RARE", null, null, "AUDIT_ENTRY_ACTION"),
              new Search(null, null, "users", "77", "AUDIT_ENTRY_OBJECT"))) {
        for (Long before : Arrays.asList(null, 3000L)) {
          assertThat(plan(connection, search.filter(before), 5))
              .as("%s before %s", search, before)
              .contains("INDEXSCAN " + search.index())
              .doesNotContain("SORT", "TABLESCAN", "ROWIDSCAN");
        }
      }
    }
  }

  /** The steps of the plan with the names of indexes, as Derby has kept them. */
  private static String plan(Connection connection, EventFilter filter, int max)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      String schema = "P" + UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
      statement.execute("call syscs_util.syscs_set_xplain_schema('" + schema + "')");
      statement.execute("call syscs_util.syscs_set_runtimestatistics(1)");
      assertThat(EntryQuery.of(filter).ids(connection, 0, max)).hasSize(max);
      statement.execute("call syscs_util.syscs_set_runtimestatistics(0)");
      statement.execute("call syscs_util.syscs_set_xplain_schema('')");
      var plan = new StringBuilder();
      try (var steps =
          statement.executeQuery(
              "select trim(op_identifier), scan_object_name from "
                  + schema
                  + ".sysxplain_resultsets r left join "
                  + schema
                  + ".sysxplain_scan_props p on r.scan_rs_id = p.scan_rs_id")) {
        while (steps.next()) {
          plan.append(steps.getString(1)).append(' ').append(steps.getString(2)).append('\n');
        }
      }
      return plan.toString();
    }
  }

  private static void fill(Connection connection, int entries) throws SQLException {
    connection.setAutoCommit(false);
    for (int i = 0; i < entries; i++) {
      String action = i % 500 == 0 ? "RARE" : "UPDATE";
      EntryTable.add(
          connection,
          NOON.plusSeconds(i),
          event("user" + i % 50, action, "users", Integer.toString(i % 300)),
          StateHmacs.NONE);
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  @Test
  void aFilterIsNeverReadAsSql() throws SQLException {
    add(NOON, event("olga", "CREATE", "roles", "1"));
    assertThat(count(new EventFilter(null, null, "x' or '1'='1", null, null, null, null))).isZero();
    assertThat(count(new EventFilter(null, null, "ol%", null, null, null, null))).isZero();
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
