package bulla.it;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that issues client certificates, as an operator has one. */
final class ClientAuthority {
  private static final String NAME = "CN=Authority of the tests' clients";

  private final KeyPair keys = keys();
  private final X509Certificate certificate = issued(NAME, NAME, keys, keys, null, true);

  /** A certificate for clients, or for whatever {@code purpose} says. */
  X509Certificate issue(String subject, KeyPair client, KeyPurposeId purpose) {
    return issued(subject, NAME, client, keys, purpose, false);
  }

  /** The authority's own certificate. */
  String pem() {
    return pem(certificate);
  }

  /** A certificate that signs itself, as a client makes it. */
  static X509Certificate selfSigned(String subject, KeyPair client) {
    return issued(subject, subject, client, client, null, false);
  }

  static KeyPair keys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static String pem(X509Certificate certificate) {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static X509Certificate issued(
      String subject,
      String issuer,
      KeyPair owner,
      KeyPair signer,
      KeyPurposeId purpose,
      boolean authority) {
    Instant now = Instant.now();
    try {
      var building =
          new JcaX509v3CertificateBuilder(
              new X500Principal(issuer),
              BigInteger.ONE,
              Date.from(now.minusSeconds(60)),
              Date.from(now.plusSeconds(36_000)),
              new X500Principal(subject),
              owner.getPublic());
      if (authority) {
        building.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      }
      if (purpose != null) {
        building.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              building.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
