package bulla.protection;

/**
 * Authenticated encryption with AES-256-GCM (NIST SP 800-38D), the recommended method where a
 * protected value may be bytes. The same value gives other bytes every time.
 *
 * @param keyId when true, the id of the key stands in front of every value, in two bytes, and the
 *     element can have several keys; left out of the JSON form when it is not
 */
public record Aes256GcmEnc(Boolean keyId) implements ProtectionMethod {
  public Aes256GcmEnc {
    keyId = MethodRules.onlyTrue(keyId);
  }

  /** Without the id of the key. */
  public Aes256GcmEnc() {
    this(null);
  }

  @Override
  public String key() {
    return "aes256GcmEnc";
  }

  @Override
  public boolean storesKeyId() {
    return keyId != null;
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
