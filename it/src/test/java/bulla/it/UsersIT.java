package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Users and roles as the published samples show them. */
@SharedServer
class UsersIT {
  private static final String USERS = "/pty/v1/auth/users";
  private static final String ROLES = "/pty/v1/auth/roles";

  @Test
  void aUserLivesAsThePublishedSamplesShow(TestServer server) {
    Api administrator = server.administrator();
    String name = TestServer.unique("alpha");
    JsonNode created =
        administrator
            .post(
                USERS,
                Map.of(
                    "username",
                    name,
                    "email",
                    "alpha@example.com",
                    "firstName",
                    "Alpha",
                    "lastName",
                    "User",
                    "enabled",
                    true,
                    "password",
                    "Strong-Passphrase-123!",
                    "roles",
                    List.of("directory_admin")))
            .with(200)
            .json();
    assertThat(members(created)).containsExactly("user_id", "username");
    String id = created.path("user_id").asText();

    JsonNode listed =
        administrator.get(USERS + "?max=1&first=0&username=" + name).with(200).json().path(0);
    assertThat(members(listed))
        .containsExactly(
            "username",
            "email",
            "firstName",
            "lastName",
            "enabled",
            "id",
            "createdTimestamp",
            "attributes",
            "emailVerified");
    assertThat(listed.path("attributes").isNull()).isTrue();

    assertThat(
            administrator
                .put(
                    USERS,
                    Map.of("id", id, "firstName", "lpha", "roles", List.of("directory_admin")))
                .with(200)
                .text())
        .isEqualTo("{\"status\":\"updated\",\"userId\":\"" + id + "\"}");
    JsonNode user = administrator.get(USERS + "/" + id).with(200).json();
    assertThat(members(user))
        .containsExactly(
            "id",
            "username",
            "firstName",
            "lastName",
            "email",
            "emailVerified",
            "enabled",
            "createdTimestamp",
            "groups",
            "roles");
    assertThat(user.path("firstName").asText()).isEqualTo("lpha");
    assertThat(user.path("groups").isEmpty()).isTrue();
    assertThat(user.path("roles").path(0).asText()).isEqualTo("directory_admin");

    assertThat(
            administrator
                .put(
                    USERS + "/password",
                    Map.of(
                        "userId",
                        id,
                        "newPassword",
                        "New-Strong-Passphrase-123!",
                        "temporary",
                        false))
                .with(200)
                .text())
        .isEqualTo(
            "{\"status\":\"password_updated\",\"userId\":\"" + id + "\",\"temporary\":false}");
    assertThat(administrator.delete(USERS + "/" + id).with(200).text())
        .isEqualTo("{\"status\":\"deleted\",\"user_id\":\"" + id + "\"}");
    administrator.get(USERS + "/" + id).problem(404, "USER_NOT_FOUND");
  }

  @Test
  void aDisabledUserStaysOutUntilItIsEnabledAgain(TestServer server) {
    TestUser user = server.user("can_create_token");
    Api administrator = server.administrator();
    Api before = server.nobody().loggedIn(user.name(), user.password());

    administrator.put(USERS, Map.of("id", user.id(), "enabled", false)).with(200);

    before.get("/pty/v1/auth/version").problem(401, "TOKEN_ENDED");
    server.nobody().login(user.name(), user.password()).problem(401, "WRONG_CREDENTIALS");
    administrator.put(USERS, Map.of("id", user.id(), "enabled", true)).with(200);
    before.get("/pty/v1/auth/version").problem(401, "TOKEN_ENDED");
    server.nobody().login(user.name(), user.password()).with(200);
  }

  @Test
  void aSearchIsPagedAndLinkedAndTakesEveryCharacterAsItIs(TestServer server) {
    Api administrator = server.administrator();
    String prefix = TestServer.unique("s");
    for (String name : List.of("a_b", "aXb", "c%d", "e'f", "ü g")) {
      administrator
          .post(
              USERS,
              Map.of("username", prefix + name, "email", "x@y", "roles", List.of("policy_user")))
          .with(200);
    }

    Answer first = administrator.get(USERS + "?max=2&username=" + prefix).with(200);
    assertThat(first.header("X-Total-Count")).isEqualTo("5");
    assertThat(first.json().size()).isEqualTo(2);
    String next = first.header("Link");
    assertThat(next).contains("rel=\"next\"").contains("username=" + prefix);
    Answer second =
        administrator
            .get(USERS + next.substring(next.indexOf('<') + 1, next.indexOf('>')))
            .with(200);
    assertThat(second.json().size()).isEqualTo(2);
    assertThat(second.http().headers().allValues("Link").toString())
        .contains("rel=\"prev\"", "rel=\"next\"");
    assertThat(second.json()).doesNotContainAnyElementsOf(first.json());
    Answer beyond = administrator.get(USERS + "?max=2&first=100&username=" + prefix).with(200);
    assertThat(beyond.json()).isEmpty();
    assertThat(beyond.http().headers().allValues("Link"))
        .as("back to where there is something")
        .hasSize(1)
        .allMatch(link -> link.contains("first=3") && link.contains("rel=\"prev\""));

    assertThat(found(administrator, prefix + "A_")).containsExactly(prefix + "a_b");
    assertThat(found(administrator, prefix + "c%25")).containsExactly(prefix + "c%d");
    assertThat(found(administrator, prefix + "%25")).isEmpty();
    assertThat(found(administrator, prefix + "e'f")).containsExactly(prefix + "e'f");
    assertThat(found(administrator, prefix + "%C3%9C")).containsExactly(prefix + "ü g");
    assertThat(found(administrator, "'%20or%20'1'='1")).isEmpty();
    assertThat(
            administrator
                .get(USERS + "?email=X%40Y&username=" + prefix)
                .with(200)
                .header("X-Total-Count"))
        .isEqualTo("5");
    administrator.get(USERS + "?username=" + "x".repeat(255)).problem(400, "INVALID_PARAMETER");
  }

