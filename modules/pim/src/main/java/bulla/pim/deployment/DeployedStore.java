package bulla.pim.deployment;

import bulla.resilientpackage.keys.ExportKey;
import java.time.Instant;

/**
 * Which deploy to a data store is the newest, as seen through one of its export keys; what was
 * deployed is large, and read by {@link Deployments#open} alone.
 *
 * @param dataStoreUid the uid of the data store
 * @param dataStoreName its present name
 * @param revision the number of the deploy, 1 for the first one of this data store; it only rises
 * @param deployedAt when it was deployed
 * @param exportKey the public key to seal it to
 */
public record DeployedStore(
    String dataStoreUid,
    String dataStoreName,
    long revision,
    Instant deployedAt,
    ExportKey exportKey) {}
