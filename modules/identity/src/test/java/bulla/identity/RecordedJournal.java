package bulla.identity;

import bulla.audit.AuditEvent;
import bulla.audit.AuditJournal;
import bulla.commonops.caller.Caller;
import bulla.commonops.caller.ChangeJournal;
import bulla.commonops.caller.RefusalJournal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A journal in memory. */
public final class RecordedJournal implements AuditJournal {
  private final List<AuditEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public void recordChange(AuditEvent event) {
    events.add(event);
  }

  @Override
  public void recordRefusal(AuditEvent event) {
    events.add(event);
  }

  public List<String> actions() {
    return events.stream().map(AuditEvent::action).toList();
  }

  public List<AuditEvent> events() {
    return List.copyOf(events);
  }

  /** The journal as services write it. */
  public ChangeJournal forChanges() {
    return new ChangeJournal(this, new Caller());
  }

  /** The journal as those who refuse write it. */
  public RefusalJournal forRefusals() {
    return new RefusalJournal(this, new Caller());
  }
}
