package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.launcher.CommandFailure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * First start, stop, start again, and what keeps a server from starting; on a server of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(1)
class LifecycleIT {
  private static final String VERSION = "/pty/v1/auth/version";
  private static final String LOG = "/pty/v1/auth/log";
  private static final String EVENTS = "/pty/v1/auth/audit/events";
  private static final String READY = "/health/ready";
  private static final String OUTAGE = "outage";

  private final TestServer server =
      TestServer.fresh(
          Path.of(System.getProperty("it.directory"), "lifecycle").toAbsolutePath(),
          Map.of(
              TestServer.ADMINISTRATOR_PASSWORD,
              "",
              "BULLA_ACCESS_TOKEN_SECONDS",
              "600",
              "BULLA_REFRESH_TOKEN_SECONDS",
              "900",
              "BULLA_BASIC_APIS",
              "auth,pim",
              "BULLA_CERTIFICATE_APIS",
              "none",
              "BULLA_CORS_ORIGINS",
              "",
              "BULLA_RPS_POST_EXPORT",
              "",
              "BULLA_LOG_FORMAT",
              "JSON",
              "BULLA_JVM_OPTIONS",
              TestServer.JVM_OPTIONS
                  + " -Dcom.ibm.ws.logging.trace.specification=*=info:bulla.identity=finest"));

  private PackageIT.Deployed unchangeable;
  private String unchangeableTag;

  @BeforeEach
  void start() {
    if (!server.isRunning()) {
      server.start();
    }
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void theProtectorIsMappedFromTheArchiveOfItsClasses() throws Exception {
    var command =
        new ProcessBuilder(
            Path.of(System.getProperty("bulla.home"), "bulla").toString(), "protect", "--help");
    command.environment().put("JAVA_TOOL_OPTIONS", "-Xlog:class+load");
    Process process = command.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said)
        .contains("bulla.protector.cli.Main source: shared objects file", "Usage: bulla protect");
  }

