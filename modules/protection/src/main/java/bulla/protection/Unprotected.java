package bulla.protection;

import java.util.BitSet;

/** No encryption: the value itself, text or bytes. */
final class Unprotected implements TextProtection, ByteProtection {
  @Override
  public String protect(String clear, byte[] externalIv) {
    return clear;
  }

  @Override
  public String unprotect(String token, byte[] externalIv) {
    return token;
  }

  @Override
  public byte[] protect(byte[] clear, byte[] externalIv) {
    return clear.clone();
  }

  @Override
  public byte[] unprotect(byte[] sealed, byte[] externalIv) {
    return sealed.clone();
  }

  // Nothing is transformed, so a mask is all that hides the value, and all of it counts.
  @Override
  public BitSet protectedPositions(String clear) {
    return Protection.everyPosition(clear);
  }
}
