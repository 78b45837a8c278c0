package bulla.keyring;

import java.sql.Connection;
import java.sql.SQLException;

/** The database, as the keyring uses it. */
interface KeyDatabase {
  /** Something to do with a connection, which the work does not close. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /**
   * Does {@code work} in a transaction of its own, which is committed when this returns.
   *
   * @throws KeyringException if the database fails
   */
  <T> T inOwnTransaction(Work<T> work);

  /**
   * Does {@code work} in the transaction of the caller.
   *
   * @throws KeyringException if the database fails; the transaction is then rolled back
   */
  <T> T inTransaction(Work<T> work);
}
