package bulla.pim.deployment;

import bulla.pim.datastore.StoreDefinition;
import bulla.resilientpackage.policy.PolicySnapshot;

/** What is deployed to a data store. */
public record LivePolicy(StoreDefinition store, long revision, PolicySnapshot snapshot) {}
