package bulla.identity;

import bulla.audit.AuditEvent;
import bulla.audit.AuditJournal;
import bulla.commonops.caller.Caller;
import bulla.commonops.caller.ChangeJournal;
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

  /** The journal as services write it. Its constructor is for the container alone. */
  public ChangeJournal forChanges() {
    try {
      var constructor =
          ChangeJournal.class.getDeclaredConstructor(AuditJournal.class, Caller.class);
      constructor.setAccessible(true);
      return constructor.newInstance(this, new Caller());
    } catch (ReflectiveOperationException changed) {
      throw new LinkageError(changed.getMessage(), changed);
    }
  }
}
