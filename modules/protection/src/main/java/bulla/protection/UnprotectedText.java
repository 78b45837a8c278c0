package bulla.protection;

import java.util.BitSet;

/** No encryption: the value itself. */
final class UnprotectedText implements TextProtection {
  @Override
  public String protect(String clear, byte[] externalIv) {
    return clear;
  }

  @Override
  public String unprotect(String token, byte[] externalIv) {
    return token;
  }

  // Nothing is transformed, so a mask is all that hides the value, and all of it counts.
  @Override
  public BitSet protectedPositions(String clear) {
    return Protection.everyPosition(clear);
  }
}
