package bulla.resilientpackage.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;

/** Decrypts with a private key from a PKCS#12 key store (RFC 7292), such as keytool makes. */
public final class Pkcs12Decryptor implements Decryptor {
  private final RsaKey key;

  private Pkcs12Decryptor(RsaKey key) {
    this.key = key;
  }

  /**
   * With the private key in the key store {@code file}.
   *
   * @param password of the key store and the entry; the caller wipes it
   * @param aliasOrNull the name of the entry; null where there is one RSA key pair
   * @throws UnusableKeyException when the password is wrong, the file no key store, or the key pair
   *     not there
   * @throws IOException when the file cannot be read
   */
  public static Pkcs12Decryptor of(Path file, char[] password, String aliasOrNull)
      throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      var store = KeyStore.getInstance("PKCS12");
      load(store, in, password);
      KeyStoreEntry entry = KeyStoreEntry.find(store, aliasOrNull, password);
      return new Pkcs12Decryptor(
          new RsaKey(entry.privateKey(), Fingerprints.of(entry.publicKey())));
    } catch (GeneralSecurityException e) {
      // The cause is left out: it may describe the key.
      throw new UnusableKeyException("The key store's private key cannot be used");
    }
  }

  private static void load(KeyStore store, InputStream in, char[] password)
      throws GeneralSecurityException {
    try {
      store.load(in, password);
    } catch (IOException e) {
      throw new UnusableKeyException(
          e.getCause() instanceof UnrecoverableKeyException
              ? "The key store's password is wrong"
              : "Not a PKCS#12 key store");
    }
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
    return "Pkcs12Decryptor[" + key.fingerprint() + "]";
  }
}
