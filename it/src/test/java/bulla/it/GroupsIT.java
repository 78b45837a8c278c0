package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Groups as the published samples show them, and what membership means in every way in. */
@SharedServer
class GroupsIT {
  private static final String GROUPS = "/pty/v1/auth/groups";
  private static final String USERS = "/pty/v1/auth/users";
  private static final String CREATE_TOKEN = "can_create_token";
  private static final String POLICY_READ = "workbench_management_policy_read";

  @Test
  void aGroupLivesAsThePublishedSamplesShow(TestServer server) {
    Api administrator = server.administrator();
    TestUser one = server.user(CREATE_TOKEN);
    TestUser two = server.user(CREATE_TOKEN);
    String name = TestServer.unique("developers");

    JsonNode created =
        administrator
            .post(
                GROUPS,
                Map.of(
                    "name",
                    name,
                    "description",
                    "",
                    "members",
                    List.of(one.name(), two.name()),
                    "roles",
                    List.of("policy_user", "workbench_viewer")))
            .with(200)
            .json();
    String id = created.path("group_id").asText();
    assertThat(members(created))
        .containsExactly("group_id", "name", "status", "members_added", "roles_assigned");
    assertThat(created.path("name").asText()).isEqualTo(name);
    assertThat(created.path("status").asText()).isEqualTo("created");
    assertThat(created.path("members_added").asInt()).isEqualTo(2);
    assertThat(created.path("roles_assigned").asInt()).isEqualTo(2);

    Answer list = administrator.get(GROUPS + "?max=1000&first=0").with(200);
    assertThat(Integer.parseInt(list.header("X-Total-Count"))).isPositive();
    JsonNode listed =
        StreamSupport.stream(list.json().spliterator(), false)
            .filter(group -> group.path("id").asText().equals(id))
            .findFirst()
            .orElseThrow();
    assertThat(members(listed)).containsExactly("id", "name", "description", "members", "roles");
    assertThat(texts(listed.path("members"))).containsExactlyInAnyOrder(one.name(), two.name());
    assertThat(texts(listed.path("roles"))).containsExactly("policy_user", "workbench_viewer");
    assertThat(administrator.get(GROUPS + "/" + id).with(200).json()).isEqualTo(listed);

    JsonNode updated =
        administrator
            .put(
                GROUPS,
                Map.of(
                    "group_id",
                    id,
                    "members",
                    List.of(two.name()),
                    "roles",
                    List.of("policy_user")))
            .with(200)
            .json();
    assertThat(updated.toString())
        .isEqualTo(
            "{\"status\":\"updated\",\"group_id\":\""
                + id
                + "\",\"members_updated\":1,\"roles_updated\":1}");
    assertThat(texts(administrator.get(USERS + "/" + two.id()).with(200).json().path("groups")))
        .containsExactly(name);
    assertThat(administrator.delete(GROUPS + "/" + id).with(200).text())
        .isEqualTo("{\"status\":\"deleted\",\"group_id\":\"" + id + "\"}");
    administrator.get(GROUPS + "/" + id).problem(404, "GROUP_NOT_FOUND");
    administrator.delete(GROUPS + "/" + id).problem(404, "GROUP_NOT_FOUND");
  }

  @Test
  void membershipGrantsAndItsEndTakesAwayInTokensAndBasicAlike(TestServer server) {
    Api administrator = server.administrator();
    TestUser user = server.user(CREATE_TOKEN);
    Api before = server.nobody().loggedIn(user.name(), user.password());
    Api basic = server.nobody().withPassword(user.name(), user.password());
    before.get("/pty/v2/pim/init").problem(403, "FORBIDDEN");
    basic.get("/pty/v2/pim/init").problem(403, "FORBIDDEN");

    String id = group(administrator, List.of(user.name()), List.of("workbench_viewer"));

    before.get("/pty/v1/auth/version").problem(401, "TOKEN_ENDED");
    Api member = server.nobody().loggedIn(user.name(), user.password());
    member.get("/pty/v2/pim/init").with(200);
    basic.get("/pty/v2/pim/init").with(200);

    administrator.put(GROUPS, Map.of("group_id", id, "members", List.of())).with(200);

    member.get("/pty/v1/auth/version").problem(401, "TOKEN_ENDED");
    basic.get("/pty/v2/pim/init").problem(403, "FORBIDDEN");
    server
        .nobody()
        .loggedIn(user.name(), user.password())
        .get("/pty/v2/pim/init")
        .problem(403, "FORBIDDEN");
  }

  @Test
  void aUserIsPutIntoGroupsByItsOwnCallsToo(TestServer server) {
    Api administrator = server.administrator();
    String name = TestServer.unique("team");
    String id =
        administrator
            .post(GROUPS, Map.of("name", name, "roles", List.of("workbench_viewer")))
            .with(200)
            .json()
            .path("group_id")
            .asText();
    String tag = administrator.get(GROUPS + "/" + id).with(200).header("ETag");
    String user = TestServer.unique("user");
    String userId =
        administrator
            .post(
                USERS,
                Map.of("username", user, "roles", List.of("policy_user"), "groups", List.of(name)))
            .with(200)
            .json()
            .path("user_id")
            .asText();

    Answer group = administrator.get(GROUPS + "/" + id).with(200);
    assertThat(texts(group.json().path("members"))).containsExactly(user);
    assertThat(group.header("ETag")).as("another member, another tag").isNotEqualTo(tag);
    administrator
        .put(USERS, Map.of("id", userId, "groups", List.of("no such group")))
        .problem(400, "UNKNOWN_GROUP");
    administrator.put(USERS, Map.of("id", userId, "groups", List.of())).with(200);
    assertThat(administrator.get(GROUPS + "/" + id).with(200).json().path("members").isEmpty())
        .isTrue();
    administrator.delete(GROUPS + "/" + id).with(200);
    administrator.delete(USERS + "/" + userId).with(200);
  }

