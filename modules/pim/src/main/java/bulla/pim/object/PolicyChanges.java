package bulla.pim.object;

import bulla.commonops.change.Change;

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

  /** Records a change in the journal, in the current transaction. */
  void record(Change change);

  /** Records that an object was created. */
  default void created(ObjectType type, String uid, Object after) {
    record(Change.created("CREATE", type.path(), uid, after));
  }

  /** Records that an object was changed. */
  default void changed(ObjectType type, String uid, Object before, Object after) {
    record(Change.updated("CHANGE", type.path(), uid, before, after));
  }

  /** Records that an object was deleted. */
  default void deleted(ObjectType type, String uid, Object before) {
    record(Change.deleted("DELETE", type.path(), uid, before));
  }
}
