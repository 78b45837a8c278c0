package bulla.rps.signingkey;

import com.nimbusds.jose.jwk.ECKey;
import java.time.Duration;
import java.util.List;

/**
 * The public keys that verify packages, as a JSON Web Key Set (RFC 7517).
 *
 * @param keys the keys, newest first; the first one is announced and signs from the next rotation
 *     on
 */
public record Jwks(List<PackageKey> keys) {
  /** For how long anybody may go on with a copy. */
  static final Duration LONGEST_COPY = Duration.ofMinutes(5);

  /**
   * A public key (RFC 7518 section 6.2.1).
   *
   * @param kty always EC
   * @param crv always P-256
   * @param x the first coordinate in Base64url
   * @param y the second coordinate in Base64url
   * @param use always sig
   * @param alg always ES256
   * @param kid the key's thumbprint (RFC 7638), by which packages name it
   */
  public record PackageKey(
      String kty, String crv, String x, String y, String use, String alg, String kid) {}

  static Jwks of(List<ECKey> keys) {
    return new Jwks(
        keys.stream()
            .map(
                key ->
                    new PackageKey(
                        key.getKeyType().getValue(),
                        key.getCurve().getName(),
                        key.getX().toString(),
                        key.getY().toString(),
                        key.getKeyUse().identifier(),
                        key.getAlgorithm().getName(),
                        key.getKeyID()))
            .toList());
  }
}
