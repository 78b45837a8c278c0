package bulla.it;

import static bulla.it.Samples.PIM;
import static bulla.it.TestServer.unique;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The states in the journal are those that a GET showed, and an auditor can prove it. */
@SharedServer
class AuditStatesIT {
  private static final String AUTH = "/pty/v1/auth";
  private static final String EVENTS = AUTH + "/audit/events";

  /**
   * Something with a life.
   *
   * @param path of all of them, below the API's; its end is what their entries call them
   * @param id the member of the answer to its creation that has its id
   * @param key the member of the body of a PUT that names it; empty where the path does
   */
  private record Kind(
      String api,
      String path,
      String id,
      String key,
      Map<String, Object> creation,
      Map<String, Object> change) {
    String collection() {
      return api + "/" + path;
    }

    String type() {
      return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
      return collection();
    }
  }

  static Stream<Kind> kinds() {
    String name = unique("state");
    var provider = SamlProvidersIT.sample(name, SamlProvidersIT.METADATA);
    return Stream.of(
        new Kind(
            AUTH,
            "users",
            "user_id",
            "id",
            Map.of(
                "username",
                name,
                "email",
                "zoe@example.com",
                "password",
                unique("A passphrase"),
                "roles",
                List.of("workbench_viewer", "policy_user", "directory_viewer")),
            Map.of("firstName", "Zo\u00eb", "roles", List.of("policy_user", "directory_viewer"))),
        new Kind(
            AUTH,
            "groups",
            "group_id",
            "group_id",
            Map.of("name", name, "roles", List.of("workbench_viewer", "policy_user")),
            Map.of("roles", List.of("policy_user"))),
        new Kind(
            AUTH,
            "roles",
            "role_name",
            "name",
            Map.of(
                "name",
                name,
                "description",
                "\u9375 \"quoted\"",
                "permissions",
                List.of("role_viewer", "can_create_token")),
            Map.of("permissions", List.of("saml_viewer"))),
        new Kind(AUTH, "saml/providers", "alias", "", provider, Map.of("displayName", "Another")),
        pim("sources", Samples.source(name), Samples.source(name + "2")),
        pim("roles", Samples.role(name), Samples.role(name + "2")),
        pim("masks", Samples.mask(name), Samples.mask(name + "2")),
        pim("dataelements", Samples.dataElement(name), Map.of("description", "Another")),
        pim("policies", Samples.policy(name), Samples.policy(name + "2")),
        pim("datastores", Samples.dataStore(name), Samples.dataStore(name + "2")),
        pim(
            "applications",
            Map.of("name", name, "applicationName", "a.*", "applicationUser", "*"),
            Map.of("name", name, "applicationName", "b.*", "applicationUser", "batch")));
  }

