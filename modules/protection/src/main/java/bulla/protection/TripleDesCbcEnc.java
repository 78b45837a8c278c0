package bulla.protection;

/**
 * Encryption with three-key Triple DES in CBC mode and PKCS #5 padding, for data that is already
 * protected so: NIST SP 800-131A r2 disallows it for new data.
 *
 * @param iv whether every value gets a random IV, put in front; true when absent
 * @param crc whether a CRC-32 of the value is encrypted with it and checked; true when absent
 * @param keyId when true, the id of the key stands in front of every value, in two bytes, and the
 *     element can have several keys; left out of the JSON form when it is not
 */
public record TripleDesCbcEnc(Boolean iv, Boolean crc, Boolean keyId) implements ProtectionMethod {
  public TripleDesCbcEnc {
    iv = MethodRules.flag(iv, true);
    crc = MethodRules.flag(crc, true);
    keyId = MethodRules.onlyTrue(keyId);
  }

  /** Without the id of the key. */
  public TripleDesCbcEnc(Boolean iv, Boolean crc) {
    this(iv, crc, null);
  }

  @Override
  public String key() {
    return "tripleDesCbcEnc";
  }

  @Override
  public int keyLength() {
    return 24;
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
