package bulla.audit;

/** The journal could not be written. What was to be recorded must not happen. */
public class AuditException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AuditException(String message, Throwable cause) {
    super(message, cause);
  }
}
