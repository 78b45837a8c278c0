package bulla.commonops.caller;

import bulla.audit.AuditEvent;
import bulla.audit.AuditJournal;
import bulla.audit.Outcome;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** Writes the journal entries of changes, with the caller's name, address and correlation id. */
@Dependent
public class ChangeJournal {
  private static final String CONTINUED = "\u2026";

  /** What an entry holds, less the marks that it goes on. */
  private static final int LONGEST_DETAIL = 1022;

  private final AuditJournal journal;
  private final Caller caller;

  @Inject
  public ChangeJournal(AuditJournal journal, Caller caller) {
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
    changed(action, objectType, objectId, null);
  }

  /**
   * Records a change as {@link #changed(String, String, String)} does, and what it changed.
   *
   * @param detail what a reader of the journal needs to judge the change, such as the permissions
   *     that a role was given; never a secret; may be null. What is longer than an entry holds goes
   *     on in further entries, so that nobody hides a change behind a long name
   */
  public void changed(String action, String objectType, String objectId, String detail) {
    String rest = detail;
    while (rest != null && rest.length() > LONGEST_DETAIL) {
      // Not between the two halves of a character.
      int end = rest.offsetByCodePoints(0, rest.codePointCount(0, LONGEST_DETAIL) - 1);
      record(action, objectType, objectId, rest.substring(0, end) + CONTINUED);
      rest = CONTINUED + rest.substring(end);
    }
    record(action, objectType, objectId, rest);
  }

  private void record(String action, String objectType, String objectId, String detail) {
    journal.recordChange(
        new AuditEvent(
            caller.name(),
            caller.address(),
            action,
            objectType,
            objectId,
            Outcome.SUCCESS,
            detail,
            caller.correlationId()));
  }
}
