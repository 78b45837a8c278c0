package bulla.pim.initialization;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;

/** Keeps the row in the table {@code pim_initialization}, and the order in its own. */
@Dependent
class JpaInitializationRepository implements InitializationRepository {
  @PersistenceContext(unitName = "pim")
  EntityManager entityManager;

  @Override
  public Optional<Initialization> find() {
    return Optional.ofNullable(entityManager.find(Initialization.class, Initialization.ONLY));
  }

  @Override
  public void add(Initialization initialization) {
    entityManager.persist(initialization);
    entityManager.flush();
  }

  @Override
  public void lock() {
    countWhere("");
  }

  @Override
  public boolean countChange() {
    return countWhere(" and exists (select i.id from Initialization i)") == 1;
  }

  /** An update locks the row on every database; "select for update" is spelled in several ways. */
  private int countWhere(String condition) {
    return entityManager
        .createQuery(
            "update ChangeOrder c set c.changes = c.changes + 1 where c.id = :id" + condition)
        .setParameter("id", ChangeOrder.ONLY)
        .executeUpdate();
  }
}
