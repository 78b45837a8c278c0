package bulla.identity.user;

import bulla.commonops.http.Page;
import bulla.commonops.problem.SqlViolation;
import bulla.identity.problem.IdentityProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keeps the users in the tables {@code identity_user} and {@code identity_user_role}. */
@ApplicationScoped
class JpaUserRepository implements UserRepository {
  @PersistenceContext(unitName = "identity")
  EntityManager entityManager;

  @Override
  public Optional<User> find(String id) {
    return Optional.ofNullable(entityManager.find(User.class, id));
  }

  @Override
  public Optional<User> lock(String id) {
    return Optional.ofNullable(entityManager.find(User.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  @Override
  public Optional<User> named(UserName name) {
    return entityManager
        .createQuery("select u from User u where u.nameKey = :key", User.class)
        .setParameter("key", name.key())
        .getResultStream()
        .findFirst();
  }

  @Override
  public List<User> page(Page page) {
    return entityManager
        .createQuery("select u from User u order by u.nameKey", User.class)
        .setFirstResult(page.first())
        .setMaxResults(page.max())
        .getResultList();
  }

  @Override
  public long count() {
    return entityManager.createQuery("select count(u) from User u", Long.class).getSingleResult();
  }

  @Override
  public boolean isGood(String id, long tokenGeneration) {
    return !entityManager
        .createQuery(
            "select u.id from User u where u.id = :id and u.enabled = true"
                + " and u.tokenGeneration = :generation",
            String.class)
        .setParameter("id", id)
        .setParameter("generation", tokenGeneration)
        .getResultList()
        .isEmpty();
  }

  @Override
  public void add(User user) {
    entityManager.persist(user);
    flushNaming(user.name());
  }

  @Override
  public void flush() {
    flushNaming("");
  }

  @Override
  public void remove(User user) {
    entityManager.remove(user);
    entityManager.flush();
  }

  @Override
  public List<String> namesWithRole(String roleId, int most) {
    return entityManager
        .createQuery(
            "select u.name from User u join u.roleIds r where r = :role order by u.nameKey",
            String.class)
        .setParameter("role", roleId)
        .setMaxResults(most)
        .getResultList();
  }

  @Override
  public void endTokensOfRole(String roleId) {
    // As SQL, because JPQL cannot change what it reaches through a collection.
    entityManager
        .createNativeQuery(
            "update identity_user set token_generation = token_generation + 1,"
                + " version = version + 1"
                + " where id in (select user_id from identity_user_role where role_id = ?1)")
        .setParameter(1, roleId)
        .executeUpdate();
  }

  @Override
  public boolean someoneHas(Collection<String> oneOfTheseRoles, Collection<String> andOneOfThese) {
    return !entityManager
        .createQuery(
            "select u.id from User u join u.roleIds a join u.roleIds b"
                + " where u.enabled = true and a in :first and b in :second",
            String.class)
        .setParameter("first", oneOfTheseRoles)
        .setParameter("second", andOneOfThese)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  private void flushNaming(String newUser) {
    try {
      entityManager.flush();
    } catch (PersistenceException refused) {
      if (SqlViolation.UNIQUE.caused(refused) && !newUser.isEmpty()) {
        throw IdentityProblem.USER_EXISTS.because(
            "There is a user \"" + newUser + "\" already", "username");
      }
      if (SqlViolation.REFERENCE.caused(refused)) {
        throw IdentityProblem.UNKNOWN_ROLE.because(
            "One of the roles was deleted at this moment", "roles");
      }
      throw refused;
    }
  }
}
