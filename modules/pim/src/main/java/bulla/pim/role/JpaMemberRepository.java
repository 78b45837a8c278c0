package bulla.pim.role;

import bulla.commonops.http.Page;
import bulla.pim.object.JpaRowsByNumber;
import bulla.pim.object.Uid;
import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps the members in the table {@code pim_role_member}. */
@Dependent
class JpaMemberRepository implements MemberRepository {
  private static final int MOST_PARAMETERS = 1000;
  private static final String COLUMNS =
      "select m.roleId, m.id, m.type, m.sourceId, m.name from RoleMember m";

  @PersistenceContext(unitName = "pim")
  EntityManager entityManager;

  @Override
  public Map<Long, List<MemberView>> ofRoles(Collection<Long> roleIds) {
    Map<Long, List<MemberView>> found = new HashMap<>();
    Map<Long, String> sources = new HashMap<>();
    // Without the entities in between: there may be a hundred thousand.
    List<Object[]> rows =
        JpaRowsByNumber.read(
            entityManager,
            Object[].class,
            COLUMNS,
            "m.roleId",
            row -> (Long) row[0],
            JpaRowsByNumber.NO_OTHERS,
            roleIds);
    rows.sort(Comparator.comparingLong(row -> (Long) row[1]));
    for (Object[] row : rows) {
      found.computeIfAbsent((Long) row[0], role -> new ArrayList<>()).add(view(row, sources));
    }
    return found;
  }

  private static MemberView view(Object[] row, Map<Long, String> sources) {
    return new MemberView(
        (String) row[4],
        Uid.of((Long) row[1]),
        (MemberType) row[2],
        sources.computeIfAbsent((Long) row[3], Uid::of));
  }

  @Override
  public List<MemberView> page(long roleId, Page page) {
    Map<Long, String> sources = new HashMap<>();
    return entityManager
        .createQuery(COLUMNS + " where m.roleId = :role order by m.id", Object[].class)
        .setParameter("role", roleId)
        .setFirstResult(page.first())
        .setMaxResults(page.max())
        .getResultStream()
        .map(row -> view(row, sources))
        .toList();
  }

  @Override
  public long count(long roleId) {
    return entityManager
        .createQuery("select count(m) from RoleMember m where m.roleId = :role", Long.class)
        .setParameter("role", roleId)
        .getSingleResult();
  }

  @Override
  public List<RoleMember> among(long roleId, Set<RoleMember.Identity> wanted) {
    List<String> keys = wanted.stream().map(RoleMember.Identity::nameKey).distinct().toList();
    List<RoleMember> found = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += MOST_PARAMETERS) {
      entityManager
          .createQuery(
              "select m from RoleMember m where m.roleId = :role and m.nameKey in :names",
              RoleMember.class)
          .setParameter("role", roleId)
          .setParameter("names", keys.subList(from, Math.min(from + MOST_PARAMETERS, keys.size())))
          .getResultStream()
          .filter(member -> wanted.contains(member.identity()))
          .forEach(found::add);
    }
    return found;
  }

  @Override
  public void add(List<RoleMember> members) {
    members.forEach(entityManager::persist);
    entityManager.flush();
  }

  @Override
  public Optional<RoleMember> find(long roleId, long id) {
    return Optional.ofNullable(entityManager.find(RoleMember.class, id))
        .filter(member -> member.roleId() == roleId);
  }

  @Override
  public void remove(RoleMember member) {
    entityManager.remove(member);
    entityManager.flush();
  }

  @Override
  public void removeAll(long roleId) {
    entityManager
        .createQuery("delete from RoleMember m where m.roleId = :role")
        .setParameter("role", roleId)
        .executeUpdate();
  }

  @Override
  public Optional<RoleMember> anyUser(long roleId) {
    return entityManager
        .createQuery(
            "select m from RoleMember m where m.roleId = :role and m.type = :user order by m.id",
            RoleMember.class)
        .setParameter("role", roleId)
        .setParameter("user", MemberType.USER)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  @Override
  public Optional<Long> roleWithMembersOf(long sourceId) {
    return entityManager
        .createQuery("select m.roleId from RoleMember m where m.sourceId = :source", Long.class)
        .setParameter("source", sourceId)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }
}
