package bulla.keyring;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The server's database, in the container's transactions. */
@ApplicationScoped
class JtaKeyDatabase implements KeyDatabase {
  @Resource(lookup = "jdbc/bulla")
  DataSource dataSource;

  @Override
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public <T> T inOwnTransaction(Work<T> work) {
    return with(work);
  }

  @Override
  @Transactional(Transactional.TxType.MANDATORY)
  public <T> T inTransaction(Work<T> work) {
    return with(work);
  }

  private <T> T with(Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      return work.with(connection);
    } catch (SQLException failed) {
      throw new KeyringException("The keys cannot be read or written", failed);
    }
  }
}
