package bulla.identity.keyring;

import bulla.keyring.MasterKeyProvider;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The kinds of places where the master key can be, by their names in the API. */
public enum Provider {
  /** A PKCS#12 key store in the data directory. */
  @JsonProperty("pkcs12")
  PKCS12,
  /** A token behind PKCS#11. */
  @JsonProperty("pkcs11")
  PKCS11,
  /** A file in the data directory that a passphrase opens. */
  @JsonProperty("passphrase")
  PASSPHRASE;

  MasterKeyProvider known() {
    return MasterKeyProvider.valueOf(name());
  }

  @Override
  public String toString() {
    return known().publishedName();
  }
}
