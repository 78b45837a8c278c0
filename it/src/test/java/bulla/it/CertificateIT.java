package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Client certificates that are pinned to users. */
@ExtendWith(BullaServer.class)
class CertificateIT {
  private static final String VERSION = "/pty/v1/auth/version";
  private static final String USERS = "/pty/v1/auth/users";
  private static final Duration LONGEST_RELOAD = Duration.ofSeconds(20);

  @Test
  void aPinnedCertificateOpensTheApisUntilItIsTakenAway(TestServer server) throws Exception {
    TestUser user = server.user("user_manager_viewer");
    String path = USERS + "/" + user.id() + "/certificates";
    KeyPair keys = keys();
    X509Certificate certificate = certificate(keys, "CN=" + user.name());
    // TLS turns away what it does not know, or nobody hears of the certificate.
    assertThat(statusOver(server, keys, certificate)).isNotEqualTo(Optional.of(200));

    String sha256 =
        server
            .administrator()
            .post(path, Map.of("pem", pem(certificate)))
            .with(200)
            .json()
            .path("sha256")
            .asText();

    Api own = reloaded(server, keys, certificate);
    own.get(USERS).with(200);
    assertThat(
            own.post("/pty/v1/auth/roles", "{}").problem(403, "FORBIDDEN").path("detail").asText())
        .contains("role_admin");
    server
        .administrator()
        .post(path, Map.of("pem", pem(certificate)))
        .problem(409, "CERTIFICATE_PINNED");
    assertThat(server.administrator().get(path).with(200).json().at("/0/sha256").asText())
        .isEqualTo(sha256);

    server.administrator().delete(path + "/" + sha256).with(200);

    Answer refused = own.get(USERS);
    refused.problem(401, "CERTIFICATE_REFUSED");
    assertThat(refused.header("WWW-Authenticate")).isNotBlank();
  }

  @Test
  void onlyWhoMayActForAUserGivesItACertificate(TestServer server) throws Exception {
    TestUser user = server.user("workbench_management_policy_write");
    String path = USERS + "/" + user.id() + "/certificates";
    var body = Map.of("pem", pem(certificate(keys(), "CN=" + user.name())));

    server.nobody().post(path, body).problem(401, "UNAUTHENTICATED");
    server.as("user_manager_viewer").post(path, body).problem(403, "FORBIDDEN");
    server.as("user_manager_admin").post(path, body).problem(403, "BEYOND_OWN_PERMISSIONS");
    server.administrator().post(path, Map.of("pem", "x")).problem(400, "INVALID_VALUE");
    server.administrator().post(path, "{}").problem(400, "INVALID_VALUE");
    server.administrator().get(USERS + "/nobody/certificates").problem(404, "USER_NOT_FOUND");
    server.administrator().delete(path + "/00").problem(404, "CERTIFICATE_NOT_FOUND");
  }

  /** Connects anew until the server has read its trust store again. */
  private static Api reloaded(TestServer server, KeyPair keys, X509Certificate certificate) {
    Instant end = Instant.now().plus(LONGEST_RELOAD);
    while (Instant.now().isBefore(end)) {
      if (statusOver(server, keys, certificate).equals(Optional.of(200))) {
        return server.showing(keys.getPrivate(), certificate);
      }
    }
    throw new AssertionError("The certificate was not accepted within " + LONGEST_RELOAD);
  }

  private static Optional<Integer> statusOver(
      TestServer server, KeyPair keys, X509Certificate certificate) {
    try {
      return Optional.of(
          server.showing(keys.getPrivate(), certificate).get(VERSION).http().statusCode());
    } catch (UncheckedIOException noHandshake) {
      return Optional.empty();
    }
  }

  private static KeyPair keys() throws Exception {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static X509Certificate certificate(KeyPair keys, String subject) throws Exception {
    Instant now = Instant.now();
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    new X500Principal(subject),
                    BigInteger.ONE,
                    Date.from(now.minusSeconds(60)),
                    Date.from(now.plusSeconds(3600)),
                    new X500Principal(subject),
                    keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  private static String pem(X509Certificate certificate) throws Exception {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }
}
