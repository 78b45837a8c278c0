package bulla.identity.token;

import bulla.secrets.SecretBytes;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;

/** The RSA key that signs access tokens. Its id is its thumbprint (RFC 7638). */
final class AccessKey {
  private final String kid;
  private final RSAPrivateCrtKey privateKey;
  private final RSAPublicKey publicKey;

  private AccessKey(RSAPrivateCrtKey privateKey) throws GeneralSecurityException, JOSEException {
    this.privateKey = privateKey;
    this.publicKey =
        (RSAPublicKey)
            KeyFactory.getInstance("RSA")
                .generatePublic(
                    new RSAPublicKeySpec(privateKey.getModulus(), privateKey.getPublicExponent()));
    this.kid = new RSAKey.Builder(publicKey).build().computeThumbprint().toString();
  }

  static AccessKey generate(int bits) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return new AccessKey((RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
    } catch (GeneralSecurityException | JOSEException impossible) {
      throw new IllegalStateException("Cannot make an RSA key", impossible);
    }
  }

  /** Reads a private key in PKCS#8 (RFC 5958). */
  static AccessKey fromPkcs8(SecretBytes pkcs8) {
    return pkcs8.with(
        bytes -> {
          try {
            return new AccessKey(
                (RSAPrivateCrtKey)
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes)));
          } catch (GeneralSecurityException | JOSEException altered) {
            throw new IllegalStateException("A stored token key is no RSA key", altered);
          }
        });
  }

  SecretBytes toPkcs8() {
    return SecretBytes.takeFrom(privateKey.getEncoded());
  }

  String kid() {
    return kid;
  }

  RSAPrivateCrtKey privateKey() {
    return privateKey;
  }

  RSAPublicKey publicKey() {
    return publicKey;
  }
}
