package bulla.pim.deployment;

import bulla.resilientpackage.keys.ExportKey;
import bulla.resilientpackage.policy.PolicySnapshot;
import java.time.Instant;

/**
 * A data store with what is deployed to it, as seen through one of its export keys.
 *
 * @param dataStoreUid the uid of the data store
 * @param dataStoreName its present name
 * @param revision the number of the deploy, 1 for the first one of this data store; it only rises
 * @param deployedAt when it was deployed
 * @param lastKeyId the newest key of a data element that was deployed
 * @param snapshot what was deployed
 * @param exportKey the public key to seal it to
 */
public record DeployedStore(
    String dataStoreUid,
    String dataStoreName,
    long revision,
    Instant deployedAt,
    long lastKeyId,
    PolicySnapshot snapshot,
    ExportKey exportKey) {}
