package bulla.identity.audit;

import bulla.auditchain.Verification;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What following the whole chain has found.
 *
 * @param valid whether nothing is broken
 * @param journal the journal's name, a UUID
 * @param archived how many entries lie in archives; they are not looked at
 * @param entries how many entries after them are good: all that are sealed, or those before the
 *     first broken one
 * @param unsigned how many of them follow the last checkpoint
 * @param lastCheckpoint null where there is none yet
 * @param firstBroken null where nothing is broken
 */
public record VerificationView(
    boolean valid,
    String journal,
    long archived,
    long entries,
    long unsigned,
    @Schema(nullable = true) CheckpointView lastCheckpoint,
    @Schema(nullable = true) BrokenView firstBroken) {
  static VerificationView of(Verification found) {
    return new VerificationView(
        found.isGood(),
        found.journal(),
        found.after(),
        found.entries(),
        found.unsigned(),
        found
            .lastCheckpoint()
            .map(last -> new CheckpointView(last.seq(), last.time().toString()))
            .orElse(null),
        found.broken().map(broken -> new BrokenView(broken.seq(), broken.reason())).orElse(null));
  }

  /**
   * A checkpoint.
   *
   * @param seq how many entries it proves
   * @param time when it was signed, RFC 3339 in UTC
   */
  public record CheckpointView(long seq, String time) {}

  /**
   * The first entry that is not as it was recorded.
   *
   * @param seq its number in the chain
   * @param reason what is wrong
   */
  public record BrokenView(long seq, String reason) {}
}
