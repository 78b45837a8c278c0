package bulla.protection;

/** The failures that several text methods have in common. */
final class TokenFailures {
  static final int MAX_IV = 256;

  private TokenFailures() {}

  static ProtectionException tooShort(String because) {
    return new ProtectionException(
        ReturnCode.DATA_TOO_SHORT, ReturnCode.DATA_TOO_SHORT.text() + " " + because);
  }

  static ProtectionException tooLong(String because) {
    return new ProtectionException(
        ReturnCode.DATA_TOO_LONG, ReturnCode.DATA_TOO_LONG.text() + " " + because);
  }

  static ProtectionException notValid(String because) {
    return new ProtectionException(
        ReturnCode.CONTENT_NOT_VALID, ReturnCode.CONTENT_NOT_VALID.text() + " " + because);
  }

  static void requireIv(byte[] externalIv, ReturnCode tooLong) {
    if (externalIv.length > MAX_IV) {
      throw new ProtectionException(tooLong, "The external IV has more than " + MAX_IV + " bytes.");
    }
  }

  /** For the types whose values have no external IV. */
  static void requireNoIv(byte[] externalIv) {
    if (externalIv.length > 0) {
      throw new ProtectionException(
          ReturnCode.UNSUPPORTED_ACTION, "This data element has no external IV.");
    }
  }
}
