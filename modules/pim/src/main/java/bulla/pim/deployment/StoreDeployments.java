package bulla.pim.deployment;

import java.util.List;

/**
 * What is deployed.
 *
 * @param dataStores one entry per data store, in the order of their uids
 */
public record StoreDeployments(List<StoreDeployment> dataStores) {}
