package bulla.protection;

import bulla.secrets.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM with a random 96-bit nonce. The layout is {@code version(1) nonce(12) ciphertext
 * tag(16)}; the version byte is also the associated data, so that it cannot be altered either.
 */
final class GcmEncryption implements ByteProtection {
  private static final byte VERSION = 1;
  private static final int NONCE = 12;
  private static final int TAG = 16;
  private static final byte[] ASSOCIATED = {VERSION};
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;

  GcmEncryption(SecretBytes key) {
    this.key = key.with(bytes -> new SecretKeySpec(bytes, "AES"));
  }

  @Override
  public byte[] protect(byte[] clear, byte[] externalIv) {
    var nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    byte[] encrypted = encrypt(nonce, ASSOCIATED, clear);
    var sealed = new byte[1 + NONCE + encrypted.length];
    sealed[0] = VERSION;
    System.arraycopy(nonce, 0, sealed, 1, NONCE);
    System.arraycopy(encrypted, 0, sealed, 1 + NONCE, encrypted.length);
    return sealed;
  }

  @Override
  public byte[] unprotect(byte[] sealed, byte[] externalIv) {
    if (sealed.length < 1 + NONCE + TAG || sealed[0] != VERSION) {
      throw new ProtectionException(ReturnCode.INTEGRITY_CHECK_FAILED);
    }
    return decrypt(
        Arrays.copyOfRange(sealed, 1, 1 + NONCE),
        ASSOCIATED,
        Arrays.copyOfRange(sealed, 1 + NONCE, sealed.length));
  }

  byte[] encrypt(byte[] nonce, byte[] associated, byte[] clear) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, nonce, associated).doFinal(clear);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The platform's AES-GCM does not encrypt", e);
    }
  }

  byte[] decrypt(byte[] nonce, byte[] associated, byte[] encrypted) {
    try {
      return cipher(Cipher.DECRYPT_MODE, nonce, associated).doFinal(encrypted);
    } catch (GeneralSecurityException e) {
      throw new ProtectionException(ReturnCode.INTEGRITY_CHECK_FAILED);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] associated) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG * 8, nonce));
    cipher.updateAAD(associated);
    return cipher;
  }
}
