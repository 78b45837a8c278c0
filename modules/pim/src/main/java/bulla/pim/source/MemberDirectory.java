package bulla.pim.source;

/** How sources of one kind are read. */
interface MemberDirectory {
  /**
   * Connects and authenticates.
   *
   * @param secret the password; empty where the source needs none
   * @throws UnreadableSourceException where the one or the other does not succeed
   */
  OpenDirectory open(SourceConnection connection, String secret, Deadline deadline)
      throws UnreadableSourceException;
}
