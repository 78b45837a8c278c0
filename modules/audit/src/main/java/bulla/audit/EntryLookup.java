package bulla.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Reads entries of the table {@code audit_entry} by their ids, one at a time. A join with the table
 * that has the ids, or a list of them, would be one statement for many; but Derby plans it by the
 * size that the table had when it was first asked, and with a plan from the first minute reads the
 * whole table for each thousand entries.
 */
final class EntryLookup implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("bulla.audit");

  private final PreparedStatement select;

  EntryLookup(Connection connection) throws SQLException {
    select =
        connection.prepareStatement(
            "select id, happened_at, actor, address, action, object_type, object_id, outcome,"
                + " detail, correlation_id, before_hmac, after_hmac from audit_entry where id = ?");
  }

  /**
   * The entry with this id, if there is one. A row that no server can have written, because
   * somebody else changed it, is none.
   */
  Optional<RecordedEvent> find(long id) throws SQLException {
    select.setLong(1, id);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(entry(row)) : Optional.empty();
    } catch (IllegalArgumentException foreign) {
      LOG.log(
          System.Logger.Level.ERROR,
          "The journal''s row {0} is not as a server writes it: {1}",
          id,
          foreign.getMessage());
      return Optional.empty();
    }
  }

  private static RecordedEvent entry(ResultSet row) throws SQLException {
    return new RecordedEvent(
        row.getLong("id"),
        row.getTimestamp("happened_at", EntryTable.utc()).toInstant(),
        new AuditEvent(
            row.getString("actor"),
            row.getString("address"),
            row.getString("action"),
            row.getString("object_type"),
            row.getString("object_id"),
            Outcome.valueOf(row.getString("outcome")),
            row.getString("detail"),
            row.getString("correlation_id")),
        new StateHmacs(row.getString("before_hmac"), row.getString("after_hmac")));
  }

  @Override
  public void close() throws SQLException {
    select.close();
  }
}
