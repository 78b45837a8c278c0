package bulla.protection;

import java.util.Objects;

/**
 * A value could not be protected or unprotected. The message never contains the value, a part of it
 * or key material.
 */
public final class ProtectionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ReturnCode code;

  public ProtectionException(ReturnCode code, String message) {
    super(message);
    this.code = Objects.requireNonNull(code);
  }

  /** With the return code's own text as the message. */
  public ProtectionException(ReturnCode code) {
    this(code, code.text());
  }

  /** Why, as a number that callers of the published interfaces know. */
  public ReturnCode code() {
    return code;
  }
}
