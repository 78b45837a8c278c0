package bulla.rps.signingkey;

import bulla.keyring.KeyContext;
import bulla.keyring.Keyring;
import bulla.resilientpackage.keys.SigningKey;
import bulla.secrets.SecretBytes;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * A key pair that signs packages, as a row keeps it: ECDSA on P-256, for {@code ES256} (RFC 7518
 * section 3.4).
 *
 * @param generation 1 for the first key; the highest one is announced, the one before it signs
 * @param kid the thumbprint of the public key (RFC 7638), by which packages name it
 * @param publicKey the DER SubjectPublicKeyInfo in Base64
 * @param wrappedKey the PKCS#8 encoding of the private key, or random bytes once it signs no more;
 *     wrapped by the keyring, in Base64
 * @param createdAt when it was made
 */
record StoredSigningKey(
    int generation, String kid, String publicKey, String wrappedKey, Instant createdAt) {
  private static final int FIRST_WRAPPING = 1;
  private static final int RANDOM_BYTES = 64;

  /** A new key pair, its private half wrapped by {@code keyring}. */
  static StoredSigningKey generate(int generation, Keyring keyring, Instant now) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      String kid = jwk((ECPublicKey) pair.getPublic()).getKeyID();
      try (var pkcs8 = SecretBytes.takeFrom(pair.getPrivate().getEncoded())) {
        return new StoredSigningKey(
            generation,
            kid,
            Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()),
            Base64.getEncoder().encodeToString(keyring.wrap(context(kid), pkcs8)),
            now);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java platform has no keys on the curve P-256", e);
    }
  }

  /**
   * The private key, ready to sign.
   *
   * @throws bulla.keyring.KeyringException if the row's private key was altered, or belongs to
   *     another kid
   */
  SigningKey open(Keyring keyring) {
    try (SecretBytes secret = keyring.unwrap(context(kid), decoded(wrappedKey))) {
      byte[] pkcs8 = secret.copyOfBytes();
      try {
        var key =
            (ECPrivateKey)
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        return new SigningKey(kid, key);
      } finally {
        Arrays.fill(pkcs8, (byte) 0);
      }
    } catch (GeneralSecurityException e) {
      // The cause is left out: it may describe the key.
      throw new IllegalStateException("The signing key " + kid + " is not an EC key");
    }
  }

  /**
   * The same key without its private half, in whose place random bytes lie: wrapped, as what was
   * there, so that the row still proves its public half.
   */
  StoredSigningKey withoutPrivateKey(Keyring keyring) {
    try (var random = SecretBytes.random(RANDOM_BYTES)) {
      return new StoredSigningKey(
          generation,
          kid,
          publicKey,
          Base64.getEncoder().encodeToString(keyring.wrap(context(kid), random)),
          createdAt);
    }
  }

  /**
   * The public key in the form in which readers get it, nothing of the private one in it.
   *
   * <p>It is shown only if its thumbprint is the kid under which the keyring opens the private
   * half: whoever can write to the database, but has no master key, must not be able to make
   * readers trust a key.
   *
   * @throws bulla.keyring.KeyringException if the row's private key was altered, or belongs to
   *     another kid
   * @throws IllegalStateException if the row's public key was altered
   */
  ECKey publicJwk(Keyring keyring) {
    keyring.unwrap(context(kid), decoded(wrappedKey)).close();
    ECKey jwk;
    try {
      jwk =
          jwk(
              (ECPublicKey)
                  KeyFactory.getInstance("EC")
                      .generatePublic(new X509EncodedKeySpec(decoded(publicKey))));
    } catch (GeneralSecurityException e) {
      throw altered(e);
    }
    if (!jwk.getKeyID().equals(kid)) {
      throw altered(null);
    }
    return jwk;
  }

  /** The place of the private key in the keyring. */
  static KeyContext context(String kid) {
    return new KeyContext("rps", "signingkey/" + kid, FIRST_WRAPPING, "sign");
  }

  private byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      throw altered(notBase64);
    }
  }

  private IllegalStateException altered(Throwable cause) {
    return new IllegalStateException("The row of the signing key " + kid + " was altered", cause);
  }

  private static ECKey jwk(ECPublicKey key) {
    try {
      return new ECKey.Builder(Curve.P_256, key)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint()
          .build();
    } catch (JOSEException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** The generation and the kid. */
  @Override
  public String toString() {
    return "StoredSigningKey[" + generation + ", " + kid + "]";
  }
}
