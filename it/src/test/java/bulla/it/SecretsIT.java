package bulla.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Passwords, tokens and keys appear in no log, journal entry, page of the database, error or answer
 * that is not meant to hold them.
 */
@SharedServer
class SecretsIT {
  private static final List<String> APIS = List.of("/pty/v1/auth", "/pty/v2/pim", "/pty/v1/rps");
  private static final String USERS = "/pty/v1/auth/users";

  @Test
  void noLogHoldsASecretEvenAtItsMostDetailedLevel(TestServer server) throws IOException {
    Api loggers =
        server.as(
            "role_admin",
            "workbench_management_policy_write",
            "workbench_deployment_immutablepackage_export");
    APIS.forEach(api -> loggers.post(api + "/log", Map.of("level", "FINEST")).with(200));
    List<String> secrets;
    try {
      secrets = secretsOfADay(server);
    } finally {
      APIS.forEach(api -> loggers.post(api + "/log", Map.of("level", "INFO")).with(200));
    }

    String logs = Logs.of(server);

    assertThat(logs).isNotBlank();
    for (String secret : secrets) {
      // Without a message of the assertion's own, which would show the secret in this log.
      assertThat(logs.contains(secret)).as("secret " + secrets.indexOf(secret)).isFalse();
    }
  }

  /** On a header without a name the server's own parser fails. */
  @Test
  void noLogHoldsTheHeadersOfARequestThatTheServerFailsOn(TestServer server)
      throws IOException, GeneralSecurityException {
    String secret = base64("admin:" + TestServer.unique("Header-Passphrase"));

    String answer =
        Https.answer(
            server,
            "GET /pty/v1/auth/version HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic "
                + secret
                + "\r\n: x\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400 ");
    assertThat(Logs.of(server).contains(secret)).as("the logs hold it").isFalse();
    assertThat(server.logs().resolve("ffdc")).as("incident files").doesNotExist();
  }

  @Test
  void neitherTheJournalNorAPageOfTheDatabaseHoldsASecret(TestServer server) throws IOException {
    Api auditor = server.as("insight_admin");
    List<String> secrets = secretsOfADay(server);
    TestUser last = server.user("can_create_token");
    secrets.add(last.password());

    String events = auditor.get("/pty/v1/auth/audit/events?max=1000").with(200).text();
    String export = auditor.get("/pty/v1/auth/audit/export").with(200).text();
    String pages = Logs.pages(server);

    assertThat(events).contains(last.id());
    assertThat(pages).contains(last.id(), last.name());
    for (String secret : secrets) {
      String number = "secret " + secrets.indexOf(secret);
      assertThat(events.contains(secret)).as(number).isFalse();
      assertThat(export.contains(secret)).as(number).isFalse();
      assertThat(pages.contains(secret)).as(number).isFalse();
    }
  }

  /** Does what users do, well and badly, and returns every secret that was sent or received. */
  private static List<String> secretsOfADay(TestServer server) {
    var secrets = new ArrayList<String>();
    secrets.add(server.administratorPassword());
    TestUser user =
        server.user(
            "can_create_token",
            "workbench_management_policy_write",
            "workbench_deployment_immutablepackage_export");
    secrets.add(user.password());
    Api nobody = server.nobody();

    Answer login = nobody.login(user.name(), user.password()).with(200);
    Api api = nobody.withToken(addTokens(login, secrets));
    Answer next =
        nobody
            .post(
                "/pty/v1/auth/login/refresh",
                Map.of("refreshToken", login.json().at("/data/refreshToken").asText()))
            .with(200);
    addTokens(next, secrets);

    api.post("/pty/v2/pim/init").with(200);
    api.create(Samples.PIM + "/dataelements", Samples.dataElement(TestServer.unique("secret")));
    String policy =
        api.create(Samples.PIM + "/policies", Samples.policy(TestServer.unique("secret")));
    String store =
        api.create(Samples.PIM + "/datastores", Samples.dataStore(TestServer.unique("secret")));
    String fingerprint = ConsumerKeys.make().addTo(api, store);
    api.post(Samples.PIM + "/datastores/" + store + "/deploy", Samples.deploy(policy)).with(200);
    api.get("/pty/v1/rps/export/" + fingerprint).with(200);

    passwordsOfSources(api, secrets);
    String changed = TestServer.unique("Changed-Passphrase");
    secrets.add(changed);
    server
        .administrator()
        .put(USERS + "/password", Map.of("userId", user.id(), "newPassword", changed))
        .with(200);
    String own = TestServer.unique("Own-Passphrase");
    secrets.add(own);
    nobody
        .form(
            "/pty/v1/auth/login/password",
            "loginname",
            user.name(),
            "password",
            changed,
            "newPassword",
            own)
        .with(204);

    String wrong = TestServer.unique("Wrong-Passphrase");
    secrets.add(wrong);
    nobody.login(user.name(), wrong).with(401);
    nobody.withPassword(user.name(), wrong).get(USERS).with(401);
    nobody.withPassword(user.name(), own).get(USERS).with(403);
    secrets.add(base64(user.name() + ":" + own));
    secrets.add(base64(user.name() + ":" + wrong));
    String broken = login.header("pty_access_jwt_token") + "x";
    nobody.withToken(broken).get(USERS).with(401);
    nobody.post("/pty/v1/auth/login/refresh", "{\"refreshToken\":\"" + wrong).with(400);
    nobody.post("/pty/v1/auth/login/refresh", Map.of("refreshToken", wrong)).with(401);
    nobody.get("/pty/v1/auth/version?access_token=" + wrong).with(401);
    return secrets;
  }

