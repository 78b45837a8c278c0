package bulla.audit;

/**
 * What happened: who did what to which object, from where, and how it ended. Every text is made
 * safe to keep when the event is built, because callers pass on what strangers sent: characters
 * that could forge or hide a line (controls, line separators, direction marks, unpaired surrogates)
 * become U+FFFD, a text beyond its bound is cut and ends in an ellipsis, and an empty one counts as
 * absent.
 *
 * @param actor the name of the caller; null if unknown; up to 256 characters (UTF-16 units, as in
 *     all bounds here)
 * @param address the network address of the caller; null for what the server does by itself; up to
 *     64
 * @param action what was done, in a stable spelling such as {@code policy.create}; up to 128
 * @param objectType what kind of object it was done to; may be null; up to 64
 * @param objectId which one; may be null; up to 256
 * @param outcome how it ended
 * @param detail what else a reader needs, never a secret; may be null; up to 1024
 * @param correlationId what links the entry with the call's log lines and problem document; may be
 *     null; up to 64
 */
public record AuditEvent(
    String actor,
    String address,
    String action,
    String objectType,
    String objectId,
    Outcome outcome,
    String detail,
    String correlationId) {
  /**
   * Makes the texts safe to keep.
   *
   * @throws IllegalArgumentException if the action or the outcome is missing
   */
  public AuditEvent {
    actor = JournalText.bounded(actor, 256);
    address = JournalText.bounded(address, 64);
    action = JournalText.bounded(action, 128);
    objectType = JournalText.bounded(objectType, 64);
    objectId = JournalText.bounded(objectId, 256);
    detail = JournalText.bounded(detail, 1024);
    correlationId = JournalText.bounded(correlationId, 64);
    if (action == null || outcome == null) {
      throw new IllegalArgumentException("An audit event needs an action and an outcome");
    }
  }
}
