package bulla.protector;

/** A session was not used for longer than its time-out, and cannot be used any more. */
public final class SessionTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SessionTimeoutException() {
    super("Session timeout or invalid");
  }
}
