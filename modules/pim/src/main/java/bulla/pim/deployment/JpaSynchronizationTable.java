package bulla.pim.deployment;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/** Keeps the time in the one row of the table {@code pim_role_synchronization}. */
@Dependent
@Transactional
class JpaSynchronizationTable implements SynchronizationTable {
  @PersistenceContext(unitName = "pim")
  EntityManager entityManager;

  @Override
  public boolean take(Instant now, Duration lease) {
    return entityManager
            .createQuery("update SynchronizationTime t set t.nextAt = :then where t.nextAt <= :now")
            .setParameter("then", now.plus(lease))
            .setParameter("now", now)
            .executeUpdate()
        == 1;
  }

  @Override
  public boolean move(Instant said, Instant next) {
    return entityManager
            .createQuery("update SynchronizationTime t set t.nextAt = :next where t.nextAt = :said")
            .setParameter("next", next)
            .setParameter("said", said)
            .executeUpdate()
        == 1;
  }
}
