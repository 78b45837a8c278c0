package bulla.identity.certificate;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate that a client can authenticate with over TLS (RFC 5280): small, for a key that is
 * strong enough, and not restricted to other uses.
 */
final class ClientCertificate {
  private static final Pattern PEM =
      Pattern.compile(
          "\\s*-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]{1,8000})-----END CERTIFICATE-----\\s*");
  private static final int LARGEST = 5000;

  /** TLS tells every client the names of what it trusts, and the list of them is bounded. */
  private static final int LONGEST_SUBJECT = 256;

  private static final int FEWEST_RSA_BITS = 2048;
  private static final int FEWEST_EC_BITS = 256;
  private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
  private static final String ANY_USAGE = "2.5.29.37.0";

  private final X509Certificate certificate;
  private final byte[] der;

  private ClientCertificate(X509Certificate certificate, byte[] der) {
    this.certificate = certificate;
    this.der = der;
  }

  /**
   * Reads a certificate that a user is to have.
   *
   * @param pem one certificate in PEM (RFC 7468)
   * @throws IllegalArgumentException with a message for the client
   */
  static ClientCertificate parse(String pem, Instant now) {
    Matcher form = PEM.matcher(pem);
    if (!form.matches()) {
      throw new IllegalArgumentException("The text is not one certificate in PEM (RFC 7468)");
    }
    try {
      byte[] der =
          Base64.getMimeDecoder().decode(form.group(1).getBytes(StandardCharsets.US_ASCII));
      ClientCertificate read = fromDer(der);
      read.requireFit(now);
      return read;
    } catch (CertificateException | RuntimeException unreadable) {
      if (unreadable instanceof UnfitException unfit) {
        throw unfit;
      }
      throw new IllegalArgumentException("The certificate cannot be read", unreadable);
    }
  }

  /** Reads a certificate as it is stored. */
  static ClientCertificate fromDer(byte[] der) throws CertificateException {
    if (der.length > LARGEST) {
      throw new UnfitException("The certificate is larger than " + LARGEST + " bytes");
    }
    var certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der));
    if (!MessageDigest.isEqual(certificate.getEncoded(), der)) {
      throw new UnfitException("Something follows the certificate");
    }
    return new ClientCertificate(certificate, der);
  }

  /** The SHA-256 of a certificate's DER form in hexadecimal. */
  static String sha256(byte[] der) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  String sha256() {
    return sha256(der);
  }

  byte[] der() {
    return der.clone();
  }

  X509Certificate certificate() {
    return certificate;
  }

  /** The subject's distinguished name (RFC 2253). */
  String subject() {
    return certificate.getSubjectX500Principal().getName();
  }

  Instant notAfter() {
    return certificate.getNotAfter().toInstant();
  }

  boolean isValid(Instant now) {
    try {
      certificate.checkValidity(Date.from(now));
      return true;
    } catch (CertificateException notNow) {
      return false;
    }
  }

  private void requireFit(Instant now) throws CertificateException {
    if (!isValid(now)) {
      throw new UnfitException("The certificate is expired or not yet valid");
    }
    if (certificate.getSubjectX500Principal().getEncoded().length > LONGEST_SUBJECT) {
      throw new UnfitException(
          "The subject's name is longer than " + LONGEST_SUBJECT + " bytes in DER");
    }
    boolean[] keyUsage = certificate.getKeyUsage();
    List<String> purposes = certificate.getExtendedKeyUsage();
    boolean mayAuthenticate = keyUsage == null || keyUsage[0];
    boolean forClients =
        purposes == null
            || purposes.contains(CLIENT_AUTHENTICATION)
            || purposes.contains(ANY_USAGE);
    if (!mayAuthenticate || !forClients) {
      throw new UnfitException("The certificate is not for client authentication");
    }
    if (!isStrong(certificate.getPublicKey())) {
      throw new UnfitException(
          "The key must be RSA with 2048 bits or more, EC with 256 bits or more, or Ed25519");
    }
  }

  private static boolean isStrong(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return rsa.getModulus().bitLength() >= FEWEST_RSA_BITS;
    }
    if (key instanceof ECPublicKey ec) {
      return ec.getParams().getOrder().bitLength() >= FEWEST_EC_BITS;
    }
    return key.getAlgorithm().equals("EdDSA") || key.getAlgorithm().equals("Ed25519");
  }

  /** Why a certificate that can be read is refused. */
  private static final class UnfitException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnfitException(String message) {
      super(message);
    }
  }
}
