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
  private static final String CONTINUED = "\u2026";

  /** What an entry holds, in UTF-16 units. */
  private static final int LONGEST_DETAIL = 1024;

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
   * Records a change in the transaction of that change, so that neither exists without the other. A
   * detail that is longer than an entry holds goes on in further entries with the same states, so
   * that nobody hides a change behind a long name.
   */
  public void changed(Change change) {
    var states = new ObjectStates(text(change.before()), text(change.after()));
    String rest = change.detail();
    while (rest != null && rest.length() > LONGEST_DETAIL) {
      // Not between the two halves of a character.
      int end = Character.isHighSurrogate(rest.charAt(LONGEST_DETAIL - 2)) ? 1 : 0;
      end = LONGEST_DETAIL - 1 - end;
      record(change, rest.substring(0, end) + CONTINUED, states);
      rest = CONTINUED + rest.substring(end);
    }
    record(change, rest, states);
  }

  private void record(Change change, String detail, ObjectStates states) {
    journal.recordChange(
        new AuditEvent(
            caller.name(),
            caller.address(),
            change.action(),
            change.objectType(),
            change.objectId(),
            Outcome.SUCCESS,
            detail,
            caller.correlationId()),
        states);
  }

  private String text(Object state) {
    return state == null ? null : json.write(state);
  }
}
