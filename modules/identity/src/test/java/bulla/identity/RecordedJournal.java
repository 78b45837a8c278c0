package bulla.identity;

import bulla.audit.AuditEvent;
import bulla.audit.AuditJournal;
import bulla.audit.ObjectStates;
import bulla.commonops.caller.Caller;
import bulla.commonops.caller.RefusalJournal;
import bulla.commonops.change.ChangeJournal;
import bulla.commonops.http.StrictJson;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A journal in memory. */
public final class RecordedJournal implements AuditJournal {
  private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
  private final List<ObjectStates> states = new CopyOnWriteArrayList<>();

  @Override
  public void recordChange(AuditEvent event, ObjectStates change) {
    events.add(event);
    states.add(change);
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

  /** The states of each change, as JSON. */
  public List<ObjectStates> states() {
    return List.copyOf(states);
  }

  /** The journal as services write it. */
  public ChangeJournal forChanges() {
    return new ChangeJournal(this, new Caller(), new StrictJson(List.of()));
  }

  /** The journal as those who refuse write it. */
  public RefusalJournal forRefusals() {
    return new RefusalJournal(this, new Caller());
  }
}
