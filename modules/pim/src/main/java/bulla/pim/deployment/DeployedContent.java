package bulla.pim.deployment;

import bulla.protection.ElementKeys;
import bulla.resilientpackage.policy.PolicySnapshot;
import java.util.Map;

/**
 * What is deployed to a data store, with its keys, which are wiped when it is closed.
 *
 * @param snapshot what was deployed
 * @param elementKeys the keys of the data elements by their uids, without those that have none
 *     ({@code noEnc}): those that there were when it was deployed, so that the same deploy always
 *     has the same keys
 */
public record DeployedContent(PolicySnapshot snapshot, Map<String, ElementKeys> elementKeys)
    implements AutoCloseable {
  @Override
  public void close() {
    elementKeys.values().forEach(ElementKeys::close);
  }
}
