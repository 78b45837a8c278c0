package bulla.protector;

import bulla.protection.ReturnCode;

/** How an audited call ended. */
public enum AuditLevel {
  /** It gave its result. */
  SUCCESS,
  /** The policy refused it, or answered it with null or with the protected value. */
  WARNING,
  /** A value could not be processed. */
  ERROR,
  /** The protector itself failed. */
  EXCEPTION;

  static AuditLevel of(ReturnCode code) {
    return switch (code) {
      case PROTECTED, UNPROTECTED, UNPROTECTED_WITH_INACTIVE_KEY, REPROTECTED -> SUCCESS;
      case USER_NOT_IN_POLICY, ELEMENT_NOT_IN_POLICY, NO_PERMISSION, APPLICATION_NOT_AUTHORIZED ->
          WARNING;
      case INTERNAL_ERROR -> EXCEPTION;
      default -> ERROR;
    };
  }
}
