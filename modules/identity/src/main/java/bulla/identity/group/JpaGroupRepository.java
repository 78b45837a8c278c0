package bulla.identity.group;

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
import java.util.TreeSet;

/** Keeps the groups in the tables {@code identity_group} and {@code identity_group_role}. */
@ApplicationScoped
class JpaGroupRepository implements GroupRepository {
  @PersistenceContext(unitName = "identity")
  EntityManager entityManager;

  @Override
  public Optional<Group> find(String id) {
    return exactly(id, entityManager.find(Group.class, id));
  }

  @Override
  public Optional<Group> lock(String id) {
    return exactly(id, entityManager.find(Group.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  /** SQL compares as if the shorter text had blanks behind it. */
  private static Optional<Group> exactly(String id, Group found) {
    return Optional.ofNullable(found).filter(group -> group.id().equals(id));
  }

  @Override
  public List<Group> named(Collection<String> nameKeys) {
    // "in ()" is not SQL.
    return nameKeys.isEmpty()
        ? List.of()
        : withIds(
            entityManager
                .createQuery("select g.id from Group g where g.nameKey in :keys", String.class)
                .setParameter("keys", nameKeys)
                .getResultList());
  }

  @Override
  public List<Group> withIds(Collection<String> ids) {
    return ids.isEmpty()
        ? List.of()
        : entityManager
            .createQuery(
                "select distinct g from Group g left join fetch g.roleIds where g.id in :ids"
                    + " order by g.nameKey",
                Group.class)
            .setParameter("ids", ids)
            .getResultList();
  }

  @Override
  public List<String> namesWithRole(String roleId, int most) {
    return entityManager
        .createQuery(
            "select g.name from Group g join g.roleIds r where r = :role order by g.nameKey",
            String.class)
        .setParameter("role", roleId)
        .setMaxResults(most)
        .getResultList();
  }

  @Override
  public List<Group> page(Page page) {
    return withIds(
        entityManager
            .createQuery("select g.id from Group g order by g.nameKey", String.class)
            .setFirstResult(page.first())
            .setMaxResults(page.max())
            .getResultList());
  }

  @Override
  public long count() {
    return entityManager.createQuery("select count(g) from Group g", Long.class).getSingleResult();
  }

  @Override
  public void add(Group group) {
    entityManager.persist(group);
    try {
      entityManager.flush();
    } catch (PersistenceException refused) {
      if (SqlViolation.UNIQUE.caused(refused)) {
        throw IdentityProblem.GROUP_EXISTS.because(
            "There is a group \"" + group.name() + "\" already", "name");
      }
      throw orRoleGone(refused);
    }
  }

  @Override
  public void changed(Group group) {
    entityManager.lock(group, LockModeType.OPTIMISTIC_FORCE_INCREMENT);
    try {
      entityManager.flush();
    } catch (PersistenceException refused) {
      throw orRoleGone(refused);
    }
  }

  @Override
  public void raiseVersions(Collection<String> ids) {
    // As SQL, because the version is JPA's own; in order, so that two do not wait for each other.
    for (String id : new TreeSet<>(ids)) {
      entityManager
          .createNativeQuery("update identity_group set version = version + 1 where id = ?1")
          .setParameter(1, id)
          .executeUpdate();
    }
  }

  @Override
  public void remove(Group group) {
    entityManager.remove(group);
    entityManager.flush();
  }

  private static RuntimeException orRoleGone(PersistenceException refused) {
    return SqlViolation.REFERENCE.caused(refused)
        ? IdentityProblem.UNKNOWN_ROLE.because(
            "One of the roles was deleted at this moment", "roles")
        : refused;
  }
}
