package bulla.protection;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** The block cipher itself, from the platform's provider, which uses the processor's AES. */
final class Aes {
  static final int BLOCK = 16;

  private Aes() {}

  /** AES that encrypts whole blocks, each on its own; for one thread. */
  static Cipher encryptor(SecretKeySpec key) {
    try {
      // The block function that FF1, CBC-MAC and the counter stream are made of; never a mode.
      var cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key);
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The platform has no AES", e);
    }
  }
}
