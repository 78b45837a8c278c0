package bulla.audit;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
class JdbcAuditJournal implements AuditJournal {
  @Resource(lookup = "jdbc/bulla")
  DataSource dataSource;

  @Inject StateProof proof;

  @Override
  @Transactional(Transactional.TxType.MANDATORY)
  public void recordChange(AuditEvent event, ObjectStates states) {
    write(event, StateHmacs.of(states, proof));
  }

  @Override
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void recordRefusal(AuditEvent event) {
    write(event, StateHmacs.NONE);
  }

  private void write(AuditEvent event, StateHmacs states) {
    // Microseconds are what every database keeps.
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    try (Connection connection = dataSource.getConnection()) {
      EntryTable.add(connection, now, event, states);
    } catch (SQLException failed) {
      throw new AuditException("The audit journal cannot be written", failed);
    }
  }
}
