package bulla.protector;

import bulla.resilientpackage.envelope.VisibleText;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets records go that another sink cannot keep. */
final class DroppingAudit implements AuditSink {
  private static final System.Logger LOG = System.getLogger(DroppingAudit.class.getName());

  private final AuditSink sink;
  private final AtomicBoolean dropping = new AtomicBoolean();

  DroppingAudit(AuditSink sink) {
    this.sink = sink;
  }

  @Override
  public void write(AuditRecord auditRecord) {
    try {
      sink.write(auditRecord);
      dropping.set(false);
    } catch (IOException | RuntimeException e) {
      tell(e);
    }
  }

  @Override
  public void flush() {
    try {
      sink.flush();
    } catch (IOException | RuntimeException e) {
      tell(e);
    }
  }

  private void tell(Exception e) {
    if (!dropping.getAndSet(true)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Audit records are dropped: {0}",
          VisibleText.of(e.toString()));
    }
  }

  @Override
  public void close() {
    try {
      sink.close();
    } catch (IOException | RuntimeException e) {
      tell(e);
    }
  }
}
