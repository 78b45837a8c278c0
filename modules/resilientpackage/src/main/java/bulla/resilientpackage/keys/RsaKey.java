package bulla.resilientpackage.keys;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.util.Objects;
import javax.crypto.Cipher;

/** A private RSA key in this process's memory and the name of its public half. */
record RsaKey(PrivateKey key, String fingerprint) {
  RsaKey {
    Objects.requireNonNull(key);
    Objects.requireNonNull(fingerprint);
  }

  byte[] decrypt(String keyLabel, String algorithm, byte[] encryptedDek)
      throws GeneralSecurityException {
    requireLabel(fingerprint, keyLabel);
    return KeyWrap.named(algorithm).cipher(Cipher.DECRYPT_MODE, key).doFinal(encryptedDek);
  }

  static void requireLabel(String fingerprint, String keyLabel) throws InvalidKeyException {
    if (!fingerprint.equals(keyLabel)) {
      throw new InvalidKeyException("This private key is not the one of that label");
    }
  }

  /** The fingerprint alone. */
  @Override
  public String toString() {
    return "RsaKey[" + fingerprint + "]";
  }
}
