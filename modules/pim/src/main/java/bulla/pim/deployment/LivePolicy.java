package bulla.pim.deployment;

import bulla.pim.datastore.StoreDefinition;
import bulla.resilientpackage.policy.PolicySnapshot;
import java.util.List;

/**
 * What is deployed to a data store.
 *
 * @param rulePolicies the uid of the policy of each rule, in the order of the snapshot's rules;
 *     none where that was not kept
 */
public record LivePolicy(
    StoreDefinition store, long revision, PolicySnapshot snapshot, List<String> rulePolicies) {
  /** Copies the uids. */
  public LivePolicy {
    rulePolicies = List.copyOf(rulePolicies);
  }
}
