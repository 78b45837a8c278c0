package bulla.keyring;

/**
 * A key could not be wrapped, unwrapped or made, or the master key could not be opened. The message
 * says what happened and, where an operator can mend it, how; it never holds key material.
 */
public class KeyringException extends RuntimeException {
  private static final long serialVersionUID = 2L;

  private final boolean forOperator;

  KeyringException(String message) {
    this(message, true);
  }

  KeyringException(String message, Throwable cause) {
    super(message, cause);
    forOperator = false;
  }

  private KeyringException(String message, boolean withStackTrace) {
    super(message, null, false, withStackTrace);
    forOperator = !withStackTrace;
  }

  /** Whether the message tells an operator how to mend it. */
  public boolean isForOperator() {
    return forOperator;
  }

  /**
   * What only an operator can mend: the message tells how, and a stack trace would hide it in the
   * log.
   */
  static KeyringException forOperator(String message) {
    return new KeyringException(message, false);
  }
}
