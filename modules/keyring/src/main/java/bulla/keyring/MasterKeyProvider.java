package bulla.keyring;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of places where the master key can be. */
public enum MasterKeyProvider {
  /** A PKCS#12 key store (RFC 7292) in the data directory, behind a password. */
  PKCS12,

  /** A token behind PKCS#11 (a hardware security module, or SoftHSM), which keeps the key. */
  PKCS11,

  /** A file in the data directory that a passphrase opens, which is given at each start. */
  PASSPHRASE;

  /** The name in settings, in the API and in the database: in lower case. */
  public String publishedName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The provider of this name. */
  public static Optional<MasterKeyProvider> named(String name) {
    return Arrays.stream(values())
        .filter(provider -> provider.publishedName().equals(name))
        .findFirst();
  }
}
