package bulla.keyring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;

/** Keeps the key encryption keys in the table {@code keyring_kek}. */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class JpaKeyEncryptionKeyRepository implements KeyEncryptionKeyRepository {
  @PersistenceContext(unitName = "keyring")
  EntityManager entityManager;

  @Override
  public List<KeyEncryptionKey> ofModule(String module) {
    return entityManager
        .createQuery(
            "select k from KeyEncryptionKey k where k.module = :module order by k.version",
            KeyEncryptionKey.class)
        .setParameter("module", module)
        .getResultList();
  }

  @Override
  public List<KeyEncryptionKey> all() {
    return entityManager
        .createQuery(
            "select k from KeyEncryptionKey k order by k.module, k.version", KeyEncryptionKey.class)
        .getResultList();
  }

  @Override
  public void add(KeyEncryptionKey key) {
    entityManager.persist(key);
    entityManager.flush();
  }
}
