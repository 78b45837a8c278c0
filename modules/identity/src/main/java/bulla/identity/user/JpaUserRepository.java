package bulla.identity.user;

import bulla.commonops.http.Page;
import bulla.commonops.problem.SqlViolation;
import bulla.identity.problem.IdentityProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Keeps the users in the tables {@code identity_user}, {@code identity_user_role} and {@code
 * identity_group_member}.
 */
@ApplicationScoped
class JpaUserRepository implements UserRepository {
  /** Derby compiles a query with a parameter per name; one with ten thousand is no good. */
  private static final int NAMES_PER_QUERY = 500;

  /** The rows of {@code identity_user_count}. */
  private static final int COUNT_PARTS = 16;

  @PersistenceContext(unitName = "identity")
  EntityManager entityManager;

  @Override
  public Optional<User> find(String id) {
    return exactly(id, entityManager.find(User.class, id));
  }

  @Override
  public Optional<User> lock(String id) {
    return exactly(id, entityManager.find(User.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  /** SQL compares as if the shorter text had blanks behind it. */
  private static Optional<User> exactly(String id, User found) {
    return Optional.ofNullable(found).filter(user -> user.id().equals(id));
  }

  @Override
  public Optional<User> named(UserName name) {
    return entityManager
        .createQuery("select u from User u where u.nameKey = :key", User.class)
        .setParameter("key", name.key())
        .getResultStream()
        .findFirst();
  }

  /**
   * First the names, which the database reads from their index alone; then the users between the
   * first and the last of them.
   */
  @Override
  public List<User> page(UserSearch search, Page page) {
    List<String> names = names(search, page);
    if (names.isEmpty()) {
      return List.of();
    }
    return searching(
            "select u",
            search,
            List.of(names.get(0), names.get(names.size() - 1)),
            " order by u.nameKey",
            User.class)
        .setMaxResults(names.size())
        .getResultList();
  }

  /**
   * The database passes over the names before a page one by one, so that of all users they are read
   * from the nearer end.
   */
  private List<String> names(UserSearch search, Page page) {
    if (search.isForAll() && page.first() > 0) {
      long left = count() - page.first();
      if (left <= 0) {
        return List.of();
      }
      if (left <= page.first()) {
        int most = (int) Math.min(left, page.max());
        var names =
            new ArrayList<>(names(search, " order by u.nameKey desc", (int) left - most, most));
        Collections.reverse(names);
        return names;
      }
    }
    return names(search, " order by u.nameKey", page.first(), page.max());
  }

  private List<String> names(UserSearch search, String order, int first, int most) {
    return searching("select u.nameKey", search, List.of(), order, String.class)
        .setFirstResult(first)
        .setMaxResults(most)
        .getResultList();
  }

  @Override
  public long count(UserSearch search) {
    return search.isForAll()
        ? count()
        : searching("select count(u.nameKey)", search, List.of(), "", Long.class).getSingleResult();
  }

  @Override
  public long count() {
    var number =
        (Number)
            entityManager
                .createNativeQuery("select sum(users) from identity_user_count")
                .getSingleResult();
    return number.longValue();
  }

  private void counted(User user, int difference) {
    entityManager
        .createNativeQuery("update identity_user_count set users = users + ?1 where part = ?2")
        .setParameter(1, difference)
        .setParameter(2, Math.floorMod(user.id().hashCode(), COUNT_PARTS))
        .executeUpdate();
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
    counted(user, 1);
  }

  @Override
  public void flush() {
    flushNaming("");
  }

  @Override
  public void remove(User user) {
    entityManager.remove(user);
    entityManager.flush();
    counted(user, -1);
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
                + " where id in (select user_id from identity_user_role where role_id = ?1)"
                + " or id in (select m.user_id from identity_group_member m"
                + " join identity_group_role r on r.group_id = m.group_id where r.role_id = ?1)")
        .setParameter(1, roleId)
        .executeUpdate();
  }

  @Override
  public boolean someoneHas(Collection<String> oneOfTheseRoles, Collection<String> andOneOfThese) {
    // The likeliest first: one query with all four possibilities would read every user.
    return Stream.of(
            "User u join u.roleIds a join u.roleIds b where",
            "User u join u.groupIds i join u.roleIds b, Group g join g.roleIds a where g.id = i"
                + " and",
            "User u join u.groupIds j join u.roleIds a, Group h join h.roleIds b where h.id = j"
                + " and",
            "User u join u.groupIds i join u.groupIds j, Group g join g.roleIds a,"
                + " Group h join h.roleIds b where g.id = i and h.id = j and")
        .anyMatch(holders -> someoneHas(holders, oneOfTheseRoles, andOneOfThese));
  }

  private boolean someoneHas(
      String holders, Collection<String> oneOfTheseRoles, Collection<String> andOneOfThese) {
    return !entityManager
        .createQuery(
            "select u.id from "
                + holders
                + " u.enabled = true and u.passwordHash is not null and a in :first and b in"
                + " :second",
            String.class)
        .setParameter("first", oneOfTheseRoles)
        .setParameter("second", andOneOfThese)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  @Override
  public Map<String, String> ids(Collection<String> nameKeys) {
    var ids = new HashMap<String, String>();
    List<String> keys = List.copyOf(nameKeys);
    for (int i = 0; i < keys.size(); i += NAMES_PER_QUERY) {
      entityManager
          .createQuery(
              "select u.nameKey, u.id from User u where u.nameKey in :keys", Object[].class)
          .setParameter("keys", keys.subList(i, Math.min(keys.size(), i + NAMES_PER_QUERY)))
          .getResultStream()
          .forEach(row -> ids.put((String) row[0], (String) row[1]));
    }
    return ids;
  }

  @Override
  public Set<String> roleIds(Collection<String> userIds) {
    var roleIds = new HashSet<String>();
    List<String> ids = List.copyOf(userIds);
    for (int i = 0; i < ids.size(); i += NAMES_PER_QUERY) {
      List<String> some = ids.subList(i, Math.min(ids.size(), i + NAMES_PER_QUERY));
      for (String holders :
          List.of(
              "User u join u.roleIds r where",
              "User u join u.groupIds i, Group g join g.roleIds r where g.id = i and")) {
        roleIds.addAll(
            entityManager
                .createQuery("select distinct r from " + holders + " u.id in :ids", String.class)
                .setParameter("ids", some)
                .getResultList());
      }
    }
    return roleIds;
  }

  @Override
  public Set<String> memberIds(String groupId) {
    return Set.copyOf(
        entityManager
            .createQuery("select u.id from User u join u.groupIds g where g = :group", String.class)
            .setParameter("group", groupId)
            .getResultList());
  }

  @Override
  public Map<String, List<String>> memberNames(Collection<String> groupIds) {
    var names = new HashMap<String, List<String>>();
    if (!groupIds.isEmpty()) {
      entityManager
          .createQuery(
              "select g, u.name from User u join u.groupIds g where g in :groups"
                  + " order by u.nameKey",
              Object[].class)
          .setParameter("groups", groupIds)
          .getResultStream()
          .forEach(
              row ->
                  names
                      .computeIfAbsent((String) row[0], group -> new ArrayList<>())
                      .add((String) row[1]));
    }
    return names;
  }

  @Override
  public void addMember(String groupId, String userId) {
    try {
      entityManager
          .createNativeQuery(
              "insert into identity_group_member (group_id, user_id) values (?1, ?2)")
          .setParameter(1, groupId)
          .setParameter(2, userId)
          .executeUpdate();
    } catch (PersistenceException refused) {
      if (SqlViolation.REFERENCE.caused(refused)) {
        throw IdentityProblem.UNKNOWN_USER.because(
            "One of the users was deleted at this moment", "members");
      }
      throw refused;
    }
  }

  @Override
  public void removeMember(String groupId, String userId) {
    entityManager
        .createNativeQuery("delete from identity_group_member where group_id = ?1 and user_id = ?2")
        .setParameter(1, groupId)
        .setParameter(2, userId)
        .executeUpdate();
  }

  @Override
  public void endTokens(Collection<String> ids) {
    // In order, so that two who do this do not wait for each other.
    for (String id : new TreeSet<>(ids)) {
      entityManager
          .createNativeQuery(
              "update identity_user set token_generation = token_generation + 1,"
                  + " version = version + 1 where id = ?1")
          .setParameter(1, id)
          .executeUpdate();
    }
  }

  /**
   * A query with only those conditions that the search has; what is sought is a parameter.
   *
   * @param between the first and the last name wanted, or none for all
   */
  private <T> TypedQuery<T> searching(
      String what, UserSearch search, List<String> between, String order, Class<T> result) {
    var conditions = new ArrayList<String>();
    var parameters = new HashMap<String, String>();
    if (search.name() != null) {
      conditions.add("u.nameKey like :name escape '!'");
      parameters.put("name", UserSearch.pattern(search.name()));
    }
    if (search.email() != null) {
      conditions.add("lower(u.email) like :email escape '!'");
      parameters.put("email", UserSearch.pattern(search.email()));
    }
    if (!between.isEmpty()) {
      conditions.add("u.nameKey between :first and :last");
      parameters.put("first", between.get(0));
      parameters.put("last", between.get(1));
    }
    String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    TypedQuery<T> query = entityManager.createQuery(what + " from User u" + where + order, result);
    parameters.forEach(query::setParameter);
    return query;
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
