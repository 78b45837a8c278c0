package bulla.audit;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Transactions of the database alone, for work that no caller's transaction belongs to. */
final class Transactions {
  private Transactions() {}

  /** What is done in one. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /** Whether a row was there already (SQLSTATE, ISO/IEC 9075, class 23). */
  static boolean isDuplicate(SQLException failed) {
    return failed.getSQLState() != null && failed.getSQLState().startsWith("23");
  }

  /** Does {@code work} and commits it, or takes it back when it throws. */
  static <T> T in(DataSource dataSource, Work<T> work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.with(connection);
        connection.commit();
        return result;
      } finally {
        // After a commit there is nothing to take back.
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }
}
