package bulla.protector;

import java.io.IOException;

/** Where audit records go. Used by several threads at once. */
public interface AuditSink extends AutoCloseable {
  /**
   * Keeps a record. It is called before the caller gets the result, and when it fails the caller
   * gets {@link ProtectorException} with code 51 in its place: nothing is revealed that was not
   * recorded.
   */
  void write(AuditRecord auditRecord) throws IOException;

  /**
   * Passes on what waits in the sink; nothing where records never wait.
   *
   * @throws IOException when something that was written is not kept
   */
  default void flush() throws IOException {}

  /** Releases what the sink holds. */
  @Override
  default void close() throws IOException {}

  /**
   * This sink, with records that it cannot keep dropped: the caller gets the result all the same
   * (the published {@code mode = drop}). After a failure records are dropped without asking this
   * sink, for one second; then one caller asks it, while others go on, and each further failure
   * doubles the time, up to 30 seconds. The system's logger is told of the first of several losses
   * in a row, and how many there were when a record is kept again.
   */
  default AuditSink orDrop() {
    return new DroppingAudit(this);
  }

  /** Keeps nothing. */
  static AuditSink none() {
    return auditRecord -> {};
  }
}
