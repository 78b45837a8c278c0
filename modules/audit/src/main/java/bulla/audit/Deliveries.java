package bulla.audit;

import java.util.Map;

/** The destinations outside of the house. Inject it; it is safe for use by several threads. */
public interface Deliveries {
  /**
   * How many sealed entries each of them has not taken yet, by its name.
   *
   * @throws AuditException if the journal cannot be read
   */
  Map<String, Long> undelivered();
}
