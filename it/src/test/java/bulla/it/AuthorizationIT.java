package bulla.it;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every operation that the three APIs' own documents list, as every built-in role, as nobody with a
 * role and as nobody at all: what is refused is exactly what {@code x-permission} says.
 */
@SharedServer
@Order(SideBySide.BEHIND_OWN_SERVERS)
class AuthorizationIT {
  @Test
  void everyOperationSaysWhoMayCallIt(TestServer server) {
    List<DocumentedOperation> operations = DocumentedOperation.all(server);

    assertThat(operations).hasSizeGreaterThan(60);
    assertThat(operations)
        .allSatisfy(
            operation ->
                assertThat(operation.permission())
                    .as(operation.toString())
                    .matches("anybody|authenticated|[a-z_]+_(read|write|viewer|admin|export)"));
    assertThat(operations)
        .filteredOn(operation -> operation.permission().equals("anybody"))
        .extracting(DocumentedOperation::path)
        .as("what strangers may call: logging in, and public keys")
        .allMatch(path -> path.contains("/auth/login") || path.endsWith("/jwks"));
  }

  @Test
  void whoeverShowsNoCredentialsGetsNowhere(TestServer server) {
    Api nobody = server.nobody();
    for (DocumentedOperation operation : DocumentedOperation.all(server)) {
      Answer answer = call(nobody, operation);
      if (operation.permission().equals("anybody")) {
        assertThat(answer.status()).as(answer.toString()).isNotEqualTo(403);
        assertThat(answer.text()).doesNotContain("UNAUTHENTICATED");
      } else {
        answer.problem(401, "UNAUTHENTICATED");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
      }
    }
  }

  @Test
  void everyRoleMayDoWhatItsPermissionsSayAndNothingElse(TestServer server) {
    requirePermissions(server, 4);
  }

  @Test
  @Tag("slow")
  void everyRoleMayDoEveryOperationThatItsPermissionsSayAndNoOther(TestServer server) {
    requirePermissions(server, 1);
  }

  /**
   * Every role asks for something of every permission, and every operation is asked for.
   *
   * @param many of so many operations with one permission, a role asks for one
   */
  private static void requirePermissions(TestServer server, int many) {
    Collection<List<DocumentedOperation>> byPermission =
        DocumentedOperation.all(server).stream()
            .filter(operation -> !operation.permission().equals("anybody"))
            .collect(groupingBy(DocumentedOperation::permission, TreeMap::new, toList()))
            .values();
    List<List<String>> everyRole = roles(server);
    var refused = new AtomicInteger();
    var allowed = new AtomicInteger();
    SideBySide.each(
        everyRole,
        roles -> {
          TestUser user = user(server, roles);
          Api api = server.nobody().loggedIn(user.name(), user.password());
          Set<String> permissions = permissions(api);
          int turn = everyRole.indexOf(roles);
          for (List<DocumentedOperation> ofOne : byPermission) {
            for (DocumentedOperation operation : Turns.of(ofOne, turn, many)) {
              (isAllowed(server, user, api, permissions, operation) ? allowed : refused)
                  .incrementAndGet();
            }
          }
        });
    assertThat(refused.get()).isGreaterThan(200 / many);
    assertThat(allowed.get()).isGreaterThan(200 / many);
  }

  /** Whether the call is allowed, which it must be by the permissions, and else must not. */
  private static boolean isAllowed(
      TestServer server,
      TestUser user,
      Api api,
      Set<String> permissions,
      DocumentedOperation operation) {
    // What ends the caller's session would make the next calls fail for another reason.
    Api caller =
        operation.path().endsWith("/logout")
            ? server.nobody().loggedIn(user.name(), user.password())
            : api;
    Answer answer = call(caller, operation);
    String told = user.role() + " " + answer;
    if (operation.permission().equals("authenticated")
        || permissions.contains(operation.permission())) {
      assertThat(answer.status()).as(told).isNotIn(401, 500);
      assertThat(answer.text()).as(told).doesNotContain("\"FORBIDDEN\"");
      return true;
    }
    assertThat(answer.problem(403, "FORBIDDEN").path("detail").asText())
        .as(told)
        .contains(operation.permission());
    return false;
  }

  /** Each built-in role with the one that may have tokens, and that one alone. */
  private static List<List<String>> roles(TestServer server) {
    String tokens = TestServer.unique("tokens");
    server
        .administrator()
        .post(
            "/pty/v1/auth/roles",
            Map.of("name", tokens, "permissions", List.of("can_create_token")))
        .with(200);
    var all = new ArrayList<List<String>>();
    all.add(List.of(tokens));
    for (String builtIn :
        List.of(
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
            "workbench_deployment_administrator")) {
      all.add(List.of(tokens, builtIn));
    }
    return all;
  }

  private static TestUser user(TestServer server, List<String> roles) {
    String name = TestServer.unique("user");
    String password = TestServer.unique("A passphrase of its own");
    String id =
        server
            .administrator()
            .post(
                "/pty/v1/auth/users",
                Map.of("username", name, "password", password, "roles", roles))
            .with(200)
            .json()
            .path("user_id")
            .asText();
    return new TestUser(id, name, password, String.join(" ", roles), List.of());
  }

  /** The flattened permissions in the token. */
  private static Set<String> permissions(Api api) {
    byte[] claims = Base64.getUrlDecoder().decode(api.authorization().split("\\.", -1)[1]);
    try {
      var permissions = new HashSet<String>();
      new ObjectMapper().readTree(claims).path("groups").forEach(p -> permissions.add(p.asText()));
      return permissions;
    } catch (IOException notJson) {
      throw new UncheckedIOException(notJson);
    }
  }

  /** A call that changes nothing: of an object that is not there, with a body that is refused. */
  private static Answer call(Api api, DocumentedOperation operation) {
    String path = operation.path().replaceAll("\\{[^}]*}", "999999999");
    String media = operation.mediaType();
    if (media.isEmpty()) {
      return api.send(operation.method(), path, BodyPublishers.noBody());
    }
    return api.send(
        operation.method(),
        path,
        BodyPublishers.ofString(media.equals("application/json") ? "{\"noSuchMember\":1}" : "a=b"),
        "Content-Type",
        media);
  }
}
