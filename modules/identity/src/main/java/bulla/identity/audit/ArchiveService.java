package bulla.identity.audit;

import bulla.audit.ArchivedStretch;
import bulla.audit.AuditEvent;
import bulla.audit.JournalArchive;
import bulla.audit.Outcome;
import bulla.commonops.caller.Caller;
import bulla.commonops.problem.CommonProblem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** Archives old entries for a caller, whose name is in the entry that says so. */
@Dependent
class ArchiveService {
  private final JournalArchive archive;
  private final Caller caller;

  @Inject
  ArchiveService(JournalArchive archive, Caller caller) {
    this.archive = archive;
    this.caller = caller;
  }

  /**
   * Archives one stretch.
   *
   * @throws bulla.commonops.problem.Problem 409 where there is none
   */
  ArchiveView archive(ArchiveEntries request) {
    return archive
        .archive(EventQuery.time("before", request.before()), this::event)
        .map(ArchiveView::of)
        .orElseThrow(
            () ->
                CommonProblem.CONFLICT.because(
                    "There is no stretch that ends at a checkpoint, is older than that and has been"
                        + " taken by every destination"));
  }

  private AuditEvent event(ArchivedStretch archived) {
    return new AuditEvent(
        caller.name(),
        caller.address(),
        "ARCHIVE",
        "audit",
        "journal",
        Outcome.SUCCESS,
        archived.summary(),
        caller.correlationId());
  }
}
