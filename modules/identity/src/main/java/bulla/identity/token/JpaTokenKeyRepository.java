package bulla.identity.token;

import bulla.commonops.problem.SqlViolation;
import bulla.identity.token.TokenKey.Purpose;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;

/** Keeps the token keys in the table {@code identity_token_key}. */
@ApplicationScoped
class JpaTokenKeyRepository implements TokenKeyRepository {
  @PersistenceContext(unitName = "identity")
  EntityManager entityManager;

  private JpaInsertion insertion;

  /** For the container's proxies. */
  protected JpaTokenKeyRepository() {}

  @Inject
  JpaTokenKeyRepository(JpaInsertion insertion) {
    this.insertion = insertion;
  }

  @Override
  @Transactional
  public List<TokenKey> newest(Purpose purpose) {
    return entityManager
        .createQuery(
            "select k from TokenKey k where k.purpose = :purpose order by k.version desc",
            TokenKey.class)
        .setParameter("purpose", purpose)
        .setMaxResults(2)
        .getResultList();
  }

  @Override
  public boolean add(TokenKey key) {
    try {
      insertion.insert(key);
      return true;
    } catch (RuntimeException failed) {
      if (SqlViolation.UNIQUE.caused(failed)) {
        return false;
      }
      throw failed;
    }
  }

  @Override
  public void addNext(TokenKey key) {
    entityManager.persist(key);
    entityManager.flush();
  }

  @Override
  public void removeBefore(Purpose purpose, int version) {
    entityManager
        .createQuery("delete from TokenKey k where k.purpose = :purpose and k.version < :version")
        .setParameter("purpose", purpose)
        .setParameter("version", version)
        .executeUpdate();
  }

  /** The transaction that may fail, apart from the one that must not. */
  @ApplicationScoped
  static class JpaInsertion {
    @PersistenceContext(unitName = "identity")
    EntityManager entityManager;

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void insert(TokenKey key) {
      entityManager.persist(key);
      entityManager.flush();
    }
  }
}
