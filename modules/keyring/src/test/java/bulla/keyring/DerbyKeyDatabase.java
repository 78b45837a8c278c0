package bulla.keyring;

import bulla.database.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.derby.jdbc.EmbeddedDataSource;

/** A database in memory, with the transactions that the container makes in the server. */
final class DerbyKeyDatabase implements KeyDatabase {
  private final EmbeddedDataSource source = TestDatabase.of("keyring");
  private static final ThreadLocal<Connection> CALLERS = new ThreadLocal<>();

  void execute(String statement) {
    inOwnTransaction(connection -> connection.createStatement().executeUpdate(statement));
  }

  /** Runs what is called in a transaction of the caller's; it is rolled back where that throws. */
  void calling(Runnable caller) {
    inOwnTransaction(
        connection -> {
          CALLERS.set(connection);
          try {
            caller.run();
          } finally {
            CALLERS.remove();
          }
          return null;
        });
  }

  @Override
  public <T> T inOwnTransaction(Work<T> work) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.with(connection);
        connection.commit();
        return result;
      } finally {
        connection.rollback();
      }
    } catch (SQLException failed) {
      throw new KeyringException("The keys cannot be read or written", failed);
    }
  }

  @Override
  public <T> T inTransaction(Work<T> work) {
    try {
      return work.with(CALLERS.get());
    } catch (SQLException failed) {
      throw new KeyringException("The keys cannot be read or written", failed);
    }
  }
}
