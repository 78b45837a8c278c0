package bulla.identity.saml;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An X.509 certificate as SAML metadata has it: DER in Base64, without a PEM header. */
final class SigningCertificate {
  private static final int LONGEST = 16_384;

  private SigningCertificate() {}

  /** The SHA-256 of each of these certificates, as far as it takes to tell them apart. */
  static String fingerprints(String joined) {
    if (joined == null) {
      return "none";
    }
    return Stream.of(joined.split(","))
        .map(certificate -> sha256(Base64.getDecoder().decode(certificate)).substring(0, 16))
        .collect(Collectors.joining(" "));
  }

  private static String sha256(byte[] der) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Java has no SHA-256", impossible);
    }
  }

  /** The same in one line, if it is a certificate. */
  static Optional<String> normalised(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      byte[] der = Base64.getDecoder().decode(text.replaceAll("[ \\t\\r\\n]", ""));
      var in = new ByteArrayInputStream(der);
      CertificateFactory.getInstance("X.509").generateCertificate(in);
      return in.available() == 0
          ? Optional.of(Base64.getEncoder().encodeToString(der))
          : Optional.empty();
    } catch (IllegalArgumentException | GeneralSecurityException noCertificate) {
      return Optional.empty();
    }
  }
}
