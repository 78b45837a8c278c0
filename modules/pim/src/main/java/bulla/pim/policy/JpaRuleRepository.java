package bulla.pim.policy;

import bulla.commonops.http.Page;
import bulla.pim.object.ObjectType;
import bulla.pim.object.Versioned;
import bulla.resilientpackage.policy.Rule;
import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Keeps the rules in the table {@code pim_rule}, and their number in {@code pim_rule_count}. */
@Dependent
class JpaRuleRepository implements RuleRepository {
  private static final int MOST_PARAMETERS = 1000;

  @PersistenceContext(unitName = "pim")
  EntityManager entityManager;

  @Override
  public Map<Long, List<Rule>> definitions(Collection<Long> policyIds) {
    List<Long> wanted = List.copyOf(policyIds);
    var rows = new RuleRows();
    for (int from = 0; from < wanted.size(); from += MOST_PARAMETERS) {
      List<Long> some = wanted.subList(from, Math.min(from + MOST_PARAMETERS, wanted.size()));
      rows(
              "select "
                  + RuleRows.COLUMNS
                  + " from pim_rule where policy_id in ("
                  + String.join(", ", Collections.nCopies(some.size(), "?"))
                  + ")",
              some)
          .forEach(rows::add);
    }
    return rows.byPolicy();
  }

  @Override
  public Set<Long> rolesOfPolicies(Collection<Long> policyIds) {
    List<Long> wanted = List.copyOf(policyIds);
    Set<Long> found = new HashSet<>();
    for (int from = 0; from < wanted.size(); from += MOST_PARAMETERS) {
      found.addAll(
          entityManager
              .createQuery(
                  "select distinct r.roleId from PolicyRule r where r.policyId in :policies",
                  Long.class)
              .setParameter(
                  "policies", wanted.subList(from, Math.min(from + MOST_PARAMETERS, wanted.size())))
              .getResultList());
    }
    return found;
  }

  @Override
  public List<Versioned<Rule>> ofPolicy(long policyId, Long roleId, Long dataElementId, Page page) {
    List<Object> parameters = new ArrayList<>();
    String order = " order by id";
    String condition = condition(policyId, roleId, dataElementId, parameters);
    if (page != null) {
      order += " offset ? rows fetch next ? rows only";
      parameters.add(page.first());
      parameters.add(page.max());
    }
    var rules = new RuleRows();
    return rows(
            "select " + RuleRows.COLUMNS + ", id, version from pim_rule" + condition + order,
            parameters)
        .map(
            row ->
                new Versioned<>(
                    PolicyRule.version((Long) row[RuleRows.WIDTH], (Long) row[RuleRows.WIDTH + 1]),
                    rules.rule(row)))
        .toList();
  }

  @Override
  public long count(long policyId, Long roleId, Long dataElementId) {
    if (roleId == null && dataElementId == null) {
      return entityManager
          .createQuery("select c.rules from RuleCount c where c.policyId = :policy", Long.class)
          .setParameter("policy", policyId)
          .getResultStream()
          .findFirst()
          .orElse(0L);
    }
    List<Object> parameters = new ArrayList<>();
    String condition = condition(policyId, roleId, dataElementId, parameters);
    var count = query("select count(*) from pim_rule" + condition, parameters).getSingleResult();
    return ((Number) count).longValue();
  }

  /**
   * The condition on the rules of a policy.
   *
   * @param parameters takes its parameters
   */
  private static String condition(
      long policyId, Long roleId, Long dataElementId, List<Object> parameters) {
    var condition = new StringBuilder(" where policy_id = ?");
    parameters.add(policyId);
    if (roleId != null) {
      condition.append(" and role_id = ?");
      parameters.add(roleId);
    }
    if (dataElementId != null) {
      condition.append(" and data_element_id = ?");
      parameters.add(dataElementId);
    }
    return condition.toString();
  }

  /** Rows as the database has them: a query of entities makes twice the work of a large list. */
  private Stream<Object[]> rows(String sql, List<?> parameters) {
    Stream<?> rows = query(sql, parameters).getResultList().stream();
    return rows.map(Object[].class::cast);
  }

  private Query query(String sql, List<?> parameters) {
    Query query = entityManager.createNativeQuery(sql);
    for (int i = 0; i < parameters.size(); i++) {
      query.setParameter(i + 1, parameters.get(i));
    }
    return query;
  }

  @Override
  public Optional<PolicyRule> find(long policyId, long roleId, long dataElementId) {
    return entityManager
        .createQuery(
            "select r from PolicyRule r where r.policyId = :policy and r.roleId = :role"
                + " and r.dataElementId = :element",
            PolicyRule.class)
        .setParameter("policy", policyId)
        .setParameter("role", roleId)
        .setParameter("element", dataElementId)
        .getResultStream()
        .findFirst();
  }

  @Override
  public void add(PolicyRule rule) {
    entityManager.persist(rule);
    if (addToCount(rule.policyId(), 1) == 0) {
      entityManager.persist(new RuleCount(rule.policyId(), 1));
    }
    entityManager.flush();
  }

  @Override
  public void write(PolicyRule rule) {
    entityManager.flush();
  }

  @Override
  public void remove(PolicyRule rule) {
    entityManager.remove(rule);
    addToCount(rule.policyId(), -1);
    entityManager.flush();
  }

  /** Changes happen one after the other, so that the number is right. */
  private int addToCount(long policyId, long more) {
    return entityManager
        .createQuery("update RuleCount c set c.rules = c.rules + :more where c.policyId = :policy")
        .setParameter("more", more)
        .setParameter("policy", policyId)
        .executeUpdate();
  }

  @Override
  public void removeAll(long policyId) {
    for (String entity : List.of("PolicyRule", "RuleCount")) {
      entityManager
          .createQuery("delete from " + entity + " r where r.policyId = :policy")
          .setParameter("policy", policyId)
          .executeUpdate();
    }
  }

  @Override
  public Optional<PolicyRule> naming(ObjectType type, long id) {
    String attribute =
        switch (type) {
          case ROLE -> "roleId";
          case DATA_ELEMENT -> "dataElementId";
          case MASK -> "maskId";
          default -> null;
        };
    return attribute == null
        ? Optional.empty()
        : entityManager
            .createQuery(
                "select r from PolicyRule r where r." + attribute + " = :id", PolicyRule.class)
            .setParameter("id", id)
            .setMaxResults(1)
            .getResultStream()
            .findFirst();
  }
}
