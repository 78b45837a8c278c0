package bulla.resilientpackage.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;

/**
 * Decrypts with a private key from a PEM text: PKCS#8, not encrypted ({@code BEGIN PRIVATE KEY}).
 */
public final class PemDecryptor implements Decryptor {
  private final RsaKey key;

  private PemDecryptor(RsaKey key) {
    this.key = key;
  }

  /**
   * With the private key in {@code pem}.
   *
   * @throws UnusableKeyException when there is none, with what to do where it is encrypted or of
   *     another form
   */
  public static PemDecryptor of(String pem) {
    byte[] der = Pem.decode(pem, "PRIVATE KEY");
    try {
      var factory = KeyFactory.getInstance("RSA");
      if (!(factory.generatePrivate(new PKCS8EncodedKeySpec(der))
          instanceof RSAPrivateCrtKey key)) {
        throw new UnusableKeyException("The private key lacks its public exponent");
      }
      var publicKey =
          (RSAPublicKey)
              factory.generatePublic(
                  new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
      return new PemDecryptor(new RsaKey(key, Fingerprints.of(publicKey)));
    } catch (GeneralSecurityException e) {
      // The cause is left out: it may describe the key.
      throw new UnusableKeyException("The PEM block does not hold an RSA private key");
    } finally {
      Arrays.fill(der, (byte) 0);
    }
  }

  /**
   * With the private key in the PEM file {@code path}.
   *
   * @throws UnusableKeyException as {@link #of(String)}
   * @throws IOException when the file cannot be read
   */
  public static PemDecryptor of(Path path) throws IOException {
    return of(Files.readString(path, StandardCharsets.ISO_8859_1));
  }

  @Override
  public String fingerprint() {
    return key.fingerprint();
  }

  @Override
  public byte[] decrypt(String keyLabel, String algorithm, byte[] encryptedDek)
      throws GeneralSecurityException {
    return key.decrypt(keyLabel, algorithm, encryptedDek);
  }

  /** The fingerprint alone. */
  @Override
  public String toString() {
    return "PemDecryptor[" + key.fingerprint() + "]";
  }
}
