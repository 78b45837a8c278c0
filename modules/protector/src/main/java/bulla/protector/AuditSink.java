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

  /** Releases what the sink holds. */
  @Override
  default void close() throws IOException {}

  /** Keeps nothing. */
  static AuditSink none() {
    return auditRecord -> {};
  }
}
