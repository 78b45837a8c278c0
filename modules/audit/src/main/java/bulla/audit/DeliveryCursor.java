package bulla.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How far a destination has taken the journal: the table {@code audit_destination}.
 *
 * @param delivered the last entry that it has taken; 0 before the first
 * @param checkpointed the entry that the last checkpoint names that it has taken; -1 before the
 *     first
 */
record DeliveryCursor(long delivered, long checkpointed) {
  private static final DeliveryCursor BEGINNING = new DeliveryCursor(0, -1);

  /** How far the destination of this name has come. */
  static DeliveryCursor of(Connection connection, String name) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select delivered, checkpointed from audit_destination where name = ?")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? new DeliveryCursor(row.getLong(1), row.getLong(2)) : BEGINNING;
      }
    }
  }

  /**
   * Notes that it has come from {@code from} to {@code to}; nothing where another server has noted
   * something else meanwhile.
   */
  static void advance(Connection connection, String name, DeliveryCursor from, DeliveryCursor to)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update audit_destination set delivered = ?, checkpointed = ? where name = ? and"
                + " delivered = ? and checkpointed = ?")) {
      update.setLong(1, to.delivered);
      update.setLong(2, to.checkpointed);
      update.setString(3, name);
      update.setLong(4, from.delivered);
      update.setLong(5, from.checkpointed);
      if (update.executeUpdate() == 1 || !from.equals(BEGINNING)) {
        return;
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into audit_destination (name, delivered, checkpointed) values (?, ?, ?)")) {
      insert.setString(1, name);
      insert.setLong(2, to.delivered);
      insert.setLong(3, to.checkpointed);
      insert.executeUpdate();
    } catch (SQLException failed) {
      // Where another server was faster, the lines come again.
      if (!Transactions.isDuplicate(failed)) {
        throw failed;
      }
    }
  }
}
