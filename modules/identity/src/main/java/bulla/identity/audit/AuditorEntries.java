package bulla.identity.audit;

import bulla.commonops.change.Change;
import bulla.commonops.change.ChangeJournal;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Records what auditors do with the journal, before its first byte leaves. */
@Dependent
@Transactional
class AuditorEntries {
  private final ChangeJournal journal;

  @Inject
  AuditorEntries(ChangeJournal journal) {
    this.journal = journal;
  }

  void exported() {
    journal.changed(Change.withoutState("EXPORT", "audit", "journal"));
  }

  /** What was asked for, without the state itself. */
  void proved(String hmac) {
    journal.changed(Change.withoutState("PROVE_STATE", "audit", "journal").telling("HMAC " + hmac));
  }
}
