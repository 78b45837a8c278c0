package bulla.audit;

/**
 * The journal of what happened. Entries are only ever added. Inject it; it is safe for use by
 * several threads.
 */
public interface AuditJournal {
  /**
   * Records a change in the transaction of the change: if one is rolled back so is the other, and
   * if the entry cannot be written the change cannot be committed.
   *
   * @param states of the object that {@code event} names, or {@link ObjectStates#NONE}
   * @throws jakarta.transaction.TransactionalException if there is no transaction
   * @throws AuditException if the entry cannot be written; the transaction is then marked for
   *     rollback
   */
  void recordChange(AuditEvent event, ObjectStates states);

  /**
   * Records a refusal, or anything else that has to stay on record when the caller's transaction is
   * rolled back, in a transaction of its own, which is committed when this returns.
   *
   * @throws AuditException if the entry cannot be written
   */
  void recordRefusal(AuditEvent event);
}
