package bulla.it;

import static bulla.it.Samples.PIM;
import static bulla.it.TestServer.unique;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Policy management: the published samples, and what its objects guard. */
@SharedServer
class PolicyIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Objects that have a name.
   *
   * @param path of their list
   * @param body of one with the given name
   */
  record Kind(String path, Function<String, Map<String, Object>> body) {
    @Override
    public String toString() {
      return path;
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind(PIM + "/roles", Samples::role),
        new Kind(PIM + "/dataelements", Samples::dataElement),
        new Kind(PIM + "/masks", Samples::mask),
        new Kind(PIM + "/sources", Samples::source),
        new Kind(PIM + "/policies", Samples::policy),
        new Kind(PIM + "/datastores", Samples::dataStore));
  }

  @Test
  void initialisingTwiceIsAnsweredAlike(TestServer server) {
    Api officer = server.as("workbench_management_policy_write");

    officer.post(PIM + "/init").with(200);
    officer.post(PIM + "/init").with(200);

    assertThat(officer.get(PIM + "/init").with(200).json().toString())
        .isEqualTo("{\"initialized\":true}");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatIsCreatedIsEchoedWithItsUid(Kind kind, TestServer server) {
    Api officer = server.officer();
    Map<String, Object> body = kind.body().apply(unique("echo"));

    Answer created = officer.post(kind.path(), body).with(201);

    String uid = created.json().path("uid").asText();
    assertThat(uid).matches("[1-9][0-9]*");
    var expected = (ObjectNode) JSON.valueToTree(body);
    expected.put("uid", uid);
    assertThat(created.json()).isEqualTo(expected);
    assertThat(created.header("Location")).endsWith(kind.path() + "/" + uid);
    assertThat(officer.get(kind.path() + "/" + uid).with(200).json()).isEqualTo(expected);
    assertThat(officer.get(kind.path()).with(200).json()).contains(expected);
  }

  @Test
  void aRuleIsEchoedWithoutAUid(TestServer server) {
    Api officer = server.officer();
    Map<String, Object> rule = Samples.rule(role(officer), element(officer), "EXCEPTION");
    String rules = PIM + "/policies/" + policy(officer) + "/rules";

    Answer created = officer.post(rules, rule).with(201);

    JsonNode expected = JSON.valueToTree(rule);
    assertThat(created.json()).isEqualTo(expected);
    assertThat(officer.get(rules).with(200).json()).containsExactly(expected);
    assertThat(officer.post(rules, rule).problem(409, "ALREADY_EXISTS").path("detail").asText())
        .contains("rule");
  }

  @Test
  void aRuleTakesFromTheTemplateWhatItDoesNotSay(TestServer server) {
    Api officer = server.officer();
    String rules = PIM + "/policies/" + policy(officer) + "/rules";

    JsonNode rule =
        officer
            .post(rules, Map.of("role", role(officer), "dataElement", element(officer)))
            .with(201)
            .json();

    assertThat(rule.path("noAccessOperation").asText()).isEqualTo("NULL_VALUE");
    assertThat(rule.at("/permission/access/unProtect").asBoolean()).isTrue();
    assertThat(rule.at("/permission/audit/failed/protect").asBoolean(true)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aNameIsGivenOnceWhateverItsLetterCase(Kind kind, TestServer server) {
    Api officer = server.officer();
    String name = unique("Twice");
    officer.create(kind.path(), kind.body().apply(name));

    for (String again :
        List.of(name, name.toUpperCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))) {
      officer.post(kind.path(), kind.body().apply(again)).problem(409, "ALREADY_EXISTS");
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void ofTwoThatTakeANameAtOnceOneGetsIt(Kind kind, TestServer server) throws Exception {
    Api officer = server.officer();
    Map<String, Object> body = kind.body().apply(unique("race"));
    var start = new CyclicBarrier(2);
    Callable<Answer> create =
        () -> {
          start.await();
          return officer.post(kind.path(), body);
        };
    var threads = Executors.newFixedThreadPool(2);
    try {
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> answer : threads.invokeAll(List.of(create, create))) {
        answers.add(answer.get());
      }

      assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(201, 409);
      answers.stream().filter(answer -> answer.status() == 409).forEach(Answer::problem);
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anUnknownUidInThePathIsNotFound(Kind kind, TestServer server) {
    Api officer = server.officer();

    for (String uid : List.of("999999999", "0", "-1", "01", "x", "99999999999999999999999")) {
      String path = kind.path() + "/" + uid;
      officer.get(path).problem(404, "OBJECT_NOT_FOUND");
      officer.delete(path).problem(404, "OBJECT_NOT_FOUND");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/roles/999999999/members",
        "/policies/999999999/rules",
        "/datastores/999999999/export/keys"
      })
  void whatHangsOnAnUnknownUidIsNotFound(String path, TestServer server) {
    server.officer().get(PIM + path).problem(404, "OBJECT_NOT_FOUND");
  }

  @Test
  void anUnknownUidInABodyIsNamed(TestServer server) {
    Api officer = server.officer();
    String role = role(officer);
    String element = element(officer);
    String rules = PIM + "/policies/" + policy(officer) + "/rules";
    String store = officer.create(PIM + "/datastores", Samples.dataStore(unique("store")));

    unknown(officer.post(rules, Samples.rule("777777", element, "EXCEPTION")), "role");
    unknown(officer.post(rules, Samples.rule(role, "777777", "EXCEPTION")), "dataElement");
    unknown(
        officer.post(rules, Map.of("role", role, "dataElement", element, "mask", "777777")),
        "mask");
    unknown(officer.post(PIM + "/datastores/" + store + "/deploy", Samples.deploy("777777")), null);
    unknown(
        officer.post(
            PIM + "/deploy",
            Map.of("dataStores", List.of(Map.of("uid", "777777", "policies", List.of())))),
        null);
    unknown(
        officer.post(
            PIM + "/roles/" + role + "/members",
            List.of(Map.of("name", "alice", "source", "777777", "type", "USER"))),
        null);
    unknown(
        officer.post(
            PIM + "/dataelements",
            Map.of("name", unique("masked"), "noEnc", Map.of("maskUid", "777777"))),
        "noEnc.maskUid");
  }

  private static void unknown(Answer answer, String member) {
    JsonNode problem = answer.problem(400, "UNKNOWN_REFERENCE");
    assertThat(problem.path("detail").asText()).as(answer.toString()).contains("777777");
    if (member != null) {
      assertThat(problem.path("member").asText()).as(answer.toString()).isEqualTo(member);
    }
  }

  @Test
  void whatIsReferredToCannotBeDeletedAndTheAnswerSaysByWhom(TestServer server) {
    Api officer = server.officer();
    String role = role(officer);
    String element = element(officer);
    String mask = officer.create(PIM + "/masks", Samples.mask(unique("mask")));
    String source = officer.create(PIM + "/sources", Samples.source(unique("source")));
    String policy = policy(officer);
    String store = officer.create(PIM + "/datastores", Samples.dataStore(unique("store")));
    officer
        .post(
            PIM + "/policies/" + policy + "/rules",
            Map.of("role", role, "dataElement", element, "mask", mask))
        .with(201);
    String member = role(officer);
    officer
        .post(
            PIM + "/roles/" + member + "/members",
            List.of(Map.of("name", "alice", "source", source, "type", "USER")))
        .with(201);
    ConsumerKeys.make().addTo(officer, store);

    inUse(officer, "/roles/" + role, "the rule of policy '" + policy + "'");
    inUse(officer, "/dataelements/" + element, "the rule of policy '" + policy + "'");
    inUse(officer, "/masks/" + mask, "the rule of policy '" + policy + "'");
    inUse(officer, "/sources/" + source, "role '" + member + "'");
    inUse(officer, "/datastores/" + store, "export key '");
  }

  @Test
  void whatIsDeployedCannotBeDeletedAndTheAnswerSaysWhere(TestServer server) {
    Api officer = server.officer();
    String role = role(officer);
    String element = element(officer);
    String policy = policy(officer);
    String rules = PIM + "/policies/" + policy + "/rules";
    String store = officer.create(PIM + "/datastores", Samples.dataStore(unique("store")));
    officer.post(rules, Samples.rule(role, element, "EXCEPTION")).with(201);
    officer.post(PIM + "/datastores/" + store + "/deploy", Samples.deploy(policy)).with(200);
    officer.delete(rules + "?role=" + role + "&dataElement=" + element).with(204);

    inUse(officer, "/roles/" + role, "deployed to data store '" + store + "'");
    inUse(officer, "/dataelements/" + element, "deployed to data store '" + store + "'");
    inUse(officer, "/policies/" + policy, "data store '" + store + "'");
    inUse(officer, "/datastores/" + store, "what is deployed to it");

    officer.post(PIM + "/datastores/" + store + "/deploy", Samples.deploy()).with(200);
    officer.delete(PIM + "/roles/" + role).with(204);
    officer.delete(PIM + "/dataelements/" + element).with(204);
    officer.delete(PIM + "/policies/" + policy).with(204);
    officer.delete(PIM + "/datastores/" + store).with(204);
  }

  private static void inUse(Api officer, String path, String referrer) {
    JsonNode problem = officer.delete(PIM + path).problem(409, "IN_USE");
    assertThat(problem.path("detail").asText()).contains(referrer);
    officer.get(PIM + path).with(200);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatNothingRefersToIsDeleted(Kind kind, TestServer server) {
    Api officer = server.officer();
    String path =
        kind.path() + "/" + officer.create(kind.path(), kind.body().apply(unique("gone")));

    assertThat(officer.delete(path).with(204).bytes()).isEmpty();

    officer.get(path).problem(404, "OBJECT_NOT_FOUND");
    officer.delete(path).problem(404, "OBJECT_NOT_FOUND");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatIsKnownIsNotSentAgain(Kind kind, TestServer server) {
    Api officer = server.officer();
    String path = kind.path() + "/" + officer.create(kind.path(), kind.body().apply(unique("tag")));
    String tag = officer.get(path).with(200).header("ETag");

    Answer known = officer.get(path, "If-None-Match", tag).with(304);

    assertThat(tag).matches("\"[^\"]+\"");
    assertThat(known.bytes()).isEmpty();
    assertThat(known.header("ETag")).isEqualTo(tag);
    officer.get(path, "If-None-Match", "W/" + tag).with(304);
    officer.get(path, "If-None-Match", "\"another\"").with(200);
    officer.get(path, "If-Match", tag).with(200);
    officer.get(path, "If-Match", "\"another\"").problem(412, "PRECONDITION_FAILED");
    officer.get(path, "If-Match", "garbage").problem(412, "PRECONDITION_FAILED");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aChangeOfWhatHasChangedSinceIsRefused(Kind kind, TestServer server) {
    Api officer = server.officer();
    String name = unique("stale");
    String path = kind.path() + "/" + officer.create(kind.path(), kind.body().apply(name));
    String stale = officer.get(path).with(200).header("ETag");
    officer.put(path, described(kind, name, "first"), "If-Match", stale).with(200);
    String fresh = officer.get(path).with(200).header("ETag");

    officer
        .put(path, described(kind, name, "second"), "If-Match", stale)
        .problem(412, "PRECONDITION_FAILED");
    officer.delete(path, "If-Match", stale).problem(412, "PRECONDITION_FAILED");

    Answer unchanged = officer.get(path).with(200);
    assertThat(fresh).isNotEqualTo(stale);
    assertThat(unchanged.header("ETag")).isEqualTo(fresh);
    assertThat(unchanged.json().path("description").asText()).isEqualTo("first");
    officer.delete(path, "If-Match", fresh).with(204);
  }

  private static Map<String, Object> described(Kind kind, String name, String description) {
    if (kind.path().endsWith("/dataelements")) {
      return Map.of("description", description);
    }
    var body = new java.util.HashMap<>(kind.body().apply(name));
    body.put("description", description);
    return body;
  }

  @ParameterizedTest
  @ValueSource(strings = {"aes256GcmEnc", "aes256CbcEnc", "noEnc"})
  void aProtectedValueThatCannotBeHandedOutIsRefused(String method, TestServer server) {
    Api officer = server.officer();
    String element =
        officer.create(PIM + "/dataelements", Map.of("name", unique("method"), method, Map.of()));
    String rules = PIM + "/policies/" + policy(officer) + "/rules";
    String role = role(officer);

    JsonNode problem =
        officer
            .post(rules, Samples.rule(role, element, "PROTECTED_VALUE"))
            .problem(400, "PROTECTED_VALUE_REFUSED");

    assertThat(problem.path("member").asText()).isEqualTo("noAccessOperation");
    assertThat(problem.path("detail").asText()).contains(method);
    assertThat(officer.get(rules).with(200).json()).isEmpty();
    officer.post(rules, Samples.rule(role, element, "NULL_VALUE")).with(201);
  }

  @Test
  void aMisspeltPermissionIsNeverIgnored(TestServer server) {
    Api officer = server.officer();
    String rules = PIM + "/policies/" + policy(officer) + "/rules";

    JsonNode problem =
        officer
            .post(
                rules,
                Map.of(
                    "role",
                    role(officer),
                    "dataElement",
                    element(officer),
                    "permission",
                    Map.of(
                        "access",
                        Map.of(
                            "protect",
                            true,
                            "reProtect",
                            true,
                            "unProtect",
                            true,
                            "unprotect",
                            false))))
            .problem(400, "UNKNOWN_MEMBER");

    assertThat(problem.path("member").asText()).isEqualTo("permission.access.unprotect");
    assertThat(officer.get(rules).with(200).json()).isEmpty();
  }

  @Test
  void revisionsOfADeployRise(TestServer server) {
    Api officer = server.officer();
    String policy = policy(officer);
    String store = officer.create(PIM + "/datastores", Samples.dataStore(unique("store")));
    String deploy = PIM + "/datastores/" + store + "/deploy";

    JsonNode before = deployment(officer, store);
    JsonNode first = officer.post(deploy, Samples.deploy(policy)).with(200).json();
    JsonNode second = officer.post(deploy, Samples.deploy(policy)).with(200).json();
    JsonNode third =
        officer
            .post(
                PIM + "/deploy",
                Map.of(
                    "dataStores",
                    List.of(
                        Map.of("uid", store, "policies", List.of(), "applications", List.of()))))
            .with(200)
            .json()
            .at("/dataStores/0");

    assertThat(before.path("state").asText()).isEqualTo("PENDING");
    assertThat(before.has("revision")).isFalse();
    assertThat(List.of(first, second, third))
        .extracting(deployment -> deployment.path("revision").asInt())
        .containsExactly(1, 2, 3);
    assertThat(first.path("policies").toString()).isEqualTo("[\"" + policy + "\"]");
    assertThat(first.path("correlationId").asText()).isNotBlank();
    assertThat(deployment(officer, store).path("policies")).isEmpty();
    assertThat(deployment(officer, store).path("revision").asInt()).isEqualTo(3);
  }

  @Test
  void aChangeAfterADeployIsPendingUntilTheNext(TestServer server) {
    Api officer = server.officer();
    String policy = policy(officer);
    String store = officer.create(PIM + "/datastores", Samples.dataStore(unique("store")));
    String deploy = PIM + "/datastores/" + store + "/deploy";
    officer.post(deploy, Samples.deploy(policy)).with(200);

    String deployed = deployment(officer, store).path("state").asText();
    officer
        .post(
            PIM + "/policies/" + policy + "/rules",
            Samples.rule(role(officer), element(officer), "EXCEPTION"))
        .with(201);
    String changed = deployment(officer, store).path("state").asText();
    officer.post(deploy, Samples.deploy(policy)).with(200);

    assertThat(deployed).isEqualTo("DEPLOYED");
    assertThat(changed).isEqualTo("PENDING");
    assertThat(deployment(officer, store).path("state").asText()).isEqualTo("DEPLOYED");
  }

  @Test
  void nothingThatIsReadHoldsAKeyOrAnotherSecret(TestServer server) {
    Api officer = server.officer();
    kinds().forEach(kind -> officer.create(kind.path(), kind.body().apply(unique("read"))));
    String store = officer.create(PIM + "/datastores", Samples.dataStore(unique("store")));
    ConsumerKeys.make().addTo(officer, store);

    kinds().forEach(kind -> holdsNoSecret(officer.get(kind.path()).with(200).json()));
    holdsNoSecret(officer.get(PIM + "/deploy").with(200).json());
    holdsNoSecret(officer.get(PIM + "/datastores/" + store + "/export/keys").with(200).json());
    holdsNoSecret(server.administrator().get("/pty/v1/auth/users").with(200).json());
  }

  private static void holdsNoSecret(JsonNode node) {
    node.fieldNames()
        .forEachRemaining(
            name ->
                // Whether a method names its keys in values is no key.
                assertThat(name.equals("keyId") ? "" : name.toLowerCase(Locale.ROOT))
                    .doesNotContain("key", "seed", "secret", "password", "hash"));
    node.forEach(PolicyIT::holdsNoSecret);
  }

  private static JsonNode deployment(Api officer, String store) {
    for (JsonNode entry : officer.get(PIM + "/deploy").with(200).json().path("dataStores")) {
      if (entry.path("uid").asText().equals(store)) {
        return entry;
      }
    }
    throw new AssertionError("GET /deploy does not show data store " + store);
  }

  private static String role(Api officer) {
    return officer.create(PIM + "/roles", Samples.role(unique("role")));
  }

  private static String element(Api officer) {
    return officer.create(PIM + "/dataelements", Samples.dataElement(unique("element")));
  }

  private static String policy(Api officer) {
    return officer.create(PIM + "/policies", Samples.policy(unique("policy")));
  }
}
