package bulla.pim.deployment;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps the deploys in the tables {@code pim_deployment}, {@code _policy} and {@code _snapshot}.
 */
@Dependent
class JpaDeploymentRepository implements DeploymentRepository {
  private static final int MOST_PARAMETERS = 1000;

  @PersistenceContext(unitName = "pim")
  EntityManager entityManager;

  @Override
  public List<Deployment> live() {
    return entityManager
        .createQuery(
            "select d from Deployment d where d.revision = (select max(e.revision) from Deployment"
                + " e where e.dataStoreId = d.dataStoreId) order by d.dataStoreId",
            Deployment.class)
        .getResultList();
  }

  @Override
  public Optional<Deployment> live(long dataStoreId) {
    return entityManager
        .createQuery(
            "select d from Deployment d where d.dataStoreId = :store order by d.revision desc",
            Deployment.class)
        .setParameter("store", dataStoreId)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
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
  public String snapshot(long deploymentId) {
    DeployedSnapshot stored = entityManager.find(DeployedSnapshot.class, deploymentId);
    if (stored == null) {
      throw new IllegalStateException("The snapshot of deploy " + deploymentId + " is missing");
    }
    return stored.json();
  }

  @Override
  public void add(
      Deployment deployment,
      Collection<Long> policyIds,
      Collection<Long> applicationIds,
      String snapshot) {
    entityManager.persist(deployment);
    entityManager.flush();
    entityManager.persist(new DeployedSnapshot(deployment.id(), snapshot));
    policyIds.forEach(policy -> entityManager.persist(new DeployedPolicy(deployment.id(), policy)));
    applicationIds.forEach(
        application ->
            entityManager.persist(new DeployedApplication(deployment.id(), application)));
  }
}
