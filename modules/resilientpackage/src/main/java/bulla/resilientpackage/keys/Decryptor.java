package bulla.resilientpackage.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;

/**
 * Whoever has the private half of an export key: a file, a hardware module, a key management
 * service. An implementation must be safe for use by several threads.
 */
public interface Decryptor {
  /**
   * The fingerprint of the key that this decrypts for: 64 lower-case hexadecimal digits. A package
   * for another key is refused before anything is decrypted.
   */
  String fingerprint();

  /**
   * Decrypts the content key of a package.
   *
   * @param keyLabel the {@code kid} of the package: equal to {@link #fingerprint()}
   * @param algorithm {@code RSA-OAEP-256} or {@code RSA-OAEP-512}
   * @param encryptedDek the encrypted key, as long as the RSA modulus
   * @return the content key, which the caller wipes
   * @throws GeneralSecurityException when it cannot be decrypted: altered or damaged
   * @throws IOException when the holder of the private key cannot be reached
   */
  byte[] decrypt(String keyLabel, String algorithm, byte[] encryptedDek)
      throws GeneralSecurityException, IOException;
}