  /** Java would say there that the young have no room, before the first line of a result. */
  @Test
  void aSmallHeapSaysNothingOnTheStandardOutputOfTheProtector() throws Exception {
    var command =
        new ProcessBuilder(
            Path.of(System.getProperty("bulla.home"), "bulla").toString(), "protect", "--help");
    command.environment().put("JAVA_TOOL_OPTIONS", "-Xmx32m");
    Process process = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).startsWith("Usage: bulla protect");
  }

  @Test
  void theFirstStartMakesAPasswordThatOnlyItsOwnerReads() throws IOException {
    Path file = server.data().resolve("admin.password");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(server.administratorPassword()).hasSizeGreaterThanOrEqualTo(20);
    server.administrator().get(VERSION).with(200);
  }

  @Test
  void theLogSaysWhereThePasswordIsAndNotWhatItIs() throws IOException {
    // In JSON a slash may be written as an escape.
    String logs = Logs.of(server).replace("\\/", "/");

    assertThat(logs).contains(server.data().resolve("admin.password").toString());
    assertThat(logs.contains(server.administratorPassword())).isFalse();
  }

  @Test
  void withoutOriginsNoPageOfAnotherIsAllowedAnything() {
    Answer answer =
        server.administrator().get(VERSION, "Origin", "https://portal.example.com").with(200);

    assertThat(answer.http().headers().map().keySet())
        .noneMatch(name -> name.regionMatches(true, 0, "access-control-", 0, 15));
  }

  @Test
  void theDeprecatedExportIsOffUnlessASettingSaysSo() {
    server
        .as("workbench_deployment_immutablepackage_export")
        .post(
            "/pty/v1/rps/export?version=1&coreVersion=1",
            Map.of(
                "kek",
                Map.of(
                    "publicKey",
                    Map.of(
                        "label",
                        "key_name",
                        "algorithm",
                        "RSA_OAEP_SHA256",
                        "value",
                        ConsumerKeys.make().publicPem()))))
        .problem(403, "POST_EXPORT_OFF");
  }

  @Test
  void aRequestIsAnObjectOfTheJsonLogWithItsCorrelationId() throws IOException {
    String id = TestServer.unique("json-log");
    server.as().get(EVENTS, "X-Correlation-ID", id).problem(403, "FORBIDDEN");

    Instant end = Instant.now().plusSeconds(10);
    List<String> lines = List.of();
    while (lines.isEmpty()) {
      assertThat(Instant.now()).as("no line with " + id).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      try (var log = Files.lines(server.logs().resolve("messages.log"))) {
        // What the API itself logs of the call names it too.
        lines =
            log.filter(line -> line.contains(id) && line.contains("liberty_accesslog")).toList();
      }
    }
    JsonNode request = new ObjectMapper().readTree(lines.get(0));
    assertThat(request.path("type").asText()).isEqualTo("liberty_accesslog");
    assertThat(request.path("ibm_uriPath").asText()).isEqualTo(EVENTS);
    // The member is named after the header, which HTTP/2 writes in small letters.
    assertThat(request).anyMatch(member -> member.asText().equals(id));
    assertThat(server.as("insight_viewer").get(EVENTS + "?max=50").with(200).json())
        .as("the same in the journal")
        .anyMatch(entry -> entry.path("correlationId").asText().equals(id));
  }

  @Test
  void nobodyElseReadsTheDataDirectory() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.data())))
        .isEqualTo("rwx------");
  }

  @Test
  void tokensLiveAsLongAsTheSettingsSay() {
    TestUser user = server.user("can_create_token");
    JsonNode data =
        server.nobody().login(user.name(), user.password()).with(200).json().path("data");

    assertThat(data.path("expiresIn").asInt()).isEqualTo(600);
    assertThat(data.path("refreshExpiresIn").asInt()).isEqualTo(900);
  }

  @Test
  void aWayInThatIsSwitchedOffForAnApiOpensNothingThere() {
    TestUser user = server.user("can_create_token");
    Api basic = server.nobody().withPassword(user.name(), user.password());
    Api bearer = server.nobody().loggedIn(user.name(), user.password());
    KeyPair keys = ClientAuthority.keys();
    Api certificate =
        server.showing(
            keys.getPrivate(),
            server
                .clientAuthority()
                .issue("CN=" + user.name(), keys, KeyPurposeId.id_kp_clientAuth));

    basic.get(VERSION).with(200);
    basic.get("/pty/v2/pim/version").with(200);
    basic.get("/pty/v1/rps/version").problem(401, "UNAUTHENTICATED");
    bearer.get("/pty/v1/rps/version").with(200);
    certificate.get(VERSION).problem(401, "UNAUTHENTICATED");
  }

  @Test
  @Order(1)
  void whatWasThereBeforeARestartIsThereAfterIt() throws Exception {
    TestUser user = server.user("can_create_token", "workbench_management_policy_write");
    Answer login = server.nobody().login(user.name(), user.password()).with(200);
    Api before = server.nobody().withToken(login.header("pty_access_jwt_token"));
    before.post("/pty/v2/pim/init").with(200);
    String path =
        Samples.PIM
            + "/dataelements/"
            + before.create(
                Samples.PIM + "/dataelements", Samples.dataElement(TestServer.unique("lasting")));
    String element = before.get(path).with(200).text();
    String keys = server.nobody().get("/pty/v1/auth/jwks").with(200).text();
    String packageKeys = server.nobody().get("/pty/v1/rps/jwks").with(200).text();

    String level = server.administrator().get(LOG).with(200).json().path("level").asText();
    assertThat(level).as("the configured one").isEqualTo("FINEST");
    server.administrator().post(LOG, Map.of("level", "SEVERE")).with(200);
    assertThat(server.administrator().get(LOG).with(200).json().path("level").asText())
        .as("overrides it")
        .isEqualTo("SEVERE");

    List<String> packages = lastingPackages();
    server.close();
    assertThat(server.isRunning()).isFalse();
    assertThat(packagesInDatabase()).containsExactlyInAnyOrderElementsOf(packages);
    makeFaults();
    server.start();

    Api nobody = server.nobody();
    assertThat(nobody.get("/pty/v1/auth/jwks").with(200).text()).isEqualTo(keys);
    assertThat(nobody.get("/pty/v1/rps/jwks").with(200).text()).isEqualTo(packageKeys);
    Api sameToken = nobody.withToken(login.header("pty_access_jwt_token"));
    assertThat(sameToken.get(path).with(200).text()).isEqualTo(element);
    assertThat(server.administrator().get(LOG).with(200).json().path("level").asText())
        .as("lasts until the restart")
        .isEqualTo(level);
    nobody.loggedIn(user.name(), user.password()).get(VERSION).with(200);
    nobody
        .loggedIn(TestServer.ADMINISTRATOR, server.administratorPassword())
        .get("/pty/v1/auth/users/" + user.id())
        .with(200);
    nobody
        .post(
            "/pty/v1/auth/login/refresh",
            java.util.Map.of("refreshToken", login.json().at("/data/refreshToken").asText()))
        .with(200);
  }

  /**
   * Makes packages obsolete in every way, and while they are sealed.
   *
   * @return those that are not: data store and serial
   */
  private List<String> lastingPackages() throws Exception {
    Api exporter = server.as("workbench_deployment_immutablepackage_export");
    var deployedAgain = PackageIT.Deployed.to(server);
    exporter.get(deployedAgain.path()).with(200);
    deployedAgain.deploy();

    var withoutKey = PackageIT.Deployed.to(server);
    exporter.get(withoutKey.path()).with(200);
    String keys = Samples.PIM + "/datastores/" + withoutKey.store() + "/export/keys";
    String key = withoutKey.officer().get(keys).with(200).json().at("/0/uid").asText();
    withoutKey.officer().delete(keys + "/" + key).with(204);

    unchangeable = PackageIT.Deployed.to(server);
    unchangeableTag = exporter.get(unchangeable.path()).with(200).header("ETag");

    var raced = PackageIT.Deployed.to(server);
    ExecutorService exporters = Executors.newFixedThreadPool(3);
    try {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        answers.add(exporters.submit(() -> exporter.get(raced.path())));
      }
      for (int i = 0; i < 5; i++) {
        raced.deploy();
      }
      for (Future<Answer> answer : answers) {
        assertThat(answer.get().status()).as(answer.get().toString()).isIn(200, 409);
      }
    } finally {
      exporters.shutdownNow();
    }
    exporter.get(raced.path()).with(200);
    return List.of(unchangeable.store() + " serial 1", raced.store() + " serial 6");
  }

  private List<String> packagesInDatabase() throws SQLException {
    String url = "jdbc:derby:" + server.data().resolve("database");
    List<String> found = new ArrayList<>();
    try (var connection = DriverManager.getConnection(url);
        var select = connection.createStatement();
        var rows = select.executeQuery("select data_store, serial from rps_sealed_package")) {
      while (rows.next()) {
        found.add(rows.getString(1) + " serial " + rows.getLong(2));
      }
    }
    return found;
  }

  /**
   * Faults of the database: one concerns masks and the next deploy to one data store alone, the
   * other is there as long as the role {@value #OUTAGE}.
   */
  private void makeFaults() throws SQLException {
    String url = "jdbc:derby:" + server.data().resolve("database");
    try (var connection = DriverManager.getConnection(url);
        var alter = connection.createStatement()) {
      alter.execute("alter table audit_checkpoint alter column made_at null");
      alter.execute(
          """
          create trigger test_outage after insert on pim_role referencing new as made
          for each row when (made.name = '%s')
          insert into audit_checkpoint (seq, made_at, jws) values (9223372036854775807, null, 'none')\
          """
              .formatted(OUTAGE));
      alter.execute(
          """
          create trigger test_outage_end after delete on pim_role referencing old as gone
          for each row when (gone.name = '%s')
          delete from audit_checkpoint where seq = 9223372036854775807\
          """
              .formatted(OUTAGE));
      alter.execute(
          "alter table audit_entry add constraint test_fault check (object_type <> 'masks'"
              + " and (action <> 'DEPLOY' or object_id <> '%s' or detail <> 'revision 2'))"
                  .formatted(unchangeable.store()));
    }
    assertThatThrownBy(() -> DriverManager.getConnection(url + ";shutdown=true"))
        .isInstanceOfSatisfying(
            SQLException.class, down -> assertThat(down.getSQLState()).isEqualTo("08006"));
  }

  /** The fault was made at the restart of the test before. */
  @Test
  @Order(2)
  void aChangeWhoseEntryCannotBeWrittenIsRefusedAndReadersGoOn() {
    Api officer = server.officer();
    String role = officer.create(Samples.PIM + "/roles", Samples.role(TestServer.unique("role")));

    Answer refused =
        officer.post(Samples.PIM + "/masks", Samples.mask(TestServer.unique("unwritten")));

    assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
    assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    assertThat(refused.json().path("code").asText()).isEqualTo("UNAVAILABLE");
    assertThat(refused.header("Retry-After")).isNotBlank();
    assertThat(refused.text()).doesNotContain("test_fault").doesNotContain("SQL");
    assertThat(officer.get(Samples.PIM + "/masks").with(200).json()).isEmpty();
    officer.get(Samples.PIM + "/roles/" + role).with(200);
    officer.create(Samples.PIM + "/roles", Samples.role(TestServer.unique("role")));
  }

  /** The fault was made at the restart of the first test. */
  @Test
  @Order(2)
  void aServerThatCannotReadItsDatabaseIsNotHealthy() {
    Api officer = server.officer();
    String roles = Samples.PIM + "/roles";
    String role = officer.create(roles, Samples.role(OUTAGE));
    try {
      awaitHealth(false);
      Answer probe =
          server.plain().send(HttpRequest.newBuilder(URI.create(server.plain().url() + READY)));
      assertThat(probe.with(503).json().at("/checks/0/data/database").asBoolean(true)).isFalse();
    } finally {
      officer.delete(roles + "/" + role).with(204);
    }
    awaitHealth(true);
  }

  /** What was found last is said for a second. */
  private void awaitHealth(boolean expected) {
    Api user = server.as();
    for (String api : List.of("/pty/v1/auth", Samples.PIM, "/pty/v1/rps")) {
      Instant end = Instant.now().plusSeconds(10);
      String health;
      do {
        assertThat(Instant.now()).as(api + " is not healthy: " + !expected).isBefore(end);
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        health = user.get(api + "/health").with(200).text();
      } while (!health.equals("{\"isHealthy\":" + expected + "}"));
    }
  }

  @Test
  void aLevelThatIsSetOverridesTheConfiguredOneInTheLog() throws IOException {
    Api administrator = server.administrator();
    String configured = administrator.get(VERSION).with(200).header("X-Correlation-ID");
    administrator.post(LOG, Map.of("level", "SEVERE")).with(200);
    String hidden = administrator.get(VERSION).with(200).header("X-Correlation-ID");
    administrator.post(LOG, Map.of("level", "FINEST")).with(200);
    String last = administrator.get(VERSION).with(200).header("X-Correlation-ID");

    for (String shown : List.of(configured, last)) {
      assertThat(Logs.ofCall(server, shown))
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line).startsWith("FINEST: GET " + VERSION + " by admin "));
    }
    assertThat(Logs.ofCall(server, hidden)).isEmpty();
  }

  /** The fault is found after the deploy has removed the package. */
  @Test
  @Order(2)
  void aDeployThatIsUndoneLeavesThePackageOfTheOneBefore() {
    Answer refused =
        server
            .officer()
            .post(
                Samples.PIM + "/datastores/" + unchangeable.store() + "/deploy",
                Samples.deploy(unchangeable.policy()));

    assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
    server
        .as("workbench_deployment_immutablepackage_export")
        .get(unchangeable.path(), "If-None-Match", unchangeableTag)
        .with(304);
  }

  @Test
  void aRenewedCertificateIsServedWithoutARestart() throws Exception {
    X509Certificate before = served();

    server.again().renewCertificate();

    Instant end = Instant.now().plusSeconds(30);
    while (served().equals(before)) {
      assertThat(Instant.now()).as("the old certificate is still served").isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
    server.nobody().get(VERSION).problem(401, "UNAUTHENTICATED");
  }

  private X509Certificate served() throws IOException, GeneralSecurityException {
    URI url = URI.create(server.nobody().url());
    var sockets = Https.context(server.authority()).getSocketFactory();
    try (var socket = (SSLSocket) sockets.createSocket(url.getHost(), url.getPort())) {
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void aSecondServerOnTheSameDataIsRefused() {
    assertThatThrownBy(() -> server.again().start(Duration.ofSeconds(30), System.err::println))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(server.data().toString())
        .hasMessageContaining("already");

    assertThat(server.isRunning()).isTrue();
    server.nobody().get(VERSION).problem(401, "UNAUTHENTICATED");
  }

  /** The last: it leaves the server stopped. */
  @Test
  @Order(Integer.MAX_VALUE)
  void aWrongPasswordOfTheKeyStoreKeepsTheServerFromStarting() throws IOException {
    server.close();
    Path file = server.data().resolve("keyring").resolve("keystore.password");
    String password = Files.readString(file);
    Files.writeString(file, "wrong\n");
    try {
      assertThatThrownBy(server::start)
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("The password of the key store")
          .hasMessageContaining(server.data().resolve("keyring").resolve("master.p12").toString())
          .hasMessageContaining("is wrong")
          .hasMessageNotContaining("\n\tat ");

      assertThat(server.isRunning()).isFalse();
    } finally {
      server.close();
      Files.writeString(file, password);
    }
  }
}
