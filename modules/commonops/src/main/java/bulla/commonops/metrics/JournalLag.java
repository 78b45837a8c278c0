package bulla.commonops.metrics;

import bulla.audit.AuditException;
import bulla.audit.Deliveries;
import bulla.audit.SealedJournal;
import bulla.database.StartStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/**
 * Shows how far the chain of the journal is behind its entries, and the destinations outside behind
 * the chain.
 */
@ApplicationScoped
class JournalLag implements StartStep {
  @Inject ServerMetrics metrics;
  @Inject SealedJournal journal;
  @Inject Deliveries deliveries;

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
    metrics.gauges(
        "bulla_audit_undelivered",
        "Sealed journal entries that a destination outside has not taken yet",
        "destination",
        this::undelivered);
  }

  private Map<String, Long> undelivered() {
    try {
      return deliveries.undelivered();
    } catch (AuditException unreadable) {
      return Map.of();
    }
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
