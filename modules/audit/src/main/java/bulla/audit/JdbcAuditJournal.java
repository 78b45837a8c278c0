package bulla.audit;

import bulla.database.Schema;
import bulla.database.StartStep;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;

/**
 * Writes the journal by JDBC and not by JPA: an entry is written where it is recorded, so that a
 * change learns at once that its entry failed, and no entity could ever be updated by accident.
 */
@ApplicationScoped
class JdbcAuditJournal implements StartStep, AuditJournal {
  @Resource(lookup = "jdbc/bulla")
  DataSource dataSource;

  @Override
  public int order() {
    return 200;
  }

  // After the keyring, before the modules whose changes are recorded.
  @Override
  public synchronized void start() {
    Schema.migrate(dataSource, "audit");
  }

  @Override
  @Transactional(Transactional.TxType.MANDATORY)
  public void recordChange(AuditEvent event) {
    write(event);
  }

  @Override
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void recordRefusal(AuditEvent event) {
    write(event);
  }

  private void write(AuditEvent event) {
    // Microseconds are what every database keeps.
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    try (Connection connection = dataSource.getConnection()) {
      EntryTable.add(connection, now, event);
    } catch (SQLException failed) {
      throw new AuditException("The audit journal cannot be written", failed);
    }
  }
}
