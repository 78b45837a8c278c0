package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Users and roles as the published samples show them, and what happens when many change them. */
@ExtendWith(BullaServer.class)
class UsersIT {
  private static final String USERS = "/pty/v1/auth/users";
  private static final String ROLES = "/pty/v1/auth/roles";
  private static final String GROUPS = "/pty/v1/auth/groups";
  private static final int WRITERS = 32;

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

  @Test
  void theRolesAndPermissionsOfBothEditionsAreBuiltIn(TestServer server) {
    Api administrator = server.administrator();
    JsonNode roles = administrator.get(ROLES).with(200).json();
    assertThat(StreamSupport.stream(roles.spliterator(), false).map(r -> r.path("name").asText()))
        .contains(
            "directory_admin",
            "directory_administrator",
            "directory_viewer",
            "security_admin",
            "security_administrator",
            "security_viewer",
            "policy_proxy_user",
            "policy_user",
            "workbench_administrator",
            "workbench_viewer",
            "workbench_deployment_administrator");
    JsonNode one = administrator.get(ROLES + "/policy_user").with(200).json();
    assertThat(one.toString())
        .isEqualTo(
            "{\"name\":\"policy_user\",\"description\":\"Policy User\",\"composite\":true,"
                + "\"permissions\":[\"can_access_ap\"]}");
    assertThat(
            StreamSupport.stream(
                    administrator.get("/pty/v1/auth/permissions").with(200).json().spliterator(),
                    false)
                .map(p -> p.path("name").asText()))
        .contains(
            "keycloak_viewer",
            "cli_admin",
            "can_access_ap",
            "can_create_token",
            "keycloak_manager",
            "web_viewer",
            "uma_protection",
            "can_proxy_ap",
            "can_export_certificates",
            "Shell_Accounts",
            "can_login_web",
            "web_admin",
            "security_officer",
            "nfa_insight",
            "can_fetch_package");
    administrator.delete(ROLES + "?name=policy_user").problem(409, "ROLE_BUILT_IN");
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
  void noConditionalChangeIsLostAmongManyWriters(TestServer server) throws Exception {
    Api administrator = server.administrator();
    TestUser user = server.user("can_create_token");
    var applied = new AtomicInteger();
    List<Answer> answers =
        all(
            writer -> {
              var seen = new ArrayList<Answer>();
              boolean done = false;
              while (!done) {
                Answer read = administrator.get(USERS + "/" + user.id()).with(200);
                int count = count(read.json().path("firstName").asText());
                Answer answer =
                    administrator.put(
                        USERS,
                        Map.of("id", user.id(), "firstName", "n" + (count + 1)),
                        "If-Match",
                        read.header("ETag"));
                seen.add(answer);
                done = answer.status() == 200;
              }
              applied.incrementAndGet();
              return seen;
            });

    assertThat(answers).extracting(Answer::status).containsOnly(200, 412);
    assertThat(applied).hasValue(WRITERS);
    assertThat(administrator.get(USERS + "/" + user.id()).json().path("firstName").asText())
        .as("every one of the changes counted")
        .isEqualTo("n" + WRITERS);
  }

  @Test
  void manyWritersOfEverythingGetNoServerError(TestServer server) throws Exception {
    Api administrator = server.administrator();
    TestUser one = server.user("can_create_token");
    TestUser two = server.user("can_create_token");
    String role = TestServer.unique("role");
    administrator
        .post(ROLES, Map.of("name", role, "permissions", List.of("can_access_ap")))
        .with(200);
    String groupName = TestServer.unique("group");
    String group =
        administrator
            .post(GROUPS, Map.of("name", groupName))
            .with(200)
            .json()
            .path("group_id")
            .asText();
    List<Answer> answers =
        all(
            writer -> {
              String permission = writer % 2 == 0 ? "can_access_ap" : "can_proxy_ap";
              var seen = new ArrayList<Answer>();
              seen.add(
                  administrator.put(
                      ROLES, Map.of("name", role, "permissions", List.of(permission))));
              seen.add(
                  administrator.put(
                      GROUPS,
                      Map.of(
                          "group_id",
                          group,
                          "members",
                          writer % 3 == 0 ? List.of(one.name(), two.name()) : List.of(two.name()),
                          "roles",
                          List.of(role))));
              seen.add(
                  administrator.put(
                      USERS,
                      Map.of(
                          "id",
                          writer % 2 == 0 ? one.id() : two.id(),
                          "roles",
                          List.of("policy_user", role),
                          "groups",
                          writer % 5 == 0 ? List.of() : List.of(groupName))));
              seen.add(
                  administrator.put(
                      USERS + "/password",
                      Map.of("userId", one.id(), "newPassword", "Passphrase-number-" + writer)));
              Answer created =
                  administrator.post(
                      USERS,
                      Map.of(
                          "username",
                          TestServer.unique("w"),
                          "roles",
                          List.of(role),
                          "groups",
                          List.of(groupName)));
              seen.add(created);
              seen.add(administrator.delete(USERS + "/" + created.json().path("user_id").asText()));
              return seen;
            });

    assertThat(answers).hasSize(6 * WRITERS);
    assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(200, 400, 404, 409));
    assertThat(answers.stream().filter(answer -> answer.status() == 200).count())
        .as("nearly all succeed")
        .isGreaterThan(answers.size() / 2);
  }

  /** What {@code work} sees of each of the writers, who start together. */
  private static List<Answer> all(Work work) throws Exception {
    var executor = Executors.newFixedThreadPool(WRITERS);
    try {
      var calls = new ArrayList<Callable<List<Answer>>>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        calls.add(() -> work.of(writer));
      }
      var answers = new ArrayList<Answer>();
      for (Future<List<Answer>> future : executor.invokeAll(calls)) {
        answers.addAll(future.get());
      }
      return answers;
    } finally {
      executor.shutdownNow();
    }
  }

  /** The calls of one writer. */
  @FunctionalInterface
  private interface Work {
    List<Answer> of(int writer);
  }

  private static int count(String firstName) {
    return firstName.startsWith("n") ? Integer.parseInt(firstName.substring(1)) : 0;
  }

  private static List<String> found(Api api, String sought) {
    return StreamSupport.stream(
            api.get(USERS + "?username=" + sought).with(200).json().spliterator(), false)
        .map(user -> user.path("username").asText())
        .toList();
  }

  private static List<String> members(JsonNode object) {
    return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
        .toList();
  }
}
