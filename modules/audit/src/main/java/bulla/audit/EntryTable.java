package bulla.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.TimeZone;

/** The table {@code audit_entry}, to which rows are only ever added. */
final class EntryTable {
  private static final String INSERT =
      """
      insert into audit_entry (happened_at, actor, address, action, object_type, object_id,
        outcome, detail, correlation_id)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private EntryTable() {}

  /** Adds {@code event}, which happened at {@code time}, by {@code connection}. */
  static void add(Connection connection, Instant time, AuditEvent event) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      // The column has no time zone: without the calendar the driver would write local time.
      insert.setTimestamp(
          1, Timestamp.from(time), Calendar.getInstance(TimeZone.getTimeZone(ZoneOffset.UTC)));
      insert.setString(2, event.actor());
      insert.setString(3, event.address());
      insert.setString(4, event.action());
      insert.setString(5, event.objectType());
      insert.setString(6, event.objectId());
      insert.setString(7, event.outcome().name());
      insert.setString(8, event.detail());
      insert.setString(9, event.correlationId());
      insert.executeUpdate();
    }
  }
}
