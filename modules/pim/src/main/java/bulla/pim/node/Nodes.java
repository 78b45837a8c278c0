package bulla.pim.node;

/** The nodes, for the module that hands packages out. Inject it. */
public interface Nodes {
  /**
   * Notes that a node has the package of this deploy now: it got it, or asked and had it already.
   * Committed when this returns; not to be called inside a transaction.
   *
   * @param pull who pulled what
   */
  void pulled(Pull pull);

  /**
   * A package that a node has.
   *
   * @param dataStoreUid the data store's uid
   * @param address where the node called from
   * @param userName as whom it called
   * @param fingerprint of the export key, 64 lower-case hexadecimal digits
   * @param revision of the deploy
   */
  record Pull(
      String dataStoreUid, String address, String userName, String fingerprint, long revision) {}
}
