package bulla.protection;

import java.util.BitSet;

/** What a method of text to text does; values and IVs are not null. */
interface TextProtection {
  String protect(String clear, byte[] externalIv);

  String unprotect(String token, byte[] externalIv);

  /** The indexes of those code points of a clear value that protecting it transforms. */
  BitSet protectedPositions(String clear);
}
