package bulla.pim.deployment;

/**
 * A snapshot as it is stored.
 *
 * @param snapshot in JSON
 * @param rulePolicies the uid of the policy of each rule, in the order of the snapshot's rules,
 *     with commas between; null for a deploy from before they were kept. Packages have no use for
 *     it, so it is no part of the snapshot
 */
record DeployedText(String snapshot, String rulePolicies) {
  /**
   * What is sealed: the place, the snapshot, which begins and ends with a brace, and the policies
   * of its rules.
   */
  String sealed(long dataStoreId, long revision) {
    return dataStoreId
        + ":"
        + revision
        + ":"
        + snapshot
        + (rulePolicies == null ? "" : rulePolicies);
  }
}