  /** {@code published/built-in-roles.csv} is the committed table: what each edition publishes. */
  @Test
  void aBuiltInRoleHasThePermissionsThatTheEditionsPublishForItTogether(TestServer server)
      throws IOException {
    var published = new TreeMap<String, Set<String>>();
    for (String line : lines("/published/built-in-roles.csv")) {
      String[] row = line.split(";", 3);
      published
          .computeIfAbsent(row[1], role -> new TreeSet<>())
          .addAll(List.of(row[2].split(" ", -1)));
    }
    assertThat(published).hasSize(11);

    Api administrator = server.administrator();
    JsonNode roles = administrator.get(ROLES).with(200).json();

    published.forEach(
        (name, permissions) -> {
          assertThat(roles)
              .as(name)
              .anySatisfy(
                  role -> {
                    assertThat(role.path("name").asText()).isEqualTo(name);
                    assertThat(texts(role.path("permissions")))
                        .containsExactlyInAnyOrderElementsOf(permissions);
                  });
          administrator.delete(ROLES + "?name=" + name).problem(409, "ROLE_BUILT_IN");
        });
    administrator
        .put(ROLES, Map.of("name", "policy_user", "permissions", List.of()))
        .problem(409, "ROLE_BUILT_IN");
  }

  @Test
  void aRoleLivesAsThePublishedSamplesShow(TestServer server) {
    Api administrator = server.administrator();
    String name = TestServer.unique("admin");
    Map<String, Object> role =
        Map.of(
            "name",
            name,
            "description",
            "Administrator role",
            "permissions",
            List.of("can_create_token", "web_admin"));

    assertThat(administrator.post(ROLES, role).with(200).text())
        .isEqualTo("{\"role_name\":\"%s\",\"status\":\"created\"}".formatted(name));
    assertThat(administrator.put(ROLES, role).with(200).text())
        .isEqualTo("{\"role_name\":\"%s\",\"status\":\"updated\"}".formatted(name));
    JsonNode listed =
        StreamSupport.stream(administrator.get(ROLES).with(200).json().spliterator(), false)
            .filter(one -> one.path("name").asText().equals(name))
            .findFirst()
            .orElseThrow();
    assertThat(members(listed)).containsExactly("name", "description", "composite", "permissions");
    assertThat(listed.path("permissions").toString())
        .isEqualTo("[\"can_create_token\",\"web_admin\"]");

    administrator
        .deleteWith(ROLES, Map.of("name", "directory_admin"))
        .problem(409, "ROLE_BUILT_IN");
    assertThat(administrator.deleteWith(ROLES, Map.of("name", name)).with(200).text())
        .isEqualTo("{\"role_name\":\"%s\",\"status\":\"deleted\"}".formatted(name));
    administrator.deleteWith(ROLES, Map.of("name", name)).problem(404, "ROLE_NOT_FOUND");
  }

  @Test
  void aRoleToBeDeletedIsNamedOnce(TestServer server) {
    Api administrator = server.administrator();
    String name = TestServer.unique("role");
    Map<String, Object> role = Map.of("name", name, "permissions", List.of());
    administrator.post(ROLES, role).with(200);

    administrator
        .deleteWith(ROLES + "?name=" + name, Map.of("name", name))
        .problem(400, "INVALID_PARAMETER");
    administrator
        .deleteWith(ROLES, "{\"name\": \"policy_user\", \"name\": \"" + name + "\"}")
        .problem(400, "MALFORMED_JSON");
    administrator.delete(ROLES).problem(400, "INVALID_VALUE");

    administrator.delete(ROLES + "?name=" + name).with(200);
  }

  @Test
  void aRoleInUseNamesWhoUsesIt(TestServer server) {
    TestUser user = server.user("can_create_token");
    assertThat(
            server
                .administrator()
                .delete(ROLES + "?name=" + user.role())
                .problem(409, "ROLE_IN_USE")
                .path("detail")
                .asText())
        .contains(user.name());
  }

  @Test
  void theNameIsNoPasswordWhoeverGivesIt(TestServer server) {
    TestUser user = server.user("can_create_token");
    Api administrator = server.administrator();
    String name = user.name().toUpperCase(Locale.ROOT);

    administrator
        .put(USERS, Map.of("id", user.id(), "password", name))
        .problem(400, "INVALID_VALUE");
    administrator
        .put(USERS + "/password", Map.of("userId", user.id(), "newPassword", name))
        .problem(400, "INVALID_VALUE");
    server.nobody().login(user.name(), user.password()).with(200);
  }

  private static List<String> found(Api api, String sought) {
    return StreamSupport.stream(
            api.get(USERS + "?username=" + sought).with(200).json().spliterator(), false)
        .map(user -> user.path("username").asText())
        .toList();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** The lines of a table but its heading. */
  private static List<String> lines(String resource) throws IOException {
    try (InputStream in = UsersIT.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
    }
  }

  private static List<String> members(JsonNode object) {
    return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
        .toList();
  }
}
