package bulla.it;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that issues certificates to clients and servers, as an operator has one. */
final class ClientAuthority {
  private static final String NAME = "CN=Authority of the tests' clients";

  private final KeyPair keys = keys();
  private final X509Certificate certificate = issued(NAME, NAME, keys, keys, null, null);

  /** A certificate for clients, or for whatever {@code purpose} says. */
  X509Certificate issue(String subject, KeyPair client, KeyPurposeId purpose) {
    return issued(subject, NAME, client, keys, purpose, null);
  }

  /** TLS as a server at this address speaks it, for which the authority vouches. */
  SSLContext server(String address) throws IOException, GeneralSecurityException {
    KeyPair server = keys();
    return Https.server(
        server.getPrivate(),
        issued("CN=" + address, NAME, server, keys, KeyPurposeId.id_kp_serverAuth, address));
  }

  /** The authority's own certificate. */
  String pem() {
    return pem(certificate);
  }

  /** A certificate that signs itself, as a client makes it. */
  static X509Certificate selfSigned(String subject, KeyPair client) {
    return issued(subject, subject, client, client, null, null);
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
      String address) {
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
      if (subject.equals(NAME)) {
        building.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      }
      if (purpose != null) {
        building.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      }
      if (address != null) {
        building.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.iPAddress, address)));
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
