package bulla.rps.export;

import bulla.commonops.change.Change;
import bulla.commonops.change.ChangeJournal;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** Records exports in the audit journal, with the caller's name and address. */
@Dependent
class CallerExportJournal implements ExportJournal {
  private final ChangeJournal journal;

  @Inject
  CallerExportJournal(ChangeJournal journal) {
    this.journal = journal;
  }

  @Override
  public void exported(PackageId id) {
    journal.changed(
        Change.withoutState(
            "EXPORT",
            "export",
            "datastores/%s serial %d to %s"
                .formatted(id.dataStore(), id.serial(), id.fingerprint())));
  }
}
