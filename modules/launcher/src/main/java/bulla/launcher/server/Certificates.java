package bulla.launcher.server;

import bulla.launcher.CommandFailure;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The certificates of a server's own authority, made with Bouncy Castle. Nothing else in the
 * launcher names that: its files are signed, and to open them takes a tenth of a second, which a
 * start that needs no new certificate saves.
 */
final class Certificates {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Certificates() {}

  /** The authority's own. */
  static X509Certificate ofAuthority(KeyPair keys, Instant now, Duration life)
      throws IOException, GeneralSecurityException {
    return sign(
        builder("CN=Bulla authority", keys, now, life)
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)),
        keys.getPrivate());
  }

  /**
   * A server's, by the authority.
   *
   * @param hosts its names and addresses
   */
  static X509Certificate ofServer(
      KeyPair keys, Stream<String> hosts, PrivateKey authority, Instant now, Duration life)
      throws IOException, GeneralSecurityException {
    var names =
        new GeneralNames(hosts.map(Certificates::name).distinct().toArray(GeneralName[]::new));
    return sign(
        builder("CN=localhost", keys, now, life)
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
            .addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
            .addExtension(Extension.subjectAlternativeName, false, names),
        authority);
  }

  /** Whether a certificate names a host. */
  static boolean names(X509Certificate certificate, String host) throws IOException {
    byte[] names = certificate.getExtensionValue(Extension.subjectAlternativeName.getId());
    return names != null
        && List.of(
                GeneralNames.getInstance(JcaX509ExtensionUtils.parseExtensionValue(names))
                    .getNames())
            .contains(name(host));
  }

  private static GeneralName name(String host) {
    try {
      return new GeneralName(isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName, host);
    } catch (IllegalArgumentException neither) {
      throw new CommandFailure(
          "No certificate can name the host " + host + "; set BULLA_HOST to an address", neither);
    }
  }

  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
  }

  private static X509v3CertificateBuilder builder(
      String subject, KeyPair keys, Instant now, Duration life) {
    return new JcaX509v3CertificateBuilder(
        new X500Name("CN=Bulla authority"),
        new BigInteger(127, RANDOM),
        Date.from(now.minus(Duration.ofMinutes(5))),
        Date.from(now.plus(life)),
        new X500Name(subject),
        keys.getPublic());
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    } catch (OperatorCreationException failed) {
      throw new GeneralSecurityException(failed.getMessage(), failed);
    }
  }
}
