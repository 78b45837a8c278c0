package bulla.protection;

/**
 * Encryption with AES-256 in a mode that keeps the length: CBC over the full blocks; what is left
 * is combined by exclusive or with the last encrypted block, encrypted once more. Values of less
 * than a block that have no IV are all combined with the same bytes, so whoever knows one can read
 * the others: give them an IV or use {@link Aes256GcmEnc}.
 *
 * @param iv whether every value gets a random IV, put in front; false when absent
 * @param crc whether a CRC-32 of the value is encrypted with it and checked; false when absent
 * @param keyId when true, the id of the key stands in front of every value, in two bytes, and the
 *     element can have several keys; left out of the JSON form when it is not
 */
public record Aes256CuspEnc(Boolean iv, Boolean crc, Boolean keyId) implements ProtectionMethod {
  public Aes256CuspEnc {
    iv = MethodRules.flag(iv, false);
    crc = MethodRules.flag(crc, false);
    keyId = MethodRules.onlyTrue(keyId);
  }

  /** Without the id of the key. */
  public Aes256CuspEnc(Boolean iv, Boolean crc) {
    this(iv, crc, null);
  }

  @Override
  public String key() {
    return "aes256CuspEnc";
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
