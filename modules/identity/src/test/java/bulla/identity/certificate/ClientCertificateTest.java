package bulla.identity.certificate;

import static bulla.identity.certificate.IssuedCertificates.issued;
import static bulla.identity.certificate.IssuedCertificates.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCertificateTest {
  private static final X509Certificate GOOD = IssuedCertificates.good("CN=alpha");

  static Stream<X509Certificate> fit() {
    return Stream.of(
        GOOD,
        issued("CN=a", "EC", 384, -1, 60, KeyPurposeId.id_kp_clientAuth, null),
        issued("CN=a", "RSA", 2048, -1, 60, null, KeyUsage.digitalSignature),
        issued("CN=a", "Ed25519", 0, -1, 60, KeyPurposeId.anyExtendedKeyUsage, null));
  }

  static Stream<Arguments> unfit() {
    return Stream.of(
        Arguments.of(issued("CN=a", "EC", 256, -3600, -1, null, null), "expired"),
        Arguments.of(issued("CN=a", "EC", 256, 600, 3600, null, null), "not yet valid"),
        Arguments.of(
            issued("CN=a", "EC", 256, -1, 60, KeyPurposeId.id_kp_serverAuth, null),
            "client authentication"),
        Arguments.of(
            issued("CN=a", "EC", 256, -1, 60, null, KeyUsage.keyEncipherment),
            "client authentication"),
        Arguments.of(issued("CN=a", "RSA", 1024, -1, 60, null, null), "2048"),
        Arguments.of(issued("CN=" + "a".repeat(300), "EC", 256, -1, 60, null, null), "256 bytes"));
  }

  @ParameterizedTest
  @MethodSource("fit")
  void aCertificateForClientsIsRead(X509Certificate certificate) throws Exception {
    ClientCertificate read = ClientCertificate.parse(pem(certificate), Instant.now());
    assertThat(read.certificate()).isEqualTo(certificate);
    assertThat(read.sha256())
        .isEqualTo(
            HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())));
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void anotherIsRefusedWithTheReason(X509Certificate certificate, String reason) {
    assertThatThrownBy(() -> ClientCertificate.parse(pem(certificate), Instant.now()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"
      })
  void whatIsNoCertificateIsRefused(String text) {
    assertThatThrownBy(() -> ClientCertificate.parse(text, Instant.now()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void twoCertificatesAreNotOne() {
    assertThatThrownBy(() -> ClientCertificate.parse(pem(GOOD) + pem(GOOD), Instant.now()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingFollowsACertificate() throws Exception {
    byte[] longer = java.util.Arrays.copyOf(GOOD.getEncoded(), GOOD.getEncoded().length + 1);
    assertThatThrownBy(() -> ClientCertificate.fromDer(longer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("follows");
  }
}
