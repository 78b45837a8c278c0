package bulla.audit;

/**
 * The journal could not be written, so what was to be recorded must not happen; or it could not be
 * read.
 */
public class AuditException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AuditException(String message, Throwable cause) {
    super(message, cause);
  }
}
