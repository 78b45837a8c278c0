package bulla.liberty.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.liberty.CommandFailure;
import bulla.liberty.Installation;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsMaterialTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path data;

  @Test
  void theServersCertificateIsForLocalhostAndComesFromItsOwnAuthority() throws Exception {
    String password = material(NOW).prepare();
    X509Certificate server = certificate(password);
    server.verify(authority().getPublicKey());
    assertThat(server.getSubjectAlternativeNames().toString())
        .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(server.getBasicConstraints()).isEqualTo(-1);
    assertThat(authority().getBasicConstraints()).isZero();
  }

  @Test
  void whatIsThereStays() throws Exception {
    X509Certificate first = certificate(material(NOW).prepare());
    X509Certificate second = certificate(material(NOW.plus(Duration.ofDays(300))).prepare());
    assertThat(second).isEqualTo(first);
  }

  @Test
  void aCertificateThatIsAboutToExpireIsMadeAnewByTheSameAuthority() throws Exception {
    X509Certificate first = certificate(material(NOW).prepare());
    X509Certificate authority = authority();
    X509Certificate second = certificate(material(NOW.plus(Duration.ofDays(380))).prepare());
    assertThat(second).isNotEqualTo(first);
    assertThat(authority()).isEqualTo(authority);
    second.verify(authority.getPublicKey());
  }

  @Test
  void aRenewedCertificateIsMadeAtOnceByTheSameAuthority() throws Exception {
    String password = material(NOW).prepare();
    X509Certificate first = certificate(password);
    material(NOW).renew();
    X509Certificate second = certificate(password);
    assertThat(second).isNotEqualTo(first);
    second.verify(authority().getPublicKey());
  }

  @Test
  void aKeyStoreThatDoesNotOpenLeavesTheCertificateAsItIs() throws Exception {
    X509Certificate first = certificate(material(NOW).prepare());
    String password = Files.readString(data.resolve("tls/keystore.password")).strip();
    Path broken = Files.writeString(data.resolve("given.p12"), "no key store");
    Settings settings =
        Settings.from(
            Map.of("BULLA_DATA_DIR", data.toString(), "BULLA_TLS_KEYSTORE", broken.toString()),
            new Installation(data));
    var material = new TlsMaterial(settings, Clock.fixed(NOW, ZoneOffset.UTC));
    assertThatThrownBy(material::renew).isInstanceOf(CommandFailure.class);
    assertThat(certificate(password)).isEqualTo(first);
  }

  @Test
  void whatLibertyKeepsUnderThePasswordGoesWithIt() throws Exception {
    material(NOW).prepare();
    Path cookies = Files.writeString(data.resolve("tls/ltpa.keys"), "made by Liberty");
    material(NOW).prepare();
    assertThat(cookies).exists();
    Files.delete(data.resolve("tls/keystore.password"));
    Files.delete(data.resolve("tls/server.p12"));
    Files.delete(data.resolve("tls/ca.p12"));
    material(NOW).prepare();
    assertThat(cookies).doesNotExist();
  }

  @Test
  void keyStoresAndTheirPasswordAreForTheOwnerAlone() throws Exception {
    material(NOW).prepare();
    for (String name : new String[] {"server.p12", "ca.p12", "clients.p12", "keystore.password"}) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(data.resolve("tls").resolve(name))))
          .as(name)
          .isEqualTo("rw-------");
    }
  }

  private TlsMaterial material(Instant now) {
    Settings settings =
        Settings.from(
            Map.of("BULLA_DATA_DIR", data.toString(), "BULLA_HOST", "127.0.0.1"),
            new Installation(data));
    return new TlsMaterial(settings, Clock.fixed(now, ZoneOffset.UTC));
  }

  private X509Certificate certificate(String password) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(data.resolve("tls/server.p12"))) {
      store.load(in, password.toCharArray());
    }
    return (X509Certificate) store.getCertificate("server");
  }

  private X509Certificate authority() throws Exception {
    try (InputStream in = Files.newInputStream(data.resolve("tls/ca.pem"))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
