package bulla.protector;

import bulla.protection.ReturnCode;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A call that gave no result: the policy refuses it, a value cannot be processed, or its audit
 * record could not be written. The message never contains a value, a part of one or key material.
 *
 * <p>The message of an unprotect or reprotect is one and the same whether it was refused or failed,
 * and whatever it failed of, so that a program which shows messages to strangers answers no
 * question about values. {@link #code()} tells the calling program which it was.
 */
public final class ProtectorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ReturnCode code;
  private final int index;

  ProtectorException(ReturnCode code, String message, int index) {
    super(message);
    this.code = Objects.requireNonNull(code);
    this.index = index;
  }

  ProtectorException(ReturnCode code, String message) {
    this(code, message, -1);
  }

  /** Why, as a number that callers of the published interfaces know. */
  public ReturnCode code() {
    return code;
  }

  /**
   * The index of the value that could not be processed, the first one if there are several; empty
   * when it is not about one value, as when the policy refuses the call.
   */
  public OptionalInt index() {
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /**
   * True when the policy refuses the call whatever the values are: codes 1, 2, 3 and 28 of the
   * published list.
   */
  public boolean isRefusal() {
    return switch (code) {
      case USER_NOT_IN_POLICY, ELEMENT_NOT_IN_POLICY, NO_PERMISSION, APPLICATION_NOT_AUTHORIZED ->
          true;
      default -> false;
    };
  }
}
