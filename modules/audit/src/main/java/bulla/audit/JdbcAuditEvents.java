package bulla.audit;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Reads the table that {@link JdbcAuditJournal} writes. */
@ApplicationScoped
class JdbcAuditEvents implements AuditEvents {
  @Resource(lookup = "jdbc/bulla")
  DataSource dataSource;

  @Override
  public List<RecordedEvent> find(EventFilter filter, int first, int max) {
    try (Connection connection = dataSource.getConnection()) {
      return EntryQuery.of(filter).find(connection, first, max);
    } catch (SQLException failed) {
      throw unreadable(failed);
    }
  }

  @Override
  public long count(EventFilter filter) {
    try (Connection connection = dataSource.getConnection()) {
      return EntryQuery.of(filter).count(connection);
    } catch (SQLException failed) {
      throw unreadable(failed);
    }
  }

  private static AuditException unreadable(SQLException failed) {
    return new AuditException("The audit journal cannot be read", failed);
  }
}
