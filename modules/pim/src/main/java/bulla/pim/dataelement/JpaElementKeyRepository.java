package bulla.pim.dataelement;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps the wrapped keys in the table {@code pim_data_element_key}. */
@Dependent
class JpaElementKeyRepository implements ElementKeyRepository {
  private static final int MOST_PARAMETERS = 1000;

  @PersistenceContext(unitName = "pim")
  EntityManager entityManager;

  @Override
  public void add(ElementKey key) {
    entityManager.persist(key);
  }

  @Override
  public List<ElementKey> ofElements(Collection<Long> dataElementIds) {
    List<Long> wanted = List.copyOf(dataElementIds);
    List<ElementKey> found = new ArrayList<>(wanted.size());
    for (int from = 0; from < wanted.size(); from += MOST_PARAMETERS) {
      found.addAll(
          entityManager
              .createQuery(
                  "select k from ElementKey k where k.dataElementId in :elements order by"
                      + " k.version",
                  ElementKey.class)
              .setParameter(
                  "elements", wanted.subList(from, Math.min(from + MOST_PARAMETERS, wanted.size())))
              .getResultList());
    }
    return found;
  }

  @Override
  public Map<Long, Long> newest(Collection<Long> dataElementIds) {
    List<Long> wanted = List.copyOf(dataElementIds);
    Map<Long, Long> newest = new HashMap<>();
    for (int from = 0; from < wanted.size(); from += MOST_PARAMETERS) {
      entityManager
          .createQuery(
              "select k.dataElementId, max(k.id) from ElementKey k"
                  + " where k.dataElementId in :elements group by k.dataElementId",
              Object[].class)
          .setParameter(
              "elements", wanted.subList(from, Math.min(from + MOST_PARAMETERS, wanted.size())))
          .getResultList()
          .forEach(row -> newest.put((Long) row[0], (Long) row[1]));
    }
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
