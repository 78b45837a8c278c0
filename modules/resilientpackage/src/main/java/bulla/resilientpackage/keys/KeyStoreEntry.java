package bulla.resilientpackage.keys;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The RSA key pair of a key store: the one under a name, or the only one. Its certificate says
 * nothing here beyond what the public key is.
 */
record KeyStoreEntry(String alias, PrivateKey privateKey, RSAPublicKey publicKey) {
  /**
   * The key pair in a key store that has been loaded.
   *
   * @param aliasOrNull the name of the entry; null for the only one
   * @param password what protects the entry; null where nothing does
   * @throws UnusableKeyException when there is no such key pair, or several and no name
   */
  static KeyStoreEntry find(KeyStore store, String aliasOrNull, char[] password)
      throws GeneralSecurityException {
    List<KeyStoreEntry> found = new ArrayList<>();
    // Whether the case of a name counts, each kind of store knows itself.
    List<String> names =
        aliasOrNull == null ? Collections.list(store.aliases()) : List.of(aliasOrNull);
    for (String name : names) {
      Certificate certificate = store.getCertificate(name);
      if (certificate != null
          && certificate.getPublicKey() instanceof RSAPublicKey publicKey
          && store.getKey(name, password) instanceof PrivateKey privateKey) {
        found.add(new KeyStoreEntry(name, privateKey, publicKey));
      }
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new UnusableKeyException(
        found.isEmpty()
            ? "There is no RSA key pair with a certificate"
                + (aliasOrNull == null ? "" : " named " + aliasOrNull)
            : "There are several RSA key pairs: name one of "
                + String.join(", ", found.stream().map(KeyStoreEntry::alias).sorted().toList()));
  }

  /** The name and the fingerprint. */
  @Override
  public String toString() {
    return "KeyStoreEntry[" + alias + ", " + Fingerprints.of(publicKey) + "]";
  }
}
