package bulla.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, with what, until when, and what they may do then. */
@SharedServer
class AuthenticationIT {
  private static final String VERSION = "/pty/v1/auth/version";
  private static final String TOKEN_HEADER = "pty_access_jwt_token";
  private static final String PASSWORD_CHANGE = "PASSWORD_CHANGE_REQUIRED";
  private static final String CREATE_TOKEN = "can_create_token";
  private static final String POLICY_READ = "workbench_management_policy_read";
  private static final String POLICY_WRITE = "workbench_management_policy_write";
  private static final String EXPORT = "workbench_deployment_immutablepackage_export";

  @ParameterizedTest
  @ValueSource(
      strings = {
        VERSION,
        "/pty/v1/auth/users",
        "/pty/v1/auth/roles",
        "/pty/v2/pim/roles",
        "/pty/v2/pim/deploy",
        "/pty/v1/rps/export/0000"
      })
  void whoeverShowsNoCredentialsIsAskedForSome(String path, TestServer server) {
    Answer answer = server.nobody().get(path);

    answer.problem(401, "UNAUTHENTICATED");
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"bulla\"");
  }

  @Test
  void aLoginAnswersAsPublished(TestServer server) {
    TestUser user = server.user(CREATE_TOKEN);

    Answer answer = server.nobody().login(user.name(), user.password()).with(200);

    JsonNode body = answer.json();
    assertThat(body.path("status").asInt(-1)).isZero();
    assertThat(body.path("messages").isEmpty()).isTrue();
    assertThat(body.path("data").path("expiresIn").asInt()).isEqualTo(1800);
    assertThat(body.path("data").path("refreshExpiresIn").asInt()).isEqualTo(1800);
    assertThat(body.path("data").path("refreshToken").asText()).isNotBlank();
    assertThat(header(answer.header(TOKEN_HEADER))).contains("\"RS256\"");
    assertThat(header(refreshToken(answer))).contains("\"HS512\"");
    assertThat(answer.text()).doesNotContain(answer.header(TOKEN_HEADER));
    assertThat(answer.header("Cache-Control")).contains("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b.c", "..", "e30.e30.", "not a token", "\"\""})
  void whatIsNoTokenOpensNothing(String token, TestServer server) {
    Answer answer = server.nobody().withToken(token).get(VERSION);

    assertThat(answer.problem().path("status").asInt()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
  }

  @Test
  void anUnknownSchemeOpensNothing(TestServer server) {
    Api digest =
        new Api(server.nobody().http(), server.nobody().url(), "Digest username=\"admin\"");

    digest.get(VERSION).problem(401, "UNAUTHENTICATED");
  }

  @Test
  void aTokenWithAnyPartAlteredOpensNothing(TestServer server) {
    String[] parts = token(server).split("\\.", -1);

    for (int part = 0; part < parts.length; part++) {
      String[] altered = parts.clone();
      altered[part] = altered(parts[part]);
      refused(server, String.join(".", altered));
    }
    refused(server, parts[0] + "." + parts[1] + ".");
    refused(server, parts[0] + "." + parts[1]);
    refused(server, String.join(".", parts) + "=");
    refused(server, String.join(".", parts) + ".");
  }

  @Test
  void aTokenWithMovedTimesOrMorePermissionsOpensNothing(TestServer server) {
    String[] parts = token(server).split("\\.", -1);
    String claims = decoded(parts[1]);

    refused(
        server,
        parts[0] + "." + encoded(claims.replace("\"exp\":1", "\"exp\":9")) + "." + parts[2]);
    refused(
        server,
        parts[0] + "." + encoded(claims.replace("\"exp\":1", "\"exp\":0")) + "." + parts[2]);
    refused(
        server,
        parts[0] + "." + encoded(claims.replace(CREATE_TOKEN, "role_admin")) + "." + parts[2]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "HS256", "RS512", "PS256"})
  void aTokenDoesNotChooseItsAlgorithm(String algorithm, TestServer server) {
    String[] parts = token(server).split("\\.", -1);
    String header = encoded(decoded(parts[0]).replace("RS256", algorithm));

    refused(server, header + "." + parts[1] + ".");
    refused(server, header + "." + parts[1] + "." + parts[2]);
  }

  @Test
  void thePublicKeyIsNoSecretToSignWith(TestServer server) throws GeneralSecurityException {
    String[] parts = token(server).split("\\.", -1);
    JsonNode key = server.nobody().get("/pty/v1/auth/jwks").with(200).json().at("/keys/0");
    byte[] der =
        KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")))
            .getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    String content = encoded(decoded(parts[0]).replace("RS256", "HS256")) + "." + parts[1];

    for (byte[] secret : List.of(der, pem.getBytes(US_ASCII), pem.strip().getBytes(US_ASCII))) {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      refused(
          server,
          content
              + "."
              + Base64.getUrlEncoder()
                  .withoutPadding()
                  .encodeToString(mac.doFinal(content.getBytes(US_ASCII))));
    }
  }

  @Test
  void aRefreshTokenIsNoAccessTokenNorTheOtherWayRound(TestServer server) {
    TestUser user = server.user(CREATE_TOKEN);
    Answer login = server.nobody().login(user.name(), user.password()).with(200);

    refused(server, refreshToken(login));
    refresh(server, "/pty/v1/auth/login/refresh", login.header(TOKEN_HEADER))
        .problem(401, "REFRESH_TOKEN_REFUSED");
  }

  @Test
  void basicWorksWithTheRightPasswordAlone(TestServer server) {
    TestUser user = server.user(POLICY_READ);
    Api right = server.nobody().withPassword(user.name(), user.password());
    Answer wrong = server.nobody().withPassword(user.name(), user.password() + "x").get(VERSION);

    for (String api : List.of("/pty/v1/auth", "/pty/v2/pim", "/pty/v1/rps")) {
      right.get(api + "/version").with(200);
    }
    wrong.problem(401, "WRONG_CREDENTIALS");
    assertThat(wrong.header("WWW-Authenticate")).isNotBlank();
    right.get("/pty/v1/auth/users").problem(403, "FORBIDDEN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!", "bm9jb2xvbg==", "Og=="})
  void basicCredentialsThatCannotBeReadOpenNothing(String credentials, TestServer server) {
    Api nobody = server.nobody();

    assertThat(
            new Api(nobody.http(), nobody.url(), "Basic " + credentials)
                .get(VERSION)
                .problem()
                .path("status")
                .asInt())
        .isEqualTo(401);
  }

  @Test
  void anUnknownUserAndAWrongPasswordGetTheSameAnswer(TestServer server) {
    TestUser user = server.user(CREATE_TOKEN);
    TestUser disabled = server.user(CREATE_TOKEN);
    server
        .administrator()
        .put("/pty/v1/auth/users", Map.of("id", disabled.id(), "enabled", false))
        .with(200);

    JsonNode wrong = loginRefused(server, user.name(), "Wrong-passphrase-1");

    assertThat(loginRefused(server, TestServer.unique("nobody"), "Wrong-passphrase-1"))
        .isEqualTo(wrong);
    assertThat(loginRefused(server, disabled.name(), disabled.password())).isEqualTo(wrong);
    assertThat(loginRefused(server, "no:body\u0000", "Wrong-passphrase-1")).isEqualTo(wrong);
  }

  @Test
  void aLoginNeedsThePermissionToHaveTokens(TestServer server) {
    TestUser user = server.user(POLICY_WRITE);

    Answer answer = server.nobody().login(user.name(), user.password());

    assertThat(answer.problem(403, "FORBIDDEN").path("detail").asText()).contains(CREATE_TOKEN);
    assertThat(answer.header(TOKEN_HEADER)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/pty/v1/auth/login/token/refresh", "/pty/v1/auth/login/refresh"})
  void aRefreshRotatesTheToken(String path, TestServer server) {
    TestUser user = server.user(CREATE_TOKEN);
    Answer login = server.nobody().login(user.name(), user.password()).with(200);

    Answer next = refresh(server, path, refreshToken(login)).with(200);
    Answer third = refresh(server, path, refreshToken(next)).with(200);

    assertThat(Set.of(refreshToken(login), refreshToken(next), refreshToken(third))).hasSize(3);
    assertThat(next.json().path("data").path("expiresIn").asInt()).isEqualTo(1800);
    server.nobody().withToken(next.header(TOKEN_HEADER)).get(VERSION).with(200);
    server.nobody().withToken(third.header(TOKEN_HEADER)).get(VERSION).with(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/pty/v1/auth/login/token/refresh", "/pty/v1/auth/login/refresh"})
  void aRefreshTokenUsedTwiceEndsItsWholeFamily(String path, TestServer server) {
    TestUser user = server.user(CREATE_TOKEN);
    Answer login = server.nobody().login(user.name(), user.password()).with(200);
    Answer otherSession = server.nobody().login(user.name(), user.password()).with(200);
    Answer next = refresh(server, path, refreshToken(login)).with(200);

    refresh(server, path, refreshToken(login)).problem(401, "REFRESH_TOKEN_REFUSED");

    refresh(server, path, refreshToken(next)).problem(401, "REFRESH_TOKEN_REFUSED");
    refused(server, next.header(TOKEN_HEADER));
    refused(server, login.header(TOKEN_HEADER));
    refresh(server, path, refreshToken(otherSession)).with(200);
  }

  @Test
  void aNewPasswordEndsTheTokensOfTheOldOne(TestServer server) {
    TestUser user = server.user(CREATE_TOKEN);
    Answer login = server.nobody().login(user.name(), user.password()).with(200);

    server
        .administrator()
        .put(
            "/pty/v1/auth/users/password",
            Map.of("userId", user.id(), "newPassword", "Another-passphrase-2", "temporary", false))
        .with(200);

    ended(server, login);
    loginRefused(server, user.name(), user.password());
    server.nobody().loggedIn(user.name(), "Another-passphrase-2").get(VERSION).with(200);
  }

  @Test
  void aUserChangesItsOwnPasswordAndEndsItsTokens(TestServer server) {
    TestUser user = server.user(CREATE_TOKEN);
    Answer login = server.nobody().login(user.name(), user.password()).with(200);

    changePassword(server, user, "Another-passphrase-2").with(204);

    ended(server, login);
    server.nobody().loggedIn(user.name(), "Another-passphrase-2").get(VERSION).with(200);
  }

  @Test
  void aTemporaryPasswordIsGoodForItsChangeAlone(TestServer server) {
    TestUser user = server.user(CREATE_TOKEN);
    server
        .administrator()
        .put(
            "/pty/v1/auth/users/password",
            Map.of("userId", user.id(), "newPassword", user.password(), "temporary", true))
        .with(200);

    server.nobody().login(user.name(), user.password()).problem(403, PASSWORD_CHANGE);
    changePassword(server, user, "Another-passphrase-2").with(204);
    server.nobody().loggedIn(user.name(), "Another-passphrase-2").get(VERSION).with(200);
  }

  @Test
  void aResetIsTemporaryUnlessItSaysOtherwise(TestServer server) {
    TestUser user = server.user(CREATE_TOKEN);
    Answer login = server.nobody().login(user.name(), user.password()).with(200);

    server
        .administrator()
        .put(
            "/pty/v1/auth/users/password",
            Map.of("userId", user.id(), "newPassword", "Another-passphrase-2"))
        .with(200);

    ended(server, login);
    server.nobody().login(user.name(), "Another-passphrase-2").problem(403, PASSWORD_CHANGE);
    server
        .nobody()
        .withPassword(user.name(), "Another-passphrase-2")
        .get(VERSION)
        .problem(403, PASSWORD_CHANGE);
  }

  @Test
  void aFormerOrCommonPasswordIsRefused(TestServer server) {
    TestUser user = server.user(CREATE_TOKEN);
    changePassword(server, user, user.password()).problem(400, "PASSWORD_REUSED");
    changePassword(server, user, "Password123456").problem(400, "INVALID_VALUE");
    changePassword(server, user, user.name()).problem(400, "INVALID_VALUE");
    server
        .administrator()
        .put(
            "/pty/v1/auth/users/password",
            Map.of("userId", user.id(), "newPassword", user.password(), "temporary", false))
        .problem(400, "PASSWORD_REUSED");
    server.nobody().login(user.name(), user.password()).with(200);
  }

  @Test
  void whoAdministersUsersAloneHandsOutNoMoreThanItHas(TestServer server) {
    String beyond = "BEYOND_OWN_PERMISSIONS";
    TestUser stronger = server.user(CREATE_TOKEN, POLICY_WRITE);
    TestUser weaker = server.user(CREATE_TOKEN);
    Api clerk = server.as("user_manager_admin");
    var created = Map.of("username", TestServer.unique("made"), "roles", List.of("security_admin"));

    clerk.post("/pty/v1/auth/users", created).problem(403, beyond);
    clerk
        .put("/pty/v1/auth/users", Map.of("id", weaker.id(), "roles", List.of("directory_admin")))
        .problem(403, beyond);
    clerk
        .put("/pty/v1/auth/users", Map.of("id", stronger.id(), "password", "Another-passphrase-2"))
        .problem(403, beyond);
    for (String password : List.of("Another-passphrase-2", stronger.password())) {
      Answer reset =
          clerk.put(
              "/pty/v1/auth/users/password",
              Map.of("userId", stronger.id(), "newPassword", password, "temporary", false));
      assertThat(reset.problem(403, beyond).path("detail").asText()).contains(POLICY_WRITE);
    }

    clerk
        .put(
            "/pty/v1/auth/users/password",
            Map.of("userId", weaker.id(), "newPassword", "Another-passphrase-2"))
        .with(200);
    server.as("user_manager_admin", "role_admin").post("/pty/v1/auth/users", created).with(200);
    server.nobody().login(stronger.name(), stronger.password()).with(200);
  }

  @Test
  void aDisabledUserLosesItsTokens(TestServer server) {
    TestUser user = server.user(CREATE_TOKEN);
    Answer login = server.nobody().login(user.name(), user.password()).with(200);

    server
        .administrator()
        .put("/pty/v1/auth/users", Map.of("id", user.id(), "enabled", false))
        .with(200);

    ended(server, login);
  }

  @Test
  void aLogoutEndsTheTokensOfItsSessionAtOnce(TestServer server) {
    TestUser user = server.user(CREATE_TOKEN);
    Answer login = server.nobody().login(user.name(), user.password()).with(200);
    Answer other = server.nobody().login(user.name(), user.password()).with(200);
    Api session = server.nobody().withToken(login.header(TOKEN_HEADER));

    session.post("/pty/v1/auth/logout").with(204);

    ended(server, login);
    session.post("/pty/v1/auth/logout").problem(401, "TOKEN_ENDED");
    server.nobody().withToken(other.header(TOKEN_HEADER)).get(VERSION).with(200);
  }

  @Test
  void whoeverHasNoSessionCannotLogOut(TestServer server) {
    TestUser user = server.user(CREATE_TOKEN);

    server.nobody().post("/pty/v1/auth/logout").problem(401, "UNAUTHENTICATED");
    server
        .nobody()
        .withPassword(user.name(), user.password())
        .post("/pty/v1/auth/logout")
        .problem(400, "BAD_REQUEST");
  }

  @Test
  void aDeletedUserLosesItsTokens(TestServer server) {
    TestUser user = server.user(CREATE_TOKEN);
    Answer login = server.nobody().login(user.name(), user.password()).with(200);

    server.administrator().delete("/pty/v1/auth/users/" + user.id()).with(200);

    ended(server, login);
  }

  @Test
  void anotherRoleEndsTheTokensOfTheOldOne(TestServer server) {
    TestUser user = server.user(CREATE_TOKEN, POLICY_WRITE);
    Answer login = server.nobody().login(user.name(), user.password()).with(200);

    server
        .administrator()
        .put("/pty/v1/auth/users", Map.of("id", user.id(), "roles", List.of("security_viewer")))
        .with(200);

    ended(server, login);
  }

  @Test
  void aChangedRoleEndsTheTokensOfItsHolders(TestServer server) {
    TestUser user = server.user(CREATE_TOKEN, POLICY_WRITE);
    Answer login = server.nobody().login(user.name(), user.password()).with(200);

    server
        .administrator()
        .put(
            "/pty/v1/auth/roles",
            Map.of("name", user.role(), "permissions", List.of(CREATE_TOKEN, POLICY_READ)))
        .with(200);

    ended(server, login);
    Api lessened = server.nobody().loggedIn(user.name(), user.password());
    lessened.post("/pty/v2/pim/roles", "{}").problem(403, "FORBIDDEN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/pty/v1/auth/jwks", "/pty/v1/rps/jwks"})
  void thePublicKeysAreForAnybodyAndPublicAlone(String path, TestServer server) {
    JsonNode keys = server.nobody().get(path).with(200).json().path("keys");

    assertThat(keys.size()).isPositive();
    for (JsonNode key : keys) {
      var members = new HashSet<String>();
      key.fieldNames().forEachRemaining(members::add);
      assertThat(members)
          .isSubsetOf("kty", "use", "alg", "kid", "n", "e", "crv", "x", "y")
          .contains("kty", "use", "alg", "kid");
    }
    assertThat(server.plain().get(path).with(200).json().path("keys")).isEqualTo(keys);
  }

  @Test
  void newKeysSignAtOnceAndTheOldOnesVerifyForAWhile(TestServer server) {
    TestUser user = server.user(CREATE_TOKEN);
    Answer before = server.nobody().login(user.name(), user.password()).with(200);

    server.as(CREATE_TOKEN).post("/pty/v1/auth/jwks/rotate", "{}").problem(403, "FORBIDDEN");
    JsonNode rotated =
        server.administrator().post("/pty/v1/auth/jwks/rotate", "{}").with(200).json();

    Answer after = server.nobody().login(user.name(), user.password()).with(200);
    assertThat(header(after.header(TOKEN_HEADER))).contains(rotated.path("kid").asText());
    assertThat(header(before.header(TOKEN_HEADER))).doesNotContain(rotated.path("kid").asText());
    server.nobody().withToken(before.header(TOKEN_HEADER)).get(VERSION).with(200);
    server.nobody().withToken(after.header(TOKEN_HEADER)).get(VERSION).with(200);
    refresh(server, "/pty/v1/auth/login/refresh", refreshToken(before)).with(200);
    JsonNode keys = server.nobody().get("/pty/v1/auth/jwks").with(200).json().path("keys");
    assertThat(keys.size()).isEqualTo(2);
    assertThat(keys.at("/0/kid")).isEqualTo(rotated.path("kid"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        VERSION,
        "/pty/v1/auth/health",
        "/pty/v1/auth/users",
        "/pty/v1/auth/jwks/x",
        "/pty/v2/pim/roles",
        "/pty/v2/pim/jwks/",
        "/pty/v1/rps/export/0000",
        "/pty/v1/rps/nothing"
      })
  void plainHttpServesNothingElse(String path, TestServer server) {
    server.plain().get(path).problem(403, "HTTPS_REQUIRED");
    server.plain().withToken(token(server)).get(path).problem(403, "HTTPS_REQUIRED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"live", "ready", "started"})
  void plainHttpAnswersProbesWithoutCredentials(String probe, TestServer server) {
    assertThat(server.plain().get("/health/" + probe).with(200).json().path("status").asText())
        .isEqualTo("UP");
  }

  @Test
  void plainHttpTakesNoPassword(TestServer server) {
    TestUser user = server.user(CREATE_TOKEN);

    server.plain().login(user.name(), user.password()).problem(403, "HTTPS_REQUIRED");
    server
        .plain()
        .withPassword(user.name(), user.password())
        .get(VERSION)
        .problem(403, "HTTPS_REQUIRED");
  }

  /**
   * A call and the permissions that let it through; each call is harmless, because the ones that
   * write send nothing that could be written.
   *
   * @param status the answer to whoever may call
   * @param needed the permission that a refusal names
   * @param others further permissions that imply it
   */
  record Guarded(String method, String path, int status, String needed, List<String> others) {
    boolean lets(String permission) {
      return needed.equals(permission) || others.contains(permission);
    }
  }

  static final List<Guarded> GUARDED =
      List.of(
          new Guarded(
              "GET",
              "/pty/v1/auth/users",
              200,
              "user_manager_viewer",
              List.of("user_manager_admin")),
          new Guarded("POST", "/pty/v1/auth/users", 400, "user_manager_admin", List.of()),
          new Guarded("PUT", "/pty/v1/auth/users", 400, "user_manager_admin", List.of()),
          new Guarded("GET", "/pty/v1/auth/roles", 200, "role_viewer", List.of("role_admin")),
          new Guarded("GET", "/pty/v1/auth/permissions", 200, "role_viewer", List.of("role_admin")),
          new Guarded("POST", "/pty/v1/auth/roles", 400, "role_admin", List.of()),
          new Guarded("GET", "/pty/v2/pim/dataelements", 200, POLICY_READ, List.of(POLICY_WRITE)),
          new Guarded("GET", "/pty/v2/pim/deploy", 200, POLICY_READ, List.of(POLICY_WRITE)),
          new Guarded("POST", "/pty/v2/pim/dataelements", 400, POLICY_WRITE, List.of()),
          new Guarded("POST", "/pty/v2/pim/deploy", 400, POLICY_WRITE, List.of()),
          new Guarded("GET", "/pty/v1/rps/export/0000", 400, EXPORT, List.of("can_fetch_package")),
          new Guarded("POST", "/pty/v1/rps/log", 400, EXPORT, List.of("can_fetch_package")));

  static Stream<String> permissions() {
    return Stream.of(
        CREATE_TOKEN,
        "user_manager_viewer",
        "user_manager_admin",
        "role_viewer",
        "role_admin",
        POLICY_READ,
        POLICY_WRITE,
        EXPORT,
        "can_fetch_package");
  }

  @ParameterizedTest
  @MethodSource("permissions")
  void aPermissionOpensItsCallsAndNoOthers(String permission, TestServer server) {
    server.officer();
    Api user = server.as(permission);

    for (Guarded call : GUARDED) {
      Answer answer = call.method().equals("GET") ? user.get(call.path()) : write(user, call);
      if (call.lets(permission)) {
        answer.with(call.status());
      } else {
        assertThat(answer.problem(403, "FORBIDDEN").path("detail").asText())
            .as(call.toString())
            .contains(call.needed());
      }
    }
  }

  private static Answer write(Api user, Guarded call) {
    return call.method().equals("PUT") ? user.put(call.path(), "{}") : user.post(call.path(), "{}");
  }

  private static String token(TestServer server) {
    TestUser user = server.user(CREATE_TOKEN);
    return server.nobody().login(user.name(), user.password()).with(200).header(TOKEN_HEADER);
  }

  private static String refreshToken(Answer login) {
    return login.json().path("data").path("refreshToken").asText();
  }

  private static Answer refresh(TestServer server, String path, String token) {
    return server.nobody().post(path, Map.of("refreshToken", token));
  }

  private static Answer changePassword(TestServer server, TestUser user, String wanted) {
    return server
        .nobody()
        .form(
            "/pty/v1/auth/login/password",
            "loginname",
            user.name(),
            "password",
            user.password(),
            "newPassword",
            wanted);
  }

  private static JsonNode loginRefused(TestServer server, String name, String password) {
    var problem =
        (ObjectNode) server.nobody().login(name, password).problem(401, "WRONG_CREDENTIALS");
    return problem.without("correlationId");
  }

  private static void refused(TestServer server, String token) {
    Answer answer = server.nobody().withToken(token).get(VERSION);

    answer.problem(401, "TOKEN_ENDED");
    assertThat(answer.header("WWW-Authenticate"))
        .isEqualTo("Bearer realm=\"bulla\", error=\"invalid_token\"");
    if (!token.isEmpty()) {
      assertThat(answer.text()).doesNotContain(token);
    }
  }

  private static void ended(TestServer server, Answer login) {
    refused(server, login.header(TOKEN_HEADER));
    refresh(server, "/pty/v1/auth/login/refresh", refreshToken(login))
        .problem(401, "REFRESH_TOKEN_REFUSED");
  }

  /** Another character in the middle, where every bit of it counts. */
  private static String altered(String part) {
    int middle = part.length() / 2;
    char other = part.charAt(middle) == 'A' ? 'B' : 'A';
    return part.substring(0, middle) + other + part.substring(middle + 1);
  }

  private static String header(String token) {
    return decoded(token.substring(0, token.indexOf('.')));
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), UTF_8);
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }

  private static BigInteger number(JsonNode key, String member) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(member).asText()));
  }

  /**
   * Whoever waits for a hash holds a thread of the server; others must be left for everything else.
   */
  @Test
  void aStormOfLoginsLeavesOtherCallsAlone(TestServer server) throws Exception {
    TestUser user = server.user(CREATE_TOKEN);
    Api caller = server.nobody().loggedIn(user.name(), user.password());
    var ended = new AtomicBoolean();
    var statuses = new ConcurrentSkipListSet<Integer>();
    var threads = Executors.newFixedThreadPool(60);
    var logins = new ArrayList<Future<?>>();
    try {
      for (int i = 0; i < 60; i++) {
        logins.add(
            threads.submit(
                () -> {
                  Api client = server.nobody();
                  while (!ended.get()) {
                    statuses.add(client.login(user.name(), user.password()).status());
                  }
                }));
      }
      for (int i = 0; i < 10; i++) {
        caller.get(VERSION).with(200);
      }
    } finally {
      ended.set(true);
      threads.shutdown();
    }
    for (Future<?> login : logins) {
      login.get();
    }
    assertThat(statuses).contains(200).isSubsetOf(200, 503);
  }
}
