package bulla.commonops.change;

import bulla.audit.AuditEvent;
import bulla.audit.AuditJournal;
import bulla.audit.ObjectStates;
import bulla.audit.Outcome;
import bulla.commonops.caller.Caller;
import bulla.commonops.http.StrictJson;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** Writes the journal entries of changes, with the caller's name, address and correlation id. */
@Dependent
public class ChangeJournal {
  private final AuditJournal journal;
  private final Caller caller;
  private final StrictJson json;

  @Inject
  public ChangeJournal(AuditJournal journal, Caller caller, StrictJson json) {
    this.journal = journal;
    this.caller = caller;
    this.json = json;
  }

  /**
   * Records a change in the transaction of that change, so that neither exists without the other.
   */
  public void changed(Change change) {
    journal.recordChange(
        new AuditEvent(
            caller.name(),
            caller.address(),
            change.action(),
            change.objectType(),
            change.objectId(),
            Outcome.SUCCESS,
            change.detail(),
            caller.correlationId()),
        new ObjectStates(text(change.before()), text(change.after())));
  }

  private String text(Object state) {
    return state == null ? null : json.write(state);
  }
}
