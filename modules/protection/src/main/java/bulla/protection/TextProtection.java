package bulla.protection;

import java.util.BitSet;

/** What a method of text to text does; values and IVs are not null. */
interface TextProtection {
  String protect(String clear, byte[] externalIv);

  String unprotect(String token, byte[] externalIv);

  /** The indexes of those code points of a clear value that protecting it transforms. */
  BitSet protectedPositions(String clear);

  /** Protects many values; overridden where they are faster together than one by one. */
  default void protectAll(String[] clear, byte[] externalIv, BulkResult<String> result) {
    for (int i = 0; i < clear.length; i++) {
      result.convert(i, clear[i], value -> protect(value, externalIv));
    }
  }

  /** Undoes {@link #protectAll}. */
  default void unprotectAll(String[] tokens, byte[] externalIv, BulkResult<String> result) {
    for (int i = 0; i < tokens.length; i++) {
      result.convert(i, tokens[i], value -> unprotect(value, externalIv));
    }
  }

  /** Protects a column of bytes, as {@link Protection} says; overridden where that is possible. */
  default void protectColumn(byte[] clear, int width, byte[] externalIv, byte[] into) {
    throw noColumns();
  }

  /** Undoes {@link #protectColumn}. */
  default void unprotectColumn(byte[] tokens, int width, byte[] externalIv, byte[] into) {
    throw noColumns();
  }

  static ProtectionException noColumns() {
    return new ProtectionException(
        ReturnCode.UNSUPPORTED_ACTION, "This data element takes no columns of bytes.");
  }
}
