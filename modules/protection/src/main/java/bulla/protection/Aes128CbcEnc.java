package bulla.protection;

/**
 * Encryption with AES-128 in CBC mode and PKCS #5 padding. It does not notice every alteration: use
 * {@link Aes256GcmEnc} where the choice is free.
 *
 * @param iv whether every value gets a random IV, put in front; true when absent. Without it the
 *     same value gives the same bytes
 * @param crc whether a CRC-32 of the value is encrypted with it and checked; true when absent. It
 *     finds accidents, not attacks
 */
public record Aes128CbcEnc(Boolean iv, Boolean crc) implements ProtectionMethod {
  public Aes128CbcEnc {
    iv = MethodRules.flag(iv, true);
    crc = MethodRules.flag(crc, true);
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
  public boolean protectsToText() {
    return false;
  }

  @Override
  public boolean protectedValueIsReturnable() {
    return false;
  }
}
