package bulla.pim.datastore;

import bulla.pim.object.Description;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * An export key to add to a data store.
 *
 * @param algorithm RSA-OAEP-256 or RSA-OAEP-512
 * @param description what it is for, in words, up to 255 characters; optional
 * @param pem the public key, a SubjectPublicKeyInfo in PEM; line breaks may be missing
 */
public record AddExportKey(
    @NotNull(message = "must be RSA-OAEP-256 or RSA-OAEP-512") String algorithm,
    @Description String description,
    @NotNull(message = "must be a public key in PEM")
        @Size(max = AddExportKey.LONGEST_PEM, message = "must have at most 4000 characters")
        String pem) {
  static final int LONGEST_PEM = 4000;
}
