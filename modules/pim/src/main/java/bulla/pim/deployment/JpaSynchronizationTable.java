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
            .createQuery(
                "update SynchronizationTime t set t.nextAt = :then, t.leased = true"
                    + " where t.nextAt <= :now")
            .setParameter("then", now.plus(lease))
            .setParameter("now", now)
            .executeUpdate()
        == 1;
  }

  @Override
  public boolean prolong(Instant said, Instant longer) {
    return move(said, longer, true);
  }

  @Override
  public void end(Instant said, Instant next) {
    move(said, next, false);
  }

  private boolean move(Instant said, Instant next, boolean leased) {
    return entityManager
            .createQuery(
                "update SynchronizationTime t set t.nextAt = :next, t.leased = :leased"
                    + " where t.nextAt = :said")
            .setParameter("next", next)
            .setParameter("leased", leased)
            .setParameter("said", said)
            .executeUpdate()
        == 1;
  }

  @Override
  public void bringForward(Instant latest) {
    entityManager
        .createQuery(
            "update SynchronizationTime t set t.nextAt = :latest"
                + " where t.nextAt > :latest and t.leased = false")
        .setParameter("latest", latest)
        .executeUpdate();
  }
}
