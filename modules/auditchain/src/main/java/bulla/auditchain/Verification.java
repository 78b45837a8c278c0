package bulla.auditchain;

import java.util.Optional;

/**
 * What a journal was found to be.
 *
 * @param journal its name
 * @param after how many entries come before the first that was looked at; 0 where it is whole
 * @param entries how many entries are good: all, or those before the first broken one
 * @param lastCheckpoint the newest good checkpoint among them
 * @param broken where it is broken, if it is
 */
public record Verification(
    String journal,
    long after,
    long entries,
    Optional<Checkpoint> lastCheckpoint,
    Optional<Broken> broken) {
  /** Whether nothing is broken. */
  public boolean isGood() {
    return broken.isEmpty();
  }

  /** How many good entries follow the last checkpoint: nobody has signed them yet. */
  public long unsigned() {
    return last() - lastCheckpoint.map(Checkpoint::seq).orElse(after);
  }

  /** The number of the last good entry; that of the one before the first where none is good. */
  public long last() {
    return after + entries;
  }

  /**
   * The first entry that is not as it was recorded.
   *
   * @param seq its number; where hashes were made to fit, the first that can be it
   * @param reason what is wrong
   */
  public record Broken(long seq, String reason) {}
}
