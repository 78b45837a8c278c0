package bulla.protector;

import bulla.protection.ReturnCode;
import bulla.resilientpackage.policy.Permissions;
import java.util.Locale;

/** What can be done with a value. */
public enum Operation {
  /** A clear value becomes a protected one. */
  PROTECT(ReturnCode.PROTECTED),
  /** A protected value becomes a clear, or masked, one. */
  UNPROTECT(ReturnCode.UNPROTECTED),
  /** A protected value of one data element becomes one of another. */
  REPROTECT(ReturnCode.REPROTECTED);

  private final ReturnCode success;

  Operation(ReturnCode success) {
    this.success = success;
  }

  /** The code of an audit record of success. */
  ReturnCode success() {
    return success;
  }

  /**
   * The message of a call that gave no result: of an unprotect or reprotect one and the same,
   * whatever the reason.
   */
  String failureText(String ofProtect) {
    return switch (this) {
      case PROTECT -> ofProtect;
      case UNPROTECT -> "The value could not be unprotected.";
      case REPROTECT -> "The value could not be reprotected.";
    };
  }

  /** What {@code permissions} say of this operation. */
  boolean in(Permissions permissions) {
    return switch (this) {
      case PROTECT -> permissions.protect();
      case UNPROTECT -> permissions.unProtect();
      case REPROTECT -> permissions.reProtect();
    };
  }

  /** The name in lower case, as people and audit records write it: {@code unprotect}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
