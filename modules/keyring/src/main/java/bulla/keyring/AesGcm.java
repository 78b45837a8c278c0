package bulla.keyring;

import bulla.secrets.SecretBytes;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-GCM with a tag of 128 bits (NIST SP 800-38D), from the JDK's provider. A sealed text is the
 * ciphertext with the tag behind it.
 */
final class AesGcm {
  /** Bytes of a nonce. */
  static final int NONCE_LENGTH = 12;

  /** Bytes that a sealed text is longer than what it seals. */
  static final int TAG_LENGTH = 16;

  private AesGcm() {}

  /** The sealed form of {@code clear}; a nonce must never be used twice with the same key. */
  static byte[] seal(SecretKey key, byte[] nonce, byte[] associated, SecretBytes clear) {
    return clear.with(
        bytes -> {
          try {
            return cipher(Cipher.ENCRYPT_MODE, key, nonce, associated).doFinal(bytes);
          } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM cannot seal", impossible);
          }
        });
  }

  /**
   * What {@link #seal} sealed.
   *
   * @throws AEADBadTagException if the key, the nonce, the associated data or the sealed text is
   *     not the same as then
   */
  static SecretBytes open(SecretKey key, byte[] nonce, byte[] associated, byte[] sealed)
      throws AEADBadTagException {
    try {
      return SecretBytes.takeFrom(
          cipher(Cipher.DECRYPT_MODE, key, nonce, associated).doFinal(sealed));
    } catch (AEADBadTagException altered) {
      throw altered;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM cannot open", impossible);
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] associated)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce));
    cipher.updateAAD(associated);
    return cipher;
  }
}
