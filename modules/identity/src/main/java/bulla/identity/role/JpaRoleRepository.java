package bulla.identity.role;

import bulla.commonops.problem.SqlViolation;
import bulla.identity.problem.IdentityProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keeps the roles in the table {@code identity_role}. */
@ApplicationScoped
class JpaRoleRepository implements RoleRepository {
  @PersistenceContext(unitName = "identity")
  EntityManager entityManager;

  @Override
  public Optional<Role> find(RoleName name) {
    return byName(name).getResultStream().findFirst();
  }

  @Override
  public Optional<Role> lock(RoleName name) {
    return byName(name).setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultStream().findFirst();
  }

  @Override
  public void lockId(String id) {
    entityManager.find(Role.class, id, LockModeType.PESSIMISTIC_WRITE);
  }

  @Override
  public List<Role> named(Collection<String> nameKeys) {
    return entityManager
        .createQuery("select r from Role r where r.nameKey in :keys order by r.nameKey", Role.class)
        .setParameter("keys", nameKeys)
        .getResultList();
  }

  @Override
  public List<Role> withIds(Collection<String> ids) {
    return entityManager
        .createQuery("select r from Role r where r.id in :ids order by r.nameKey", Role.class)
        .setParameter("ids", ids)
        .getResultList();
  }

  @Override
  public List<Role> all() {
    return entityManager
        .createQuery("select r from Role r order by r.nameKey", Role.class)
        .getResultList();
  }

  @Override
  public void add(Role role) {
    entityManager.persist(role);
    try {
      entityManager.flush();
    } catch (PersistenceException refused) {
      if (SqlViolation.UNIQUE.caused(refused)) {
        throw IdentityProblem.ROLE_EXISTS.because(
            "There is a role \"" + role.name() + "\" already", "name");
      }
      throw refused;
    }
  }

  @Override
  public void flush() {
    entityManager.flush();
  }

  @Override
  public void remove(Role role) {
    entityManager.remove(role);
    try {
      entityManager.flush();
    } catch (PersistenceException refused) {
      if (SqlViolation.REFERENCE.caused(refused)) {
        throw IdentityProblem.ROLE_IN_USE.because(
            "Somebody got the role \"" + role.name() + "\" at this moment");
      }
      throw refused;
    }
  }

  private TypedQuery<Role> byName(RoleName name) {
    return entityManager
        .createQuery("select r from Role r where r.nameKey = :key", Role.class)
        .setParameter("key", name.key());
  }
}
