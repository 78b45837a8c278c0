package bulla.pim.datastore;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** Keeps the export keys in the table {@code pim_export_key}. */
@Dependent
class JpaExportKeyRepository implements ExportKeyRepository {
  @PersistenceContext(unitName = "pim")
  EntityManager entityManager;

  @Override
  public List<StoredExportKey> ofStore(long dataStoreId) {
    return entityManager
        .createQuery(
            "select k from StoredExportKey k where k.dataStoreId = :store order by k.id",
            StoredExportKey.class)
        .setParameter("store", dataStoreId)
        .getResultList();
  }

  @Override
  public Optional<StoredExportKey> find(long dataStoreId, long id) {
    return Optional.ofNullable(entityManager.find(StoredExportKey.class, id))
        .filter(key -> key.dataStoreId() == dataStoreId);
  }

  @Override
  public Optional<StoredExportKey> withFingerprint(String fingerprint) {
    return entityManager
        .createQuery(
            "select k from StoredExportKey k where k.fingerprint = :fingerprint",
            StoredExportKey.class)
        .setParameter("fingerprint", fingerprint)
        .getResultStream()
        .findFirst();
  }

  @Override
  public void add(StoredExportKey key) {
    entityManager.persist(key);
    entityManager.flush();
  }

  @Override
  public void remove(StoredExportKey key) {
    entityManager.remove(key);
  }
}
