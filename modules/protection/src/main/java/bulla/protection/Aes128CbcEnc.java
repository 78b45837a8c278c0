package bulla.protection;

/**
 * Encryption with AES-128 in CBC mode and PKCS #5 padding. It does not notice every alteration: use
 * {@link Aes256GcmEnc} where the choice is free.
 *
 * @param iv whether every value gets a random IV, put in front; true when absent. Without it the
 *     same value gives the same bytes
 * @param crc whether a CRC-32 of the value is encrypted with it and checked; true when absent. It
 *     finds accidents, not attacks
 * @param keyId when true, the id of the key stands in front of every value, in two bytes, and the
 *     element can have several keys; left out of the JSON form when it is not
 */
public record Aes128CbcEnc(Boolean iv, Boolean crc, Boolean keyId) implements ProtectionMethod {
  public Aes128CbcEnc {
    iv = MethodRules.flag(iv, true);
    crc = MethodRules.flag(crc, true);
    keyId = MethodRules.onlyTrue(keyId);
  }

  /** Without the id of the key. */
  public Aes128CbcEnc(Boolean iv, Boolean crc) {
    this(iv, crc, null);
  }

  @Override
  public String key() {
    return "aes128CbcEnc";
  }

  @Override
  public int keyLength() {
    return 16;
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
