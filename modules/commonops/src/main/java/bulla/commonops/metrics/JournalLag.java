package bulla.commonops.metrics;

import bulla.audit.AuditException;
import bulla.audit.SealedJournal;
import bulla.database.StartStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Shows how far the chain of the journal is behind its entries. */
@ApplicationScoped
class JournalLag implements StartStep {
  @Inject ServerMetrics metrics;
  @Inject SealedJournal journal;

  @Override
  public int order() {
    return 210;
  }

  @Override
  public void start() {
    metrics.gauge(
        "bulla_audit_pending",
        "Journal entries that have no place in the chain yet",
        this::pending);
  }

  private double pending() {
    try {
      return journal.pending();
    } catch (AuditException unreadable) {
      // No number, so that the others can still be read; the readiness probe tells of the database.
      return Double.NaN;
    }
  }
}
