package bulla.pim.policy;

import bulla.commonops.http.Page;
import bulla.pim.object.ObjectType;
import bulla.pim.object.Versioned;
import bulla.resilientpackage.policy.Rule;
import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps the rules in the table {@code pim_rule}. */
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
      entityManager
          .createQuery(RuleRows.QUERY, Object[].class)
          .setParameter(
              "policies", wanted.subList(from, Math.min(from + MOST_PARAMETERS, wanted.size())))
          .getResultList()
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
    var query =
        ofPolicy(
            "select " + RuleRows.COLUMNS + ", r.id, r.version",
            " order by r.id",
            Object[].class,
            policyId,
            roleId,
            dataElementId);
    if (page != null) {
      query.setFirstResult(page.first()).setMaxResults(page.max());
    }
    var rows = new RuleRows();
    return query.getResultList().stream()
        .map(
            row ->
                new Versioned<>(
                    PolicyRule.version((Long) row[RuleRows.WIDTH], (Long) row[RuleRows.WIDTH + 1]),
                    rows.rule(row)))
        .toList();
  }

  @Override
  public long count(long policyId, Long roleId, Long dataElementId) {
    return ofPolicy("select count(r)", "", Long.class, policyId, roleId, dataElementId)
        .getSingleResult();
  }

  private <T> TypedQuery<T> ofPolicy(
      String select, String order, Class<T> of, long policyId, Long roleId, Long dataElementId) {
    TypedQuery<T> query =
        entityManager
            .createQuery(
                select
                    + " from PolicyRule r where r.policyId = :policy"
                    + (roleId == null ? "" : " and r.roleId = :role")
                    + (dataElementId == null ? "" : " and r.dataElementId = :element")
                    + order,
                of)
            .setParameter("policy", policyId);
    if (roleId != null) {
      query.setParameter("role", roleId);
    }
    if (dataElementId != null) {
      query.setParameter("element", dataElementId);
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
    entityManager.flush();
  }

  @Override
  public void write(PolicyRule rule) {
    entityManager.flush();
  }

  @Override
  public void remove(PolicyRule rule) {
    entityManager.remove(rule);
    entityManager.flush();
  }

  @Override
  public void removeAll(long policyId) {
    entityManager
        .createQuery("delete from PolicyRule r where r.policyId = :policy")
        .setParameter("policy", policyId)
        .executeUpdate();
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
