package bulla.identity.token;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps the sessions in the table {@code identity_session}. */
@ApplicationScoped
class JpaSessionRepository implements SessionRepository {
  @PersistenceContext(unitName = "identity")
  EntityManager entityManager;

  @Override
  public void add(Session session) {
    entityManager.persist(session);
  }

  @Override
  public Optional<Session> find(String id) {
    return Optional.ofNullable(entityManager.find(Session.class, id));
  }

  @Override
  public boolean rotate(String id, String usedHash, String nextHash, Instant expiresAt) {
    // The row lock of the first update makes the second one wait and then find another hash.
    return entityManager
            .createQuery(
                "update Session s set s.refreshHash = :next, s.expiresAt = :expires"
                    + " where s.id = :id and s.refreshHash = :used and s.revoked = false")
            .setParameter("next", nextHash)
            .setParameter("expires", expiresAt.toEpochMilli())
            .setParameter("id", id)
            .setParameter("used", usedHash)
            .executeUpdate()
        == 1;
  }

  @Override
  public void revoke(String id) {
    entityManager
        .createQuery("update Session s set s.revoked = true where s.id = :id")
        .setParameter("id", id)
        .executeUpdate();
  }

  @Override
  public List<String> beyond(int most, String userId, Instant now) {
    return entityManager
        .createQuery(
            "select s.id from Session s where s.userId = :user and s.revoked = false"
                + " and s.expiresAt > :now order by s.expiresAt desc, s.id",
            String.class)
        .setParameter("user", userId)
        .setParameter("now", now.toEpochMilli())
        .setFirstResult(most)
        .getResultList();
  }

  @Override
  public void remove(String id) {
    entityManager
        .createQuery("delete from Session s where s.id = :id")
        .setParameter("id", id)
        .executeUpdate();
  }

  @Override
  public void removeExpired(Instant time) {
    entityManager
        .createQuery("delete from Session s where s.expiresAt < :time")
        .setParameter("time", time.toEpochMilli())
        .executeUpdate();
  }
}
