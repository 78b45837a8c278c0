package bulla.protection;

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
}
