package bulla.commonops.caller;

import bulla.audit.AuditEvent;
import bulla.audit.AuditJournal;
import bulla.audit.Outcome;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** Writes the journal entries of a request, with the caller's name, address and correlation id. */
@Dependent
public class ChangeJournal {
  private final AuditJournal journal;
  private final Caller caller;

  @Inject
  ChangeJournal(AuditJournal journal, Caller caller) {
    this.journal = journal;
    this.caller = caller;
  }

  /**
   * Records a change in the transaction of that change, so that neither exists without the other.
   *
   * @param action what was done, upper snake case: {@code CREATE}, {@code DEPLOY}
   * @param objectType the kind of object, as its path names it: {@code dataelements}
   * @param objectId the object's id; never a secret
   */
  public void changed(String action, String objectType, String objectId) {
    journal.recordChange(event(action, objectType, objectId, Outcome.SUCCESS, null));
  }

  /** Records a refusal in a transaction of its own, so that a rollback does not hide it. */
  public void refused(String action, String objectType, String objectId, String reason) {
    journal.recordRefusal(event(action, objectType, objectId, Outcome.REFUSED, reason));
  }

  private AuditEvent event(
      String action, String objectType, String objectId, Outcome outcome, String detail) {
    return new AuditEvent(
        caller.name(),
        caller.address(),
        action,
        objectType,
        objectId,
        outcome,
        detail,
        caller.correlationId());
  }
}
