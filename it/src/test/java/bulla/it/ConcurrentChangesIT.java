package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What many writers at the same time do to what they change. */
@SharedServer
class ConcurrentChangesIT {
  private static final String USERS = "/pty/v1/auth/users";
  private static final String ROLES = "/pty/v1/auth/roles";
  private static final String GROUPS = "/pty/v1/auth/groups";
  private static final String PROVIDERS = "/pty/v1/auth/saml/providers";
  private static final int WRITERS = 32;
  private static final int CHANGES_OF_A_WRITER = 3;

  /** The digits of a number in base two: a group has no text to count in. */
  private static final List<String> DIGITS =
      List.of(
          "directory_admin",
          "directory_viewer",
          "policy_proxy_user",
          "policy_user",
          "security_viewer",
          "workbench_deployment_administrator",
          "workbench_viewer");

  private enum Kind {
    USER,
    ROLE,
    GROUP,
    SAML_PROVIDER
  }

  /**
   * An object that holds a number, 0 at first.
   *
   * @param path where it is read
   * @param changes where it is changed
   * @param body of the change to a number
   * @param number reads it
   */
  private record Counter(
      String path,
      String changes,
      IntFunction<Map<String, ?>> body,
      ToIntFunction<JsonNode> number) {}

  @ParameterizedTest
  @EnumSource
  void noConditionalChangeIsLostAmongManyWriters(Kind kind, TestServer server) throws Exception {
    Api administrator = server.administrator();
    Counter counter = counter(kind, server);
    List<Answer> answers =
        all(
            writer -> {
              var seen = new ArrayList<Answer>();
              for (int i = 0; i < CHANGES_OF_A_WRITER; i++) {
                Answer read = administrator.get(counter.path()).with(200);
                seen.add(
                    administrator.put(
                        counter.changes(),
                        counter.body().apply(counter.number().applyAsInt(read.json()) + 1),
                        "If-Match",
                        read.header("ETag")));
              }
              return seen;
            });

    assertThat(answers).extracting(Answer::status).containsOnly(200, 412);
    assertThat(counter.number().applyAsInt(administrator.get(counter.path()).with(200).json()))
        .as("every change that was answered with 200 counts, and no other")
        .isEqualTo((int) answers.stream().filter(answer -> answer.status() == 200).count());
  }

  private static Counter counter(Kind kind, TestServer server) {
    Api administrator = server.administrator();
    String name = TestServer.unique("counter");
    return switch (kind) {
      case USER -> {
        String id = server.user("can_create_token").id();
        yield new Counter(
            USERS + "/" + id,
            USERS,
            number -> Map.of("id", id, "firstName", "n" + number),
            user -> number(user.path("firstName")));
      }
      case ROLE -> {
        IntFunction<Map<String, ?>> body =
            number -> Map.of("name", name, "description", "n" + number, "permissions", List.of());
        administrator.post(ROLES, body.apply(0)).with(200);
        yield new Counter(
            ROLES + "/" + name, ROLES, body, role -> number(role.path("description")));
      }
      case GROUP -> {
        String id =
            administrator
                .post(GROUPS, Map.of("name", name))
                .with(200)
                .json()
                .path("group_id")
                .asText();
        yield new Counter(
            GROUPS + "/" + id,
            GROUPS,
            number ->
                Map.of(
                    "group_id",
                    id,
                    "roles",
                    IntStream.range(0, DIGITS.size())
                        .filter(place -> ((number >> place) & 1) == 1)
                        .mapToObj(DIGITS::get)
                        .toList()),
            group -> {
              int number = 0;
              for (JsonNode role : group.path("roles")) {
                number |= 1 << DIGITS.indexOf(role.asText());
              }
              return number;
            });
      }
      case SAML_PROVIDER -> {
        administrator
            .post(PROVIDERS, SamlProvidersIT.sample(name, SamlProvidersIT.METADATA))
            .with(200);
        String path = PROVIDERS + "/" + name;
        yield new Counter(
            path,
            path,
            number -> Map.of("displayName", "n" + number),
            provider -> number(provider.path("displayName")));
      }
    };
  }

  private static int number(JsonNode text) {
    return text.asText().matches("n[0-9]+") ? Integer.parseInt(text.asText().substring(1)) : 0;
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
}
