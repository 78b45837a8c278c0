package bulla.auditchain;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** A key pair that signs checkpoints: Ed25519 (RFC 8032). */
public final class CheckpointKey {
  /** What stands before the 32 bytes of a public key in its X.509 form (RFC 8410, section 4). */
  static final byte[] X509_PREFIX = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };

  private final PrivateKey privateKey;
  private final byte[] publicBytes;

  private CheckpointKey(PrivateKey privateKey, byte[] publicBytes) {
    this.privateKey = privateKey;
    this.publicBytes = publicBytes;
  }

  /** A new key pair. */
  public static CheckpointKey generate() {
    try {
      var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new CheckpointKey(pair.getPrivate(), raw(pair.getPublic()));
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("This Java has no Ed25519", absent);
    }
  }

  /**
   * The key pair that was stored.
   *
   * @param pkcs8 what {@link #pkcs8} gave
   * @param publicBytes what {@link #publicBytes} gave
   * @throws IllegalArgumentException if they are no key pair
   */
  public static CheckpointKey of(byte[] pkcs8, byte[] publicBytes) {
    try {
      var privateKey =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      return new CheckpointKey(privateKey, publicBytes.clone());
    } catch (GeneralSecurityException malformed) {
      // The cause could hold key bytes.
      throw new IllegalArgumentException("The stored key of the journal is malformed");
    }
  }

  /** The private half (RFC 8410, section 7); the caller wipes it. */
  public byte[] pkcs8() {
    return privateKey.getEncoded();
  }

  /** The public half: 32 bytes. */
  public byte[] publicBytes() {
    return publicBytes.clone();
  }

  /** The key's name: the thumbprint of its JWK (RFC 7638, RFC 8037). */
  public String kid() {
    return kid(publicBytes);
  }

  /** The key with the public half {@code publicBytes} as a JWK (RFC 8037). */
  public static String jwk(byte[] publicBytes) {
    return new CanonicalObject()
        .put("alg", "EdDSA")
        .put("crv", "Ed25519")
        .put("kid", kid(publicBytes))
        .put("kty", "OKP")
        .put("use", "sig")
        .put("x", base64(publicBytes))
        .toString();
  }

  byte[] sign(byte[] message) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(privateKey);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException("The journal's key does not sign", failed);
    }
  }

  static String kid(byte[] publicBytes) {
    String members = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + base64(publicBytes) + "\"}";
    try {
      return base64(
          MessageDigest.getInstance("SHA-256").digest(members.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("This Java has no SHA-256", absent);
    }
  }

  private static byte[] raw(PublicKey key) {
    byte[] encoded = key.getEncoded();
    return Arrays.copyOfRange(encoded, X509_PREFIX.length, encoded.length);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
