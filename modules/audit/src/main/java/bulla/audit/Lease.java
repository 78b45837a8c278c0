package bulla.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The right to do a work that only one server does at a time. Its owner counts it up; another
 * server takes it over when the count has stood still for some time by its own clock, so that the
 * servers' clocks need not agree. Not a lock: who works longer than that may meet another, and must
 * not harm by it.
 */
final class Lease {
  private final DataSource dataSource;
  private final String name;
  private final Duration patience;
  private final String self = UUID.randomUUID().toString();
  private String seenOwner;
  private long seenRenewal;
  private long seenAt;

  /**
   * The lease of this name.
   *
   * @param patience how long it may stand still before another takes it
   */
  Lease(DataSource dataSource, String name, Duration patience) {
    this.dataSource = dataSource;
    this.name = name;
    this.patience = patience;
  }

  /**
   * Gives up what a process before this one held when it was killed, where there can be no other
   * server: an embedded Derby database belongs to one process.
   */
  void begin() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      String url = connection.getMetaData().getURL();
      if (url.startsWith("jdbc:derby:") && !url.startsWith("jdbc:derby://")) {
        try (PreparedStatement update =
            connection.prepareStatement("update audit_lease set owner = null where name = ?")) {
          update.setString(1, name);
          update.executeUpdate();
        }
      }
    }
  }

  /** Takes or renews it; answers whether it is this server's now. */
  synchronized boolean hold() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      String owner;
      long renewal;
      try (PreparedStatement select =
          connection.prepareStatement("select owner, renewal from audit_lease where name = ?")) {
        select.setString(1, name);
        try (ResultSet row = select.executeQuery()) {
          if (!row.next()) {
            return create(connection);
          }
          owner = row.getString(1);
          renewal = row.getLong(2);
        }
      }
      if (owner == null || owner.equals(self) || hasStoodStill(owner, renewal)) {
        return update(connection, self, renewal);
      }
      return false;
    }
  }

  /** Gives it up, if it is this server's. */
  synchronized void release() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update audit_lease set owner = null where name = ? and owner = ?")) {
      update.setString(1, name);
      update.setString(2, self);
      update.executeUpdate();
    }
  }

  private boolean hasStoodStill(String owner, long renewal) {
    if (!owner.equals(seenOwner) || renewal != seenRenewal) {
      seenOwner = owner;
      seenRenewal = renewal;
      seenAt = System.nanoTime();
      return false;
    }
    return System.nanoTime() - seenAt > patience.toNanos();
  }

  private boolean update(Connection connection, String owner, long renewal) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update audit_lease set owner = ?, renewal = renewal + 1 where name = ? and renewal ="
                + " ?")) {
      update.setString(1, owner);
      update.setString(2, name);
      update.setLong(3, renewal);
      return update.executeUpdate() == 1;
    }
  }

  private boolean create(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into audit_lease (name, owner, renewal) values (?, ?, 1)")) {
      insert.setString(1, name);
      insert.setString(2, self);
      insert.executeUpdate();
      return true;
    } catch (SQLException failed) {
      if (Transactions.isDuplicate(failed)) {
        // Another server was faster.
        return false;
      }
      throw failed;
    }
  }
}
