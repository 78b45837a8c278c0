package bulla.pim.dataelement;

import bulla.pim.object.JpaRowsByNumber;
import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps the wrapped keys in the table {@code pim_data_element_key}. */
@Dependent
class JpaElementKeyRepository implements ElementKeyRepository {
  @PersistenceContext(unitName = "pim")
  EntityManager entityManager;

  @Override
  public void add(ElementKey key) {
    entityManager.persist(key);
  }

  @Override
  public List<ElementKey> ofElements(Collection<Long> dataElementIds) {
    List<ElementKey> found =
        JpaRowsByNumber.read(
            entityManager,
            ElementKey.class,
            "select k from ElementKey k",
            "k.dataElementId",
            ElementKey::dataElementId,
            JpaRowsByNumber.NO_OTHERS,
            dataElementIds);
    found.sort(Comparator.comparingInt(ElementKey::version));
    return found;
  }

  @Override
  public Map<Long, Long> newest(Collection<Long> dataElementIds) {
    Map<Long, Long> newest = new HashMap<>();
    JpaRowsByNumber.read(
            entityManager,
            Object[].class,
            "select k.dataElementId, k.id from ElementKey k",
            "k.dataElementId",
            row -> (Long) row[0],
            JpaRowsByNumber.NO_OTHERS,
            dataElementIds)
        .forEach(row -> newest.merge((Long) row[0], (Long) row[1], Math::max));
    return newest;
  }

  @Override
  public long newest() {
    Long newest =
        entityManager
            .createQuery("select max(k.id) from ElementKey k", Long.class)
            .getSingleResult();
    return newest == null ? 0 : newest;
  }

  @Override
  public void removeAll(long dataElementId) {
    entityManager
        .createQuery("delete from ElementKey k where k.dataElementId = :element")
        .setParameter("element", dataElementId)
        .executeUpdate();
  }
}
