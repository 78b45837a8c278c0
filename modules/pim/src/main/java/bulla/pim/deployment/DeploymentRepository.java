package bulla.pim.deployment;

import bulla.pim.object.ObjectType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was deployed. No deploy is ever changed or removed. */
interface DeploymentRepository {
  /**
   * The newest deploy of each data store that there is, in the order of their uids; one statement.
   */
  List<Deployment> live();

  /** The newest deploy of a data store. */
  Optional<Deployment> live(long dataStoreId);

  /**
   * Those of {@link #live()} that took up an object, in the same order, and besides, for data
   * elements and roles, those of which {@link Deployment#partsListed} is false, of which only the
   * snapshot tells; two statements.
   *
   * @param type POLICY, APPLICATION, DATA_ELEMENT or ROLE
   */
  List<Deployment> liveWith(ObjectType type, long id);

  /** The policies of each of these deploys, ascending; one statement per thousand. */
  Map<Long, List<Long>> policies(Collection<Long> deploymentIds);

  /** The trusted applications of each of these deploys, ascending; one statement per thousand. */
  Map<Long, List<Long>> applications(Collection<Long> deploymentIds);

  /** The snapshot of a deploy. */
  DeployedText snapshot(long deploymentId);

  /** Stores a deploy, which is the newest one of its data store from now on. */
  void add(Deployment deployment, DeployedParts parts, DeployedText text);
}
