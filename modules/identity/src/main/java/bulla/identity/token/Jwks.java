package bulla.identity.token;

import com.nimbusds.jose.util.Base64URL;
import java.util.List;

/**
 * The public keys that verify access tokens, as a JSON Web Key Set (RFC 7517).
 *
 * @param keys the keys
 */
public record Jwks(List<PublicKey> keys) {
  /**
   * A public key (RFC 7518 section 6.3.1).
   *
   * @param kty always RSA
   * @param use always sig
   * @param alg always RS256
   * @param kid the key's thumbprint (RFC 7638)
   * @param n the modulus in Base64url
   * @param e the exponent in Base64url
   */
  public record PublicKey(String kty, String use, String alg, String kid, String n, String e) {}

  static Jwks of(List<AccessKey> keys) {
    return new Jwks(
        keys.stream()
            .map(
                key ->
                    new PublicKey(
                        "RSA",
                        "sig",
                        "RS256",
                        key.kid(),
                        Base64URL.encode(key.publicKey().getModulus()).toString(),
                        Base64URL.encode(key.publicKey().getPublicExponent()).toString()))
            .toList());
  }
}
