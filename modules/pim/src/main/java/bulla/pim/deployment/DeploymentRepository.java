package bulla.pim.deployment;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was deployed. Nothing is ever changed or removed. */
interface DeploymentRepository {
  /** The newest deploy of each data store; one statement. */
  List<Deployment> live();

  /** The newest deploy of a data store. */
  Optional<Deployment> live(long dataStoreId);

  /** The policies of each of these deploys, ascending; one statement per thousand. */
  Map<Long, List<Long>> policies(Collection<Long> deploymentIds);

  /** The trusted applications of each of these deploys, ascending; one statement per thousand. */
  Map<Long, List<Long>> applications(Collection<Long> deploymentIds);

  /** The snapshot of a deploy, in JSON. */
  String snapshot(long deploymentId);

  /** Stores a deploy. */
  void add(
      Deployment deployment,
      Collection<Long> policyIds,
      Collection<Long> applicationIds,
      String snapshot);
}
