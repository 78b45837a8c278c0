package bulla.identity.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientCertificatesTest {
  private static final KeyPair AUTHORITY = keyPair();
  private static final KeyPair CLIENT = keyPair();
  private static final String AUTHORITY_NAME = "CN=Client CA";

  @TempDir Path directory;
  private final Instant now = Instant.now();
  private ClientCertificates certificates;

  @BeforeEach
  void open() throws Exception {
    Path file = directory.resolve("ca.pem");
    Files.writeString(
        file,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(authority().getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    certificates = new ClientCertificates(Optional.of(file.toString()));
  }

  @Test
  void theCommonNameIsTheUser() throws Exception {
    assertThat(certificates.userName(client("CN=alpha, O=Example", AUTHORITY, client())))
        .contains("alpha");
    assertThat(
            certificates.userName(client("CN=\"Zo\u00eb, A=B\", O=Example", AUTHORITY, client())))
        .contains("Zo\u00eb, A=B");
  }

  @Test
  void anotherAuthorityOfTheSameNameIsRefused() throws Exception {
    assertThat(certificates.userName(client("CN=alpha", keyPair(), client()))).isEmpty();
  }

  @Test
  void aCertificateThatIsNotForClientsIsRefused() throws Exception {
    assertThat(
            certificates.userName(
                client("CN=alpha", AUTHORITY, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))))
        .isEmpty();
    assertThat(certificates.userName(client("CN=alpha", AUTHORITY, null))).isEmpty();
  }

  @Test
  void anExpiredCertificateIsRefused() throws Exception {
    assertThat(
            certificates.userName(
                issued("CN=alpha", AUTHORITY, CLIENT, client(), false, now.minusSeconds(10))))
        .isEmpty();
  }

  @Test
  void aSubjectWithoutOneCommonNameIsRefused() throws Exception {
    assertThat(certificates.userName(client("O=alpha", AUTHORITY, client()))).isEmpty();
    assertThat(certificates.userName(client("CN=alpha, CN=admin", AUTHORITY, client()))).isEmpty();
  }

  @Test
  void withoutAnAuthorityNobodyIsLetIn() throws Exception {
    var closed = new ClientCertificates(Optional.empty());
    assertThat(closed.userName(client("CN=alpha", AUTHORITY, client()))).isEmpty();
  }

  @Test
  void aFileWithoutCertificatesStopsTheServer() throws Exception {
    Path empty = Files.createFile(directory.resolve("empty.pem"));
    assertThatThrownBy(() -> new ClientCertificates(Optional.of(empty.toString())))
        .isInstanceOf(IllegalStateException.class);
  }

  private X509Certificate authority() throws Exception {
    return issued(AUTHORITY_NAME, AUTHORITY, AUTHORITY, null, true, now.plusSeconds(3600));
  }

  private X509Certificate client(String subject, KeyPair issuer, ExtendedKeyUsage usage)
      throws Exception {
    return issued(subject, issuer, CLIENT, usage, false, now.plusSeconds(3600));
  }

  private static ExtendedKeyUsage client() {
    return new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth);
  }

  private X509Certificate issued(
      String subject,
      KeyPair issuer,
      KeyPair owner,
      ExtendedKeyUsage usage,
      boolean isAuthority,
      Instant until)
      throws Exception {
    var building =
        new JcaX509v3CertificateBuilder(
            new X500Principal(AUTHORITY_NAME),
            BigInteger.ONE,
            Date.from(now.minusSeconds(3600)),
            Date.from(until),
            new X500Principal(subject),
            owner.getPublic());
    building.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
    if (usage != null) {
      building.addExtension(Extension.extendedKeyUsage, false, usage);
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            building.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
  }

  private static KeyPair keyPair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
