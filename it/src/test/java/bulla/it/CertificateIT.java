package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

/** Client certificates: pinned to users, and of an authority. */
@SharedServer
class CertificateIT {
  private static final String VERSION = "/pty/v1/auth/version";
  private static final String USERS = "/pty/v1/auth/users";
  private static final Duration LONGEST_RELOAD = Duration.ofSeconds(20);

  @Test
  void aPinnedCertificateOpensTheApisUntilItIsTakenAway(TestServer server) {
    TestUser user = server.user("user_manager_viewer");
    String path = USERS + "/" + user.id() + "/certificates";
    KeyPair keys = ClientAuthority.keys();
    X509Certificate certificate = ClientAuthority.selfSigned("CN=" + user.name(), keys);
    // TLS turns away what it does not know, or nobody hears of the certificate.
    assertThat(statusOver(server, keys, certificate)).isNotEqualTo(Optional.of(200));

    String sha256 =
        server
            .administrator()
            .post(path, Map.of("pem", ClientAuthority.pem(certificate)))
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
        .post(path, Map.of("pem", ClientAuthority.pem(certificate)))
        .problem(409, "CERTIFICATE_PINNED");
    assertThat(server.administrator().get(path).with(200).json().at("/0/sha256").asText())
        .isEqualTo(sha256);

    server.administrator().delete(path + "/" + sha256).with(200);

    Answer refused = own.get(USERS);
    refused.problem(401, "CERTIFICATE_REFUSED");
    assertThat(refused.header("WWW-Authenticate")).isNotBlank();
  }

  @Test
  void aCertificateOfTheAuthorityIsTheUserOfItsCommonName(TestServer server) {
    TestUser user = server.user("user_manager_viewer");
    Api own = ofTheAuthority(server, user.name());

    own.get(USERS).with(200);

    server.administrator().put(USERS, Map.of("id", user.id(), "enabled", false)).with(200);
    own.get(USERS).problem(401, "CERTIFICATE_REFUSED");
  }

  @Test
  void aCertificateOfTheAuthorityForNobodyOrForAnotherUseOpensNothing(TestServer server) {
    TestUser user = server.user("user_manager_viewer");
    KeyPair keys = ClientAuthority.keys();
    String nobody = TestServer.unique("nobody");

    ofTheAuthority(server, nobody).get(USERS).problem(401, "CERTIFICATE_REFUSED");
    for (KeyPurposeId purpose :
        List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_OCSPSigning)) {
      assertThat(statusOver(server, keys, issue(server, user.name(), keys, purpose)))
          .isNotEqualTo(Optional.of(200));
    }
    server
        .showing(keys.getPrivate(), issue(server, user.name(), keys, null))
        .get(USERS)
        .problem(401, "CERTIFICATE_REFUSED");
  }

  @Test
  void aCertificateCountsForEveryApi(TestServer server) {
    TestUser user = server.user("user_manager_viewer");
    Api own = ofTheAuthority(server, user.name());

    // Known, but not allowed to.
    own.get("/pty/v2/pim/roles").problem(403, "FORBIDDEN");
    own.get("/pty/v1/rps/export/none?version=1&coreVersion=1").problem(403, "FORBIDDEN");
  }

  /** What a proxy of the container's vendor would say of its client: nobody proves that here. */
  @Test
  void aCertificateInAHeaderIsNone(TestServer server) throws Exception {
    TestUser user = server.user("user_manager_viewer");
    X509Certificate certificate =
        issue(server, user.name(), ClientAuthority.keys(), KeyPurposeId.id_kp_clientAuth);
    String encoded = Base64.getEncoder().encodeToString(certificate.getEncoded());

    server
        .nobody()
        .get(USERS, "$WSCC", encoded, "$WSIS", "true", "$WSRU", user.name(), "$WSAT", "CLIENT_CERT")
        .problem(401, "UNAUTHENTICATED");
  }

  @Test
  void onlyWhoMayActForAUserGivesItACertificate(TestServer server) {
    TestUser user = server.user("workbench_management_policy_write");
    String path = USERS + "/" + user.id() + "/certificates";
    var body =
        Map.of(
            "pem",
            ClientAuthority.pem(
                ClientAuthority.selfSigned("CN=" + user.name(), ClientAuthority.keys())));

    server.nobody().post(path, body).problem(401, "UNAUTHENTICATED");
    server.as("user_manager_viewer").post(path, body).problem(403, "FORBIDDEN");
    server.as("user_manager_admin").post(path, body).problem(403, "BEYOND_OWN_PERMISSIONS");
    server.administrator().post(path, Map.of("pem", "x")).problem(400, "INVALID_VALUE");
    server.administrator().post(path, "{}").problem(400, "INVALID_VALUE");
    server.administrator().get(USERS + "/nobody/certificates").problem(404, "USER_NOT_FOUND");
    server.administrator().delete(path + "/00").problem(404, "CERTIFICATE_NOT_FOUND");
  }

  /** Whoever shows a certificate that the authority has issued to a client of that name. */
  private static Api ofTheAuthority(TestServer server, String name) {
    KeyPair keys = ClientAuthority.keys();
    return server.showing(
        keys.getPrivate(), issue(server, name, keys, KeyPurposeId.id_kp_clientAuth));
  }

  private static X509Certificate issue(
      TestServer server, String name, KeyPair keys, KeyPurposeId purpose) {
    return server.clientAuthority().issue("CN=" + name, keys, purpose);
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
}
