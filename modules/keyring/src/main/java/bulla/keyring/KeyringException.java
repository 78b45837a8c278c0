package bulla.keyring;

/**
 * A key could not be wrapped, unwrapped or made, or the master key could not be opened. The message
 * says what happened and, where an operator can mend it, how; it never holds key material.
 */
public class KeyringException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyringException(String message) {
    super(message);
  }

  KeyringException(String message, Throwable cause) {
    super(message, cause);
  }
}
