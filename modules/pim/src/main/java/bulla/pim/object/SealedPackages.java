package bulla.pim.object;

/**
 * The packages that were sealed and kept. Each holds the keys of all data elements that were
 * deployed, for whoever has its export key: what makes a package obsolete removes it in the same
 * transaction. The module that seals packages implements this.
 */
public interface SealedPackages {
  /**
   * Removes those of a data store that are of an earlier deploy.
   *
   * @param revision the number of the newest deploy
   */
  void removeBefore(String dataStoreUid, long revision);

  /**
   * Removes those that are sealed to an export key.
   *
   * @param fingerprint the export key's, 64 lower-case hexadecimal digits
   */
  void removeFor(String fingerprint);
}
