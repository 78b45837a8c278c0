package bulla.pim.initialization;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;

/** Keeps the row in the table {@code pim_initialization}. */
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
  public boolean countChange() {
    // An update locks the row on every database; "select for update" is spelled in several ways.
    return entityManager
            .createQuery("update Initialization i set i.changes = i.changes + 1 where i.id = :id")
            .setParameter("id", Initialization.ONLY)
            .executeUpdate()
        == 1;
  }
}
