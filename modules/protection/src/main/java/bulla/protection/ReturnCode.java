package bulla.protection;

import java.util.Arrays;
import java.util.Optional;

/**
 * The return codes of the published security log, which protectors also give to their callers. 38,
 * 43, 45 and the others that are missing are not assigned there.
 */
public enum ReturnCode {
  INTERNAL(0, "Internal use, not audited."),
  USER_NOT_IN_POLICY(1, "The username could not be found in the policy."),
  ELEMENT_NOT_IN_POLICY(2, "The data element could not be found in the policy."),
  NO_PERMISSION(
      3, "The user does not have the appropriate permissions to perform the requested operation."),
  TWEAK_NULL(4, "The tweak is null."),
  INTEGRITY_CHECK_FAILED(5, "Integrity check failed."),
  PROTECTED(6, "Data protect operation was successful."),
  PROTECT_FAILED(7, "Data protect operation failed."),
  UNPROTECTED(8, "Data unprotect operation was successful."),
  UNPROTECT_FAILED(9, "Data unprotect operation failed."),
  ACCESS_ALLOWED(10, "The access was checked and is allowed; nothing was done."),
  UNPROTECTED_WITH_INACTIVE_KEY(
      11, "Data unprotect operation was successful with an inactive key."),
  INPUT_OUT_OF_LIMITS(12, "The input is null or not within the allowed limits."),
  INTERNAL_ERROR(13, "Internal error after the provider was opened."),
  DATA_KEY_NOT_LOADED(14, "The data encryption key could not be loaded."),
  TWEAK_TOO_LONG(15, "The tweak is too long."),
  EXTERNAL_IV_UNSUPPORTED(16, "The external IV is not supported in this version."),
  INITIALIZATION_FAILED(17, "The protector could not be initialized."),
  TWEAK_ACTION_UNSUPPORTED(19, "The action on the tweak is not supported."),
  OUT_OF_MEMORY(20, "Memory could not be allocated."),
  BUFFER_TOO_SMALL(21, "The input or output buffer is too small."),
  DATA_TOO_SHORT(22, "Data is too short to be protected or unprotected."),
  DATA_TOO_LONG(23, "Data is too long to be protected or unprotected."),
  UNSUPPORTED_ACTION(26, "The algorithm or the action is not supported for the data element."),
  APPLICATION_AUTHORIZED(27, "The application has been authorized."),
  APPLICATION_NOT_AUTHORIZED(28, "The application has not been authorized."),
  JSON_TYPE_NOT_SERIALIZABLE(29, "The JSON type cannot be serialized."),
  JSON_OUT_OF_MEMORY(30, "Memory for the JSON value could not be allocated."),
  POLICY_NOT_AVAILABLE(31, "The policy is not available."),
  DELETED(32, "Delete operation was successful."),
  DELETE_FAILED(33, "Delete operation failed."),
  CREATED(34, "Create operation was successful."),
  CREATE_FAILED(35, "Create operation failed."),
  MANAGED(36, "Manage protection operation was successful."),
  MANAGE_FAILED(37, "Manage protection operation failed."),
  POLICY_LOCKED(39, "The policy is locked."),
  LICENSE_EXPIRED(40, "The license has expired."),
  METHOD_RESTRICTED(41, "The license does not allow the method of the data element."),
  LICENSE_NOT_STARTED(42, "The license's start date lies ahead."),
  CONTENT_NOT_VALID(44, "The content of the input is not valid."),
  DEFAULT_ELEMENT_QUERIED(46, "The default data element was queried."),
  REPROTECTED(50, "Data reprotect operation was successful."),
  LOGS_NOT_SENT(51, "The logs could not be sent: connection refused.");

  private final int number;
  private final String text;

  ReturnCode(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /** The published number. */
  public int number() {
    return number;
  }

  /** One sentence for people. */
  public String text() {
    return text;
  }

  /** The code with this number, if there is one. */
  public static Optional<ReturnCode> find(int number) {
    return Arrays.stream(values()).filter(code -> code.number == number).findFirst();
  }
}
