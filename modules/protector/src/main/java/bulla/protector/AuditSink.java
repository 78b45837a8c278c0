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
   * (the published {@code mode = drop}). The first of several losses in a row is told to the
   * system's logger.
   */
  default AuditSink orDrop() {
    return new DroppingAudit(this);
  }

  /** Keeps nothing. */
  static AuditSink none() {
    return auditRecord -> {};
  }
}
