package bulla.pim.deployment;

import bulla.pim.source.SourceContent;
import java.util.Map;

/**
 * Member sources that were read before a change begins.
 *
 * @param contents what they hold, by their uids
 * @param unreadable why others could not be read, by their uids
 * @param revisions the number of the newest deploy of each data store when the reading began, by
 *     the number of the data store; none where no source was read
 */
record ReadSources(
    Map<String, SourceContent> contents,
    Map<String, String> unreadable,
    Map<Long, Long> revisions) {
  /** Nothing was read, because nothing was needed. */
  static final ReadSources NONE = new ReadSources(Map.of(), Map.of(), Map.of());

  /**
   * Whether a deploy may follow the newest one of its data store: one that came while the sources
   * were read may know them better.
   *
   * @param newest the number of the newest deploy; 0 where there is none
   */
  boolean mayFollow(long dataStoreId, long newest) {
    return contents.isEmpty() || revisions.getOrDefault(dataStoreId, 0L) == newest;
  }
}
