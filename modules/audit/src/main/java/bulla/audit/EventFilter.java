package bulla.audit;

import java.time.Instant;

/**
 * Which entries of the journal a reader wants: those that match every member that is not null.
 * Texts match whole and in their letter case.
 *
 * @param from the earliest time, from the year 1 on
 * @param to the time before which the entry was recorded, up to the year 9999
 * @param actor the name of the caller
 * @param action what was done
 * @param objectType the kind of object
 * @param objectId which object
 * @param before the id that the entry's is lower than: the last of the page before this one
 */
public record EventFilter(
    Instant from,
    Instant to,
    String actor,
    String action,
    String objectType,
    String objectId,
    Long before) {
  /** Matches every entry. */
  public static final EventFilter ALL = new EventFilter(null, null, null, null, null, null, null);
}
