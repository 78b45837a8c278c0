package bulla.pim.deployment;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import bulla.pim.object.ObjectType;
import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps the deploys in the tables {@code pim_deployment} and {@code pim_deployed_...}. */
@Dependent
class JpaDeploymentRepository implements DeploymentRepository {
  private static final int MOST_PARAMETERS = 1000;
  private static final int MOST_RANGES = 100;
  private static final String LIVE =
      // The seal of a deploy names its data store: the row that says which is live must name the
      // same.
      "select d from LiveDeployment l join Deployment d"
          + " on d.id = l.deploymentId and d.dataStoreId = l.dataStoreId";

  @PersistenceContext(unitName = "pim")
  EntityManager entityManager;

  @Override
  public List<Deployment> live() {
    // A statement that finds a deploy committed on its way may have seen the former one, too.
    Map<Long, Deployment> newest = new LinkedHashMap<>();
    entityManager
        .createQuery(LIVE + " order by l.dataStoreId, d.revision", Deployment.class)
        .getResultStream()
        .forEach(deployment -> newest.put(deployment.dataStoreId(), deployment));
    return List.copyOf(newest.values());
  }

  @Override
  public Optional<Deployment> live(long dataStoreId) {
    return entityManager
        .createQuery(LIVE + " where l.dataStoreId = :store", Deployment.class)
        .setParameter("store", dataStoreId)
        .getResultStream()
        .findFirst();
  }

  @Override
  public List<Deployment> liveWith(ObjectType type, long id) {
    String listed =
        switch (type) {
          case POLICY -> listed("pim_deployed_policy", "policy_id");
          case APPLICATION -> listed("pim_deployed_application", "application_id");
          case DATA_ELEMENT ->
              "d.parts_listed = false or " + listed("pim_deployed_element", "data_element_id");
          case ROLE -> "d.parts_listed = false or " + listed("pim_deployed_role", "role_id");
          default -> throw new IllegalArgumentException("No deploy lists objects of type " + type);
        };
    List<?> ids =
        entityManager
            .createNativeQuery(
                "select d.id from pim_live_deployment l join pim_deployment d"
                    + " on d.id = l.deployment_id and d.data_store_id = l.data_store_id where "
                    + listed)
            .setParameter(1, id)
            .getResultList();
    return ofDeployments(
            "select d from Deployment d where d.id in :deployments order by d.dataStoreId",
            Deployment.class,
            ids.stream().map(one -> ((Number) one).longValue()).toList())
        .toList();
  }

  private static String listed(String table, String column) {
    return "exists (select 1 from "
        + table
        + " p where p.deployment_id = d.id and p."
        + column
        + " = ?)";
  }

  @Override
  public Map<Long, List<Long>> policies(Collection<Long> deploymentIds) {
    return ofDeployments(
            "select p from DeployedPolicy p where p.deploymentId in :deployments"
                + " order by p.policyId",
            DeployedPolicy.class,
            deploymentIds)
        .collect(
            groupingBy(DeployedPolicy::deploymentId, mapping(DeployedPolicy::policyId, toList())));
  }

  @Override
  public Map<Long, List<Long>> applications(Collection<Long> deploymentIds) {
    return ofDeployments(
            "select a from DeployedApplication a where a.deploymentId in :deployments"
                + " order by a.applicationId",
            DeployedApplication.class,
            deploymentIds)
        .collect(
            groupingBy(
                DeployedApplication::deploymentId,
                mapping(DeployedApplication::applicationId, toList())));
  }

  private <T> Stream<T> ofDeployments(
      String query, Class<T> entity, Collection<Long> deploymentIds) {
    List<Long> wanted = List.copyOf(deploymentIds);
    List<T> found = new ArrayList<>();
    for (int from = 0; from < wanted.size(); from += MOST_PARAMETERS) {
      found.addAll(
          entityManager
              .createQuery(query, entity)
              .setParameter(
                  "deployments",
                  wanted.subList(from, Math.min(from + MOST_PARAMETERS, wanted.size())))
              .getResultList());
    }
    return found.stream();
  }

  @Override
  public DeployedText snapshot(long deploymentId) {
    DeployedSnapshot stored = entityManager.find(DeployedSnapshot.class, deploymentId);
    if (stored == null) {
      throw new IllegalStateException("The snapshot of deploy " + deploymentId + " is missing");
    }
    return stored.text();
  }

  @Override
  public void add(Deployment deployment, DeployedParts parts, DeployedText text) {
    entityManager.persist(deployment);
    entityManager.flush();
    long id = deployment.id();
    entityManager.persist(new DeployedSnapshot(id, text));
    LiveDeployment live = entityManager.find(LiveDeployment.class, deployment.dataStoreId());
    if (live == null) {
      live = new LiveDeployment(deployment.dataStoreId());
      live.become(id);
      entityManager.persist(live);
    } else {
      live.become(id);
    }
    entityManager.flush();
    list("pim_deployed_policy", "policy_id", "pim_policy", id, parts.policies());
    list("pim_deployed_application", "application_id", "pim_application", id, parts.applications());
    if (deployment.partsListed()) {
      list("pim_deployed_element", "data_element_id", "pim_data_element", id, parts.elements());
      list("pim_deployed_role", "role_id", "pim_role", id, parts.roles());
    }
  }

  /**
   * Lists parts of a deploy. Most of the thousand that a large one has follow each other: ranges of
   * numbers spare the database comparing each with each.
   */
  private void list(
      String table, String column, String parts, long deploymentId, List<Long> partIds) {
    List<Range> ranges = Range.of(partIds);
    int listed = 0;
    for (int from = 0; from < ranges.size(); from += MOST_RANGES) {
      List<Range> some = ranges.subList(from, Math.min(from + MOST_RANGES, ranges.size()));
      var insert =
          entityManager
              .createNativeQuery(
                  "insert into "
                      + table
                      + " (deployment_id, "
                      + column
                      + ") select d.id, p.id from pim_deployment d, "
                      + parts
                      + " p where d.id = ? and ("
                      + String.join(
                          " or ", Collections.nCopies(some.size(), "p.id between ? and ?"))
                      + ")")
              .setParameter(1, deploymentId);
      for (int i = 0; i < some.size(); i++) {
        insert
            .setParameter(2 * i + 2, some.get(i).first())
            .setParameter(2 * i + 3, some.get(i).last());
      }
      listed += insert.executeUpdate();
    }
    if (listed != partIds.size()) {
      throw new IllegalStateException(
          "Deploy " + deploymentId + " has parts that are not in " + parts);
    }
  }

  /** Numbers that follow each other without a gap. */
  private record Range(long first, long last) {
    /** The ranges that have these numbers and no others. */
    static List<Range> of(List<Long> numbers) {
      List<Range> ranges = new ArrayList<>();
      long[] sorted = numbers.stream().mapToLong(Long::longValue).sorted().distinct().toArray();
      int first = 0;
      for (int i = 1; i <= sorted.length; i++) {
        if (i == sorted.length || sorted[i] != sorted[i - 1] + 1) {
          ranges.add(new Range(sorted[first], sorted[i - 1]));
          first = i;
        }
      }
      return ranges;
    }
  }
}
