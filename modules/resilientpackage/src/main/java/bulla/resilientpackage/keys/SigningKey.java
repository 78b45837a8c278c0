package bulla.resilientpackage.keys;

import java.security.interfaces.ECPrivateKey;

/**
 * The key that signs packages: an ECDSA key on P-256, for {@code ES256}.
 *
 * @param kid the name under which readers find its public half, 1 to 100 characters
 * @param key the private key
 */
public record SigningKey(String kid, ECPrivateKey key) {
  /**
   * @throws UnusableKeyException when the name is empty or too long, or the curve another one
   */
  public SigningKey {
    P256.requireKeyId(kid);
    if (!P256.isCurveOf(key.getParams())) {
      throw new UnusableKeyException("A signing key must be on the curve P-256");
    }
  }

  /** The name alone. */
  @Override
  public String toString() {
    return "SigningKey[" + kid + "]";
  }
}
