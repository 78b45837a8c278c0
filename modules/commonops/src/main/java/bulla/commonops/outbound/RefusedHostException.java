package bulla.commonops.outbound;

/** A host that the server does not connect to. */
public final class RefusedHostException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why it does not. */
  public enum Reason {
    /** The host has no address. */
    UNKNOWN,
    /** One of its addresses is neither public nor named by the operator. */
    NOT_ALLOWED,
    /** The name servers take too long. */
    TOO_LATE,
    /** The server is stopping. */
    STOPPING
  }

  private final Reason reason;

  RefusedHostException(Reason reason) {
    super(reason.name());
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
