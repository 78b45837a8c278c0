package bulla.pim.datastore;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** Keeps the ranges in the table {@code pim_range}. */
@Dependent
class JpaRangeRepository implements RangeRepository {
  @PersistenceContext(unitName = "pim")
  EntityManager entityManager;

  @Override
  public List<StoredRange> ofStore(long dataStoreId) {
    return entityManager
        .createQuery(
            "select r from StoredRange r where r.dataStoreId = :store order by r.id",
            StoredRange.class)
        .setParameter("store", dataStoreId)
        .getResultList();
  }

  @Override
  public Optional<StoredRange> find(long dataStoreId, long id) {
    return Optional.ofNullable(entityManager.find(StoredRange.class, id))
        .filter(range -> range.dataStoreId() == dataStoreId);
  }

  @Override
  public Optional<StoredRange> overlapping(NetworkAddress lowest, NetworkAddress highest) {
    return entityManager
        .createQuery(
            "select r from StoredRange r where r.lowest <= :highest and r.highest >= :lowest"
                + " order by r.id",
            StoredRange.class)
        .setParameter("lowest", lowest.digits())
        .setParameter("highest", highest.digits())
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  @Override
  public void add(StoredRange range) {
    entityManager.persist(range);
    entityManager.flush();
  }

  @Override
  public void remove(StoredRange range) {
    entityManager.remove(range);
    entityManager.flush();
  }
}
