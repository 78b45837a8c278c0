package bulla.identity.certificate;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates that sign themselves, as a client makes them. */
public final class IssuedCertificates {
  private IssuedCertificates() {}

  /** One that is good now. */
  public static X509Certificate good(String subject) {
    return issued(subject, "EC", 256, -3600, 3600, null, null);
  }

  static X509Certificate issued(
      String subject,
      String algorithm,
      int bits,
      long fromSeconds,
      long untilSeconds,
      KeyPurposeId purpose,
      Integer usage) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      if (bits > 0) {
        generator.initialize(bits);
      }
      KeyPair keys = generator.generateKeyPair();
      Instant now = Instant.now();
      var building =
          new JcaX509v3CertificateBuilder(
              new X500Principal(subject),
              BigInteger.ONE,
              Date.from(now.plusSeconds(fromSeconds)),
              Date.from(now.plusSeconds(untilSeconds)),
              new X500Principal(subject),
              keys.getPublic());
      if (purpose != null) {
        building.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      }
      if (usage != null) {
        building.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      }
      String signature =
          switch (algorithm) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> algorithm;
          };
      return new JcaX509CertificateConverter()
          .getCertificate(
              building.build(new JcaContentSignerBuilder(signature).build(keys.getPrivate())));
    } catch (GeneralSecurityException
        | java.io.IOException
        | org.bouncycastle.operator.OperatorCreationException impossible) {
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
}
