package bulla.rps.export;

import bulla.commonops.http.Printable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * For which key the deprecated export seals.
 *
 * @param kek the key that encrypts the content key
 */
public record ExportForKey(@Valid @NotNull(message = "must have a publicKey") Kek kek) {
  /**
   * The key that encrypts the content key.
   *
   * @param publicKey its public half
   */
  public record Kek(
      @Valid @NotNull(message = "must have a label, an algorithm and a value")
          PublicKey publicKey) {}

  /**
   * A public RSA key.
   *
   * @param label what its owner calls it, up to 255 characters; optional, and not kept
   * @param algorithm RSA_OAEP_SHA256 or RSA_OAEP_SHA512; where the server allows weak ones, also
   *     RSA_OAEP_SHA1 and RSA_PKCS1_v1_5
   * @param value a SubjectPublicKeyInfo in PEM; line breaks may be missing
   */
  public record PublicKey(
      @Size(max = 255, message = "must have at most 255 characters")
          @Pattern(regexp = Printable.TEXT, message = Printable.MESSAGE)
          String label,
      @NotNull(message = "must be the name of an algorithm") String algorithm,
      @NotNull(message = "must be a public key in PEM")
          @Size(max = 4000, message = "must have at most 4000 characters")
          String value) {}
}