  @Test
  void aDeletedUserIsInNoGroup(TestServer server) {
    Api administrator = server.administrator();
    TestUser user = server.user(CREATE_TOKEN);
    String id = group(administrator, List.of(user.name()), List.of());
    String tag = administrator.get(GROUPS + "/" + id).with(200).header("ETag");

    administrator.delete(USERS + "/" + user.id()).with(200);

    Answer group = administrator.get(GROUPS + "/" + id).with(200);
    assertThat(group.json().path("members").isEmpty()).isTrue();
    assertThat(group.header("ETag")).isNotEqualTo(tag);
  }

  @Test
  void aRoleThatAGroupHasCannotBeDeleted(TestServer server) {
    Api administrator = server.administrator();
    String role = TestServer.unique("role");
    administrator
        .post("/pty/v1/auth/roles", Map.of("name", role, "permissions", List.of(POLICY_READ)))
        .with(200);
    String name = TestServer.unique("team");
    String id =
        administrator
            .post(GROUPS, Map.of("name", name, "roles", List.of(role)))
            .with(200)
            .json()
            .path("group_id")
            .asText();

    JsonNode problem =
        administrator.delete("/pty/v1/auth/roles?name=" + role).problem(409, "ROLE_IN_USE");

    assertThat(problem.path("detail").asText()).contains("the group " + name);
    administrator.put(GROUPS, Map.of("group_id", id, "roles", List.of())).with(200);
    administrator.delete("/pty/v1/auth/roles?name=" + role).with(200);
  }

  @Test
  void whoeverAdministersGroupsHandsOutNoMoreThanItHas(TestServer server) {
    Api clerk = server.as("group_admin", "can_access_ap");
    TestUser user = server.user(CREATE_TOKEN);
    String plain = group(clerk, List.of(user.name()), List.of("policy_user"));
    String strong = group(server.administrator(), List.of(), List.of("security_administrator"));

    clerk
        .post(GROUPS, Map.of("name", TestServer.unique("g"), "roles", List.of("security_admin")))
        .problem(403, "BEYOND_OWN_PERMISSIONS");
    clerk
        .put(GROUPS, Map.of("group_id", plain, "roles", List.of("workbench_administrator")))
        .problem(403, "BEYOND_OWN_PERMISSIONS");
    clerk
        .put(GROUPS, Map.of("group_id", strong, "members", List.of(user.name())))
        .problem(403, "BEYOND_OWN_PERMISSIONS");
    server
        .as("user_manager_admin", "can_access_ap")
        .put(USERS, Map.of("id", user.id(), "groups", List.of(name(server, strong))))
        .problem(403, "BEYOND_OWN_PERMISSIONS");
  }

  @Test
  void aStaleTagChangesNothing(TestServer server) {
    Api administrator = server.administrator();
    String id = group(administrator, List.of(), List.of("policy_user"));
    String first = administrator.get(GROUPS + "/" + id).with(200).header("ETag");
    Map<String, Object> change = Map.of("group_id", id, "roles", List.of());

    assertThat(first).startsWith("\"");
    administrator.get(GROUPS + "/" + id, "If-None-Match", first).with(304);
    administrator.put(GROUPS, change, "If-Match", first).with(200);
    administrator
        .put(GROUPS, Map.of("group_id", id, "roles", List.of("policy_user")), "If-Match", first)
        .problem(412, "PRECONDITION_FAILED");
    administrator.delete(GROUPS + "/" + id, "If-Match", first).problem(412, "PRECONDITION_FAILED");
    assertThat(administrator.get(GROUPS + "/" + id).json().path("roles").isEmpty()).isTrue();
    administrator
        .delete(GROUPS + "/" + id, "If-Match", administrator.get(GROUPS + "/" + id).header("ETag"))
        .with(200);
  }

  @Test
  void badBodiesAreRefusedWithTheMemberToBlame(TestServer server) {
    Api administrator = server.administrator();
    assertThat(
            administrator
                .post(GROUPS, Map.of("name", "g", "members", List.of("no such user")))
                .problem(400, "UNKNOWN_USER")
                .toString())
        .contains("members[0]");
    administrator
        .post(GROUPS, Map.of("name", "g", "roles", List.of("no such role")))
        .problem(400, "UNKNOWN_ROLE");
    administrator.post(GROUPS, Map.of("name", "../g")).problem(400, "INVALID_VALUE");
    administrator.post(GROUPS, Map.of("roles", List.of())).problem(400, "INVALID_VALUE");
    administrator
        .post(GROUPS, Map.of("name", "g", "member", List.of()))
        .problem(400, "UNKNOWN_MEMBER");
    administrator.put(GROUPS, Map.of("group_id", "group-uuid")).problem(404, "GROUP_NOT_FOUND");
    administrator.get(GROUPS + "?max=0").problem(400, "INVALID_PARAMETER");
  }

  private static String group(Api caller, List<String> members, List<String> roles) {
    return caller
        .post(
            GROUPS, Map.of("name", TestServer.unique("group"), "members", members, "roles", roles))
        .with(200)
        .json()
        .path("group_id")
        .asText();
  }

  private static String name(TestServer server, String id) {
    return server.administrator().get(GROUPS + "/" + id).with(200).json().path("name").asText();
  }

  private static List<String> members(JsonNode object) {
    return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
        .toList();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
