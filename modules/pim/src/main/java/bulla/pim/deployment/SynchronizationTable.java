package bulla.pim.deployment;

import java.time.Duration;
import java.time.Instant;

/** When the members of automatic roles are synchronised next, for all servers of a database. */
interface SynchronizationTable {
  /**
   * Takes the synchronisation that is due, if one is: another server then finds the next one due
   * after {@code lease} at the earliest.
   *
   * @return whether this server is the one to do it
   */
  boolean take(Instant now, Duration lease);

  /**
   * Goes on with it: nobody else does it before {@code longer}.
   *
   * @param said what this server said last
   * @return whether that still held
   */
  boolean prolong(Instant said, Instant longer);

  /**
   * Ends it, and says when the next one is due, where nobody else has said so meanwhile.
   *
   * @param said what this server said last
   */
  void end(Instant said, Instant next);

  /** Makes the next one due at this time at the latest, where no server is at it. */
  void bringForward(Instant latest);
}
