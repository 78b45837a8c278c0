package bulla.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.TimeZone;
import javax.sql.DataSource;

/** The table {@code audit_entry}, to which rows are only ever added. */
final class EntryTable {
  private static final String INSERT =
      """
      insert into audit_entry (happened_at, actor, address, action, object_type, object_id,
        outcome, detail, correlation_id, before_hmac, after_hmac)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String INSERT_PENDING = "insert into audit_pending (entry_id) values (?)";

  private EntryTable() {}

  /**
   * Adds {@code event}, which happened at {@code time}, by {@code connection}; it waits for its
   * place in the chain from the commit on.
   */
  static void add(Connection connection, Instant time, AuditEvent event, StateHmacs states)
      throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement(INSERT, Statement.RETURN_GENERATED_KEYS);
        PreparedStatement pending = connection.prepareStatement(INSERT_PENDING)) {
      insert.setTimestamp(1, Timestamp.from(time), utc());
      insert.setString(2, event.actor());
      insert.setString(3, event.address());
      insert.setString(4, event.action());
      insert.setString(5, event.objectType());
      insert.setString(6, event.objectId());
      insert.setString(7, event.outcome().name());
      insert.setString(8, event.detail());
      insert.setString(9, event.correlationId());
      insert.setString(10, states.before());
      insert.setString(11, states.after());
      insert.executeUpdate();
      try (ResultSet id = insert.getGeneratedKeys()) {
        id.next();
        pending.setLong(1, id.getLong(1));
      }
      pending.executeUpdate();
    }
  }

  /**
   * Writes an entry and takes it back. The first writers after a start must not come together:
   * Derby then refuses some of them, because they wait for each other where the ids come from.
   */
  static void prepare(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        add(
            connection,
            Instant.EPOCH,
            new AuditEvent(null, null, "PREPARE", null, null, Outcome.SUCCESS, null, null),
            StateHmacs.NONE);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  /**
   * The columns have no time zone: without the calendar a driver would write and read local time.
   */
  static Calendar utc() {
    return Calendar.getInstance(TimeZone.getTimeZone(ZoneOffset.UTC));
  }
}
