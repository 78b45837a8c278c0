package bulla.protection;

/**
 * Authenticated encryption with AES-256-GCM (NIST SP 800-38D), the recommended method where a
 * protected value may be bytes. The same value gives other bytes every time.
 */
public record Aes256GcmEnc() implements ProtectionMethod {
  @Override
  public String key() {
    return "aes256GcmEnc";
  }

  @Override
  public boolean protectsToText() {
    return false;
  }

  @Override
  public boolean protectedValueIsReturnable() {
    return false;
  }
}
