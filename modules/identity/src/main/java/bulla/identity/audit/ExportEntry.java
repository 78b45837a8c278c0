package bulla.identity.audit;

import bulla.commonops.caller.ChangeJournal;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Records that the journal is exported, before its first byte leaves. */
@Dependent
class ExportEntry {
  private final ChangeJournal journal;

  @Inject
  ExportEntry(ChangeJournal journal) {
    this.journal = journal;
  }

  @Transactional
  void record() {
    journal.changed("EXPORT", "audit", "journal");
  }
}