  /** Creates, changes, tries and uses sources that have passwords; none of them can be reached. */
  private static void passwordsOfSources(Api api, List<String> secrets) {
    for (String type : List.of("LDAP", "DATABASE")) {
      String password = TestServer.unique("Source-Password");
      String next = TestServer.unique("Source-Password");
      secrets.addAll(List.of(password, next));
      String name = TestServer.unique("source");
      Answer created = api.post(Samples.PIM + "/sources", source(type, name, password)).with(201);
      String path = Samples.PIM + "/sources/" + created.json().path("uid").asText();
      List<Answer> answers =
          List.of(
              created,
              api.put(path, source(type, name, next)).with(200),
              api.get(path).with(200),
              api.post(path + "/test").with(200),
              api.post(Samples.PIM + "/sources", source(type, name, password)).with(409));
      for (Answer answer : answers) {
        assertThat(answer.text().contains(password) || answer.text().contains(next))
            .as(answer.http().uri().toString())
            .isFalse();
      }
    }
  }

  private static Map<String, Object> source(String type, String name, String password) {
    return Map.of(
        "name",
        name,
        "type",
        type,
        "connection",
        type.equals("LDAP")
            ? Map.of(
                "host",
                "127.0.0.1",
                "port",
                1,
                "useTls",
                true,
                "userBaseDn",
                "dc=example,dc=com",
                "bindDn",
                "cn=reader",
                "password",
                password)
            : Map.of(
                "vendor",
                "POSTGRESQL",
                "host",
                "127.0.0.1",
                "port",
                1,
                "dsn",
                "people",
                "userName",
                "reader",
                "password",
                password,
                "usersQuery",
                "select name from users"));
  }

  /**
   * Adds the tokens and their signatures, which are what a thief needs; returns the access token.
   */
  private static String addTokens(Answer login, List<String> secrets) {
    String access = login.header("pty_access_jwt_token");
    String refresh = login.json().at("/data/refreshToken").asText();
    for (String token : List.of(access, refresh)) {
      secrets.add(token);
      secrets.add(token.substring(token.lastIndexOf('.') + 1));
    }
    return access;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void noAnswerRepeatsAPassword(TestServer server) {
    Api administrator = server.administrator();
    TestUser user = server.user("can_create_token");

    List<Answer> answers =
        List.of(
            administrator.get(USERS + "/" + user.id()).with(200),
            administrator.get(USERS + "?max=1000").with(200),
            administrator
                .put(USERS, Map.of("id", user.id(), "password", user.password()))
                .with(200),
            administrator
                .put(
                    USERS + "/password",
                    Map.of("userId", user.id(), "newPassword", user.password()))
                .with(200),
            administrator
                .put(
                    USERS + "/password", Map.of("userId", "nobody", "newPassword", user.password()))
                .with(404),
            administrator
                .put(USERS + "/password", Map.of("userId", user.id(), "password", user.password()))
                .with(400),
            administrator
                .put(USERS + "/password", "{\"userId\":[\"" + user.password() + "\"]}")
                .with(400),
            administrator
                .put(USERS + "/password", "{\"newPassword\":\"" + user.password() + "\" oops")
                .with(400),
            administrator
                .put(
                    USERS + "/password",
                    Map.of("userId", user.id(), "newPassword", List.of(user.password())))
                .with(400));

    for (Answer answer : answers) {
      assertThat(answer.text().contains(user.password()))
          .as(answer.http().uri().toString())
          .isFalse();
    }
  }

  @Test
  void aRefusedPasswordIsNotRepeated(TestServer server) {
    String tooShort = "shorty-9x";

    JsonNode problem =
        server
            .administrator()
            .post(
                USERS,
                Map.of(
                    "username",
                    TestServer.unique("refused"),
                    "password",
                    tooShort,
                    "roles",
                    List.of("directory_viewer")))
            .problem(400, "INVALID_VALUE");

    assertThat(problem.path("member").asText()).isEqualTo("password");
    assertThat(problem.toString().contains(tooShort)).isFalse();
  }
}
