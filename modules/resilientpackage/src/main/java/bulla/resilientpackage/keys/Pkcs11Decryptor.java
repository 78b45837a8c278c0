package bulla.resilientpackage.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;

/**
 * Decrypts with a private key that stays in a PKCS#11 token, through the JDK's provider SunPKCS11.
 * That provider has no OAEP with SHA-256 or SHA-512, so the token does the RSA operation
 * (CKM_RSA_X_509) and the encoding is undone here.
 */
public final class Pkcs11Decryptor implements Decryptor {
  private final Provider provider;
  private final KeyStoreEntry entry;
  private final String fingerprint;

  private Pkcs11Decryptor(Provider provider, KeyStoreEntry entry) {
    this.provider = provider;
    this.entry = entry;
    this.fingerprint = Fingerprints.of(entry.publicKey());
  }

  /**
   * Opens a token.
   *
   * @param configuration a configuration file of SunPKCS11: {@code name}, {@code library}, {@code
   *     slot} or {@code slotListIndex}
   * @param pin the user's PIN; the caller wipes it
   * @param aliasOrNull the label of the key pair and its certificate; null where there is one RSA
   *     key pair
   * @throws UnusableKeyException when the key pair is not there
   * @throws IOException when the token cannot be reached or does not open
   */
  public static Pkcs11Decryptor open(Path configuration, char[] pin, String aliasOrNull)
      throws IOException {
    try {
      Provider provider =
          Security.getProvider("SunPKCS11").configure(configuration.toAbsolutePath().toString());
      var token = KeyStore.getInstance("PKCS11", provider);
      token.load(null, pin);
      return new Pkcs11Decryptor(provider, KeyStoreEntry.find(token, aliasOrNull, null));
    } catch (UnusableKeyException e) {
      throw e;
    } catch (RuntimeException | GeneralSecurityException | IOException e) {
      throw new IOException(
          "The PKCS#11 token that %s describes does not open (%s)"
              .formatted(configuration, reason(e)),
          e);
    }
  }

  private static String reason(Throwable failed) {
    Throwable deepest = failed;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.getMessage();
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public byte[] decrypt(String keyLabel, String algorithm, byte[] encryptedDek)
      throws GeneralSecurityException, IOException {
    RsaKey.requireLabel(fingerprint, keyLabel);
    String hash = KeyWrap.named(algorithm).hash();
    BigInteger modulus = entry.publicKey().getModulus();
    int length = (modulus.bitLength() + Byte.SIZE - 1) / Byte.SIZE;
    // What a token says to an impossible number, no two tokens agree on.
    if (encryptedDek.length != length || new BigInteger(1, encryptedDek).compareTo(modulus) >= 0) {
      throw new BadPaddingException("Not a ciphertext of this key");
    }
    byte[] encoded;
    try {
      var cipher = Cipher.getInstance("RSA/ECB/NoPadding", provider);
      cipher.init(Cipher.DECRYPT_MODE, entry.privateKey());
      encoded = cipher.doFinal(encryptedDek);
    } catch (ProviderException | GeneralSecurityException e) {
      throw new IOException("The PKCS#11 token does not decrypt (" + reason(e) + ")", e);
    }
    return OaepDecoding.decode(encoded, hash);
  }

  /** The fingerprint alone. */
  @Override
  public String toString() {
    return "Pkcs11Decryptor[" + fingerprint + "]";
  }
}
