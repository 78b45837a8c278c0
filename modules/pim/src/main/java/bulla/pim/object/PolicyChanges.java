package bulla.pim.object;

/**
 * What every change of a policy begins and ends with. Changes happen one after the other: {@link
 * #begin} waits until the one before is committed, so that checks ("is the name free?") hold until
 * the commit, and a deploy never sees the half of a change.
 */
public interface PolicyChanges {
  /**
   * Begins a change in the current transaction.
   *
   * @throws bulla.commonops.problem.Problem 412 where policy management is not initialised
   */
  void begin();

  /**
   * Records a change in the journal, in the current transaction.
   *
   * @param action what was done: {@code CREATE}, {@code CHANGE}, {@code DELETE}, ...
   * @param type what kind of object it was done to
   * @param uid which one
   */
  default void record(String action, ObjectType type, String uid) {
    record(action, type, uid, null);
  }

  /**
   * Records a change as {@link #record(String, ObjectType, String)} does, and what it changed.
   *
   * @param detail what a reader of the journal needs to judge the change, such as the rights that a
   *     rule gives; never a secret; may be null
   */
  void record(String action, ObjectType type, String uid, String detail);
}
