package bulla.pim.datastore;

import bulla.pim.object.Uid;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * An export key as the API shows it.
 *
 * @param uid the uid, by which paths and other objects refer to it
 * @param algorithm RSA-OAEP-256 or RSA-OAEP-512
 * @param fingerprint SHA-256 of the key's SubjectPublicKeyInfo in DER, with colons
 * @param description what it is for, in words; absent where it was not given
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExportKeyView(String uid, String algorithm, String fingerprint, String description) {
  static ExportKeyView of(StoredExportKey key) {
    return new ExportKeyView(
        Uid.of(key.id()),
        key.algorithm(),
        key.fingerprint().replaceAll("(..)(?!$)", "$1:"),
        key.description());
  }
}
