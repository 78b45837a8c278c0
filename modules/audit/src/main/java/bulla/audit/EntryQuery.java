package bulla.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A search in the table {@code audit_entry}. Texts of the filter are always parameters. */
final class EntryQuery {
  private final StringBuilder where = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  private EntryQuery() {}

  static EntryQuery of(EventFilter filter) {
    var query = new EntryQuery();
    query.add("happened_at >= ?", filter.from());
    query.add("happened_at < ?", filter.to());
    query.add("actor = ?", filter.actor());
    query.add("action = ?", filter.action());
    query.add("object_type = ?", filter.objectType());
    query.add("object_id = ?", filter.objectId());
    query.add("id < ?", filter.before());
    return query;
  }

  private void add(String condition, Object value) {
    if (value != null) {
      where.append(where.isEmpty() ? " where " : " and ").append(condition);
      values.add(value);
    }
  }

  /**
   * {@code max} matching entries after the first {@code first}, the newest first. First their ids,
   * which the indexes have in this order, then their rows: asked for both at once, Derby sorts all
   * that match.
   */
  List<RecordedEvent> find(Connection connection, int first, int max) throws SQLException {
    var found = new ArrayList<RecordedEvent>();
    try (var entries = new EntryLookup(connection)) {
      for (long id : ids(connection, first, max)) {
        entries.find(id).ifPresent(found::add);
      }
    }
    return found;
  }

  /** Their ids alone. */
  List<Long> ids(Connection connection, int first, int max) throws SQLException {
    String query =
        "select id from audit_entry"
            + where
            + " order by id desc offset ? rows fetch next ? rows only";
    var ids = new ArrayList<Long>();
    try (PreparedStatement select = connection.prepareStatement(query)) {
      int at = bind(select);
      select.setInt(at, first);
      select.setInt(at + 1, max);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
    }
    return ids;
  }

  /** How many entries match. */
  long count(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select count(*) from audit_entry" + where)) {
      bind(select);
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  // Returns the number of the next parameter.
  private int bind(PreparedStatement select) throws SQLException {
    int at = 1;
    for (Object value : values) {
      if (value instanceof Instant time) {
        select.setTimestamp(at, Timestamp.from(time), EntryTable.utc());
      } else if (value instanceof Long id) {
        select.setLong(at, id);
      } else {
        select.setString(at, (String) value);
      }
      at++;
    }
    return at;
  }
}