  private static Kind pim(String type, Map<String, Object> creation, Map<String, Object> change) {
    return new Kind(PIM, type, "uid", "", creation, change);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatAGetShowedBeforeAndAfterIsWhatTheEntryStandsFor(Kind kind, TestServer server) {
    Api auditor = server.as("insight_admin");
    Api api = kind.api().equals(PIM) ? server.officer() : server.administrator();
    Answer creation = api.post(kind.collection(), kind.creation());
    assertThat(creation.status() / 100).as(creation.toString()).isEqualTo(2);
    String id = creation.json().path(kind.id()).asText();
    String path = kind.collection() + "/" + id;
    JsonNode created = api.get(path).with(200).json();

    var change = new HashMap<>(kind.change());
    if (!kind.key().isEmpty()) {
      change.put(kind.key(), id);
    }
    api.put(kind.key().isEmpty() ? path : kind.collection(), change).with(200);
    JsonNode changed = api.get(path).with(200).json();
    assertThat(changed).isNotEqualTo(created);
    Answer deletion =
        kind.id().equals("role_name")
            ? api.delete(kind.collection() + "?name=" + id)
            : api.delete(path);
    assertThat(deletion.status() / 100).as(deletion.toString()).isEqualTo(2);

    JsonNode entries = auditor.get(EVENTS + "?object=" + kind.type() + "/" + id).with(200).json();
    assertThat(entries).hasSize(3);
    assertThat(entries.get(2).path("before").isNull()).isTrue();
    assertThat(entries.get(2).path("after").asText()).isEqualTo(hmac(auditor, created));
    assertThat(entries.get(1).path("before").asText()).isEqualTo(hmac(auditor, created));
    assertThat(entries.get(1).path("after").asText()).isEqualTo(hmac(auditor, changed));
    assertThat(entries.get(0).path("before").asText()).isEqualTo(hmac(auditor, changed));
    assertThat(entries.get(0).path("after").isNull()).isTrue();
  }

  @Test
  void aDeployStandsForWhatIsDeployed(TestServer server) {
    Api auditor = server.as("insight_admin");
    Api officer = server.officer();
    String store = officer.create(PIM + "/datastores", Samples.dataStore(unique("store")));
    String policy = officer.create(PIM + "/policies", Samples.policy(unique("policy")));
    String deploy = PIM + "/datastores/" + store + "/deploy";
    JsonNode never = deployment(officer, store);
    officer.post(deploy, Samples.deploy(policy)).with(200);
    JsonNode first = deployment(officer, store);
    officer.post(deploy, Samples.deploy()).with(200);
    JsonNode second = deployment(officer, store);

    JsonNode entries =
        auditor.get(EVENTS + "?action=DEPLOY&object=datastores/" + store).with(200).json();
    assertThat(entries).hasSize(2);
    assertThat(entries.get(1).path("before").asText()).isEqualTo(hmac(auditor, never));
    assertThat(entries.get(1).path("after").asText()).isEqualTo(hmac(auditor, first));
    assertThat(entries.get(0).path("before").asText()).isEqualTo(hmac(auditor, first));
    assertThat(entries.get(0).path("after").asText()).isEqualTo(hmac(auditor, second));
  }

  @Test
  void aPasswordIsNoPartOfTheState(TestServer server) {
    Api auditor = server.as("insight_admin");
    TestUser user = server.user("can_create_token");
    server
        .administrator()
        .put(
            AUTH + "/users/password",
            Map.of("userId", user.id(), "newPassword", unique("A passphrase")))
        .with(200);

    JsonNode entry =
        auditor
            .get(EVENTS + "?action=UPDATE_PASSWORD&object=users/" + user.id())
            .with(200)
            .json()
            .get(0);
    assertThat(entry.path("before").asText()).isEqualTo(entry.path("after").asText());
  }

  @Test
  void whatHasNoCanonicalFormIsRefusedAndAQuestionIsOnRecord(TestServer server) {
    Api auditor = server.as("insight_admin");
    String states = AUTH + "/audit/states";
    auditor.post(states, "{\"state\":{\"a\":1.5}}").problem(400, "INVALID_VALUE");
    auditor.post(states, "{\"state\":\"\\ud800\"}").problem(400, "INVALID_VALUE");
    auditor.post(states, "{}").problem(400, "INVALID_VALUE");
    server.as("insight_viewer").post(states, "{\"state\":{}}").problem(403, "FORBIDDEN");

    String hmac = auditor.post(states, "{\"state\":{}}").with(200).json().path("hmac").asText();
    assertThat(hmac).matches("[0-9a-f]{64}");
    assertThat(auditor.get(EVENTS + "?action=PROVE_STATE&max=1").with(200).text()).contains(hmac);
  }

  private static JsonNode deployment(Api officer, String store) {
    for (JsonNode one : officer.get(PIM + "/deploy").with(200).json().path("dataStores")) {
      if (one.path("uid").asText().equals(store)) {
        return one;
      }
    }
    throw new AssertionError("No data store " + store);
  }

  private static String hmac(Api auditor, JsonNode state) {
    return auditor
        .post(AUTH + "/audit/states", "{\"state\":" + state + "}")
        .with(200)
        .json()
        .path("hmac")
        .asText();
  }
}
