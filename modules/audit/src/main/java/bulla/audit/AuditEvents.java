package bulla.audit;

import java.util.List;

/** Reads the journal. Inject it; it is safe for use by several threads. */
public interface AuditEvents {
  /**
   * The matching entries, the newest first: {@code max} of them after the first {@code first}.
   *
   * @throws AuditException if the journal cannot be read
   */
  List<RecordedEvent> find(EventFilter filter, int first, int max);

  /**
   * How many entries match.
   *
   * @throws AuditException if the journal cannot be read
   */
  long count(EventFilter filter);
}
