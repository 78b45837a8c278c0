package bulla.it;

import static bulla.it.Samples.PIM;
import static bulla.it.TestServer.unique;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Trusted applications, alphabets, ranges, nodes and effective access over HTTPS. */
@SharedServer
class PolicyResourcesIT {
  private static final String APPLICATIONS = PIM + "/applications";
  private static final String ALPHABETS = PIM + "/alphabets";

  private static Map<String, Object> application(String name, String user) {
    return Map.of("name", name, "applicationName", "com.example.*", "applicationUser", user);
  }

  @Test
  void anApplicationIsChangedOnlyAsItWasRead(TestServer server) {
    Api officer = server.officer();
    String name = unique("application");
    String uid = officer.create(APPLICATIONS, application(name, "batch"));
    Answer read = officer.get(APPLICATIONS + "/" + uid).with(200);
    String tag = read.header("ETag");
    assertThat(read.json().path("applicationUser").asText()).isEqualTo("batch");

    officer.put(APPLICATIONS + "/" + uid, application(name, "batch2"), "If-Match", tag).with(200);

    officer
        .put(APPLICATIONS + "/" + uid, application(name, "batch3"), "If-Match", tag)
        .problem(412, "PRECONDITION_FAILED");
    officer
        .post(APPLICATIONS, application(name.toUpperCase(java.util.Locale.ROOT), "x"))
        .problem(409, "ALREADY_EXISTS");
    officer.delete(APPLICATIONS + "/" + uid).with(204);
    officer.get(APPLICATIONS + "/" + uid).problem(404, "OBJECT_NOT_FOUND");
  }

  @Test
  void aRuleIsChangedOnlyAsItWasRead(TestServer server) {
    Api officer = server.officer();
    String role = officer.create(PIM + "/roles", Samples.role(unique("role")));
    String element = officer.create(PIM + "/dataelements", Samples.dataElement(unique("element")));
    String policy = officer.create(PIM + "/policies", Samples.policy(unique("policy")));
    String rules = PIM + "/policies/" + policy + "/rules";
    String one = rules + "?role=" + role + "&dataElement=" + element;
    officer.post(rules, Samples.rule(role, element, "EXCEPTION")).with(201);
    String tag = officer.get(one).with(200).header("ETag");

    officer.put(rules, Samples.rule(role, element, "NULL_VALUE"), "If-Match", tag).with(200);

    officer
        .put(rules, Samples.rule(role, element, "EXCEPTION"), "If-Match", tag)
        .problem(412, "PRECONDITION_FAILED");
    officer.delete(one, "If-Match", tag).problem(412, "PRECONDITION_FAILED");
    String second = officer.get(one).with(200).header("ETag");
    officer.delete(one, "If-Match", second).with(204);
    Answer again = officer.post(rules, Samples.rule(role, element, "NULL_VALUE")).with(201);
    officer
        .put(rules, Samples.rule(role, element, "EXCEPTION"), "If-Match", tag)
        .problem(412, "PRECONDITION_FAILED");
    officer.delete(one, "If-Match", tag).problem(412, "PRECONDITION_FAILED");
    officer.delete(one, "If-Match", second).problem(412, "PRECONDITION_FAILED");
    assertThat(officer.get(one).with(200).header("ETag"))
        .isEqualTo(again.header("ETag"))
        .startsWith("\"v");
    officer.delete(one, "If-Match", again.header("ETag")).with(204);
  }

  @Test
  void ofADataElementTheDescriptionAloneCanChange(TestServer server) {
    Api officer = server.officer();
    Map<String, Object> element = Samples.dataElement(unique("element"));
    String path = PIM + "/dataelements/" + officer.create(PIM + "/dataelements", element);
    JsonNode before = officer.get(path).with(200).json();

    JsonNode named =
        officer.put(path, Map.of("name", unique("other"))).problem(400, "UNKNOWN_MEMBER");
    assertThat(named.path("member").asText()).isEqualTo("name");
    for (String method : List.of("alphaNumericToken", "noEnc")) {
      JsonNode refused =
          officer
              .put(path, Map.of("description", "other", method, Map.of()))
              .problem(400, "UNKNOWN_MEMBER");
      assertThat(refused.path("member").asText()).isEqualTo(method);
    }

    assertThat(officer.get(path).with(200).json()).isEqualTo(before);
    officer.put(path, Map.of("description", "other")).with(200);
    assertThat(officer.get(path).with(200).json().path("description").asText()).isEqualTo("other");
  }

  @Test
  void anAlphabetIsDeletedOnlyAsItWasRead(TestServer server) {
    Api officer = server.officer();
    String path =
        ALPHABETS
            + "/"
            + officer.create(
                ALPHABETS,
                Map.of(
                    "label",
                    unique("alphabet"),
                    "ranges",
                    List.of(Map.of("from", "0041", "to", "005A"))));
    officer.delete(path, "If-Match", "\"v999\"").problem(412, "PRECONDITION_FAILED");
    officer.delete(path, "If-Match", officer.get(path).with(200).header("ETag")).with(204);
  }

  @Test
  void whatHasNoTagMatchesNone(TestServer server) {
    Api officer = server.officer();
    String source = officer.create(PIM + "/sources", Samples.source(unique("source")));
    String role = officer.create(PIM + "/roles", Samples.role(unique("role")));
    String store =
        officer.create(PIM + "/datastores", Map.of("name", unique("store"), "default", false));
    String element =
        officer.create(
            PIM + "/dataelements",
            Map.of("name", unique("keyed"), "aes256GcmEnc", Map.of("keyId", true)));
    String members = PIM + "/roles/" + role + "/members";
    String member =
        officer
            .post(members, List.of(Map.of("name", "alice", "source", source)), "If-Match", "*")
            .with(201)
            .json()
            .at("/0/uid")
            .asText();
    String ranges = PIM + "/datastores/" + store + "/ranges";
    String range = officer.create(ranges, Map.of("from", "2001:db8:7::1"));
    String keys = PIM + "/datastores/" + store + "/export/keys";
    var key = Map.of("algorithm", "RSA-OAEP-256", "pem", ConsumerKeys.make().publicPem());
    String exportKey = officer.create(keys, key);
    officer.post(PIM + "/dataelements/" + element + "/keys").with(201);

    for (Answer refused :
        List.of(
            officer.post(members, List.of(), "If-Match", "\"v1\""),
            officer.delete(members + "/" + member, "If-Match", "\"v1\""),
            officer.delete(ranges + "/" + range, "If-Match", "\"v1\""),
            officer.delete(keys + "/" + exportKey, "If-Match", "\"v1\""),
            officer.put(
                PIM + "/dataelements/" + element + "/keys/1",
                Map.of("state", "COMPROMISED"),
                "If-Match",
                "\"v1\""))) {
      refused.problem(412, "PRECONDITION_FAILED");
    }
    officer.delete(members + "/" + member, "If-Match", "*").with(204);
    officer.delete(ranges + "/" + range).with(204);
    officer.delete(keys + "/" + exportKey, "If-Match", "*").with(204);
    String first = PIM + "/dataelements/" + element + "/keys/1";
    officer.put(first, Map.of("state", "COMPROMISED"), "If-Match", "*").with(200);
    JsonNode gone = officer.put(first, Map.of("state", "DESTROYED")).with(200).json();
    assertThat(gone.path("state").asText()).isEqualTo("DESTROYED");
    officer.put(first, Map.of("state", "COMPROMISED")).problem(409, "KEY_STATE");
    officer.delete(PIM + "/dataelements/" + element).with(204);
  }

  @Test
  void listsAreWholeOrReadPageByPage(TestServer server) {
    Api officer = server.officer();
    for (int i = 0; i < 3; i++) {
      officer.create(PIM + "/masks", Samples.mask(unique("mask")));
    }
    Answer whole = officer.get(PIM + "/masks").with(200);
    int total = whole.json().size();
    assertThat(whole.header("X-Total-Count")).isEqualTo(Integer.toString(total));
    assertThat(whole.http().headers().firstValue("Link")).isEmpty();
    Answer page = officer.get(PIM + "/masks?first=1&max=1").with(200);
    assertThat(page.json()).singleElement().isEqualTo(whole.json().get(1));
    assertThat(page.header("X-Total-Count")).isEqualTo(Integer.toString(total));
    assertThat(page.http().headers().allValues("Link"))
        .containsExactly("<?first=0&max=1>; rel=\"prev\"", "<?first=2&max=1>; rel=\"next\"");
    assertThat(officer.get(PIM + "/masks?first=100000").with(200).json()).isEmpty();
    officer.get(PIM + "/masks?max=0").problem(400, "INVALID_PARAMETER");
  }

  @Test
  void rulesAreReadPageByPage(TestServer server) {
    Api officer = server.officer();
    String rules =
        PIM
            + "/policies/"
            + officer.create(PIM + "/policies", Samples.policy(unique("p")))
            + "/rules";
    String role = officer.create(PIM + "/roles", Samples.role(unique("role")));
    String last = "";
    for (int i = 0; i < 3; i++) {
      last = officer.create(PIM + "/dataelements", Samples.dataElement(unique("element")));
      officer.post(rules, Samples.rule(role, last, "NULL_VALUE")).with(201);
    }
    Answer whole = officer.get(rules + "?role=" + role).with(200);
    Answer page = officer.get(rules + "?role=" + role + "&first=1&max=1").with(200);
    assertThat(page.json()).singleElement().isEqualTo(whole.json().get(1));
    assertThat(page.header("X-Total-Count")).isEqualTo("3");
    assertThat(page.http().headers().allValues("Link")).hasSize(2);
    Answer one = officer.get(rules + "?role=" + role + "&dataElement=" + last + "&max=2").with(200);
    assertThat(one.json()).singleElement().isEqualTo(whole.json().get(2));
    assertThat(one.header("ETag")).isNotEmpty();
    officer.get(rules + "?max=0").problem(400, "INVALID_PARAMETER");
    Answer members = officer.get(PIM + "/roles/" + role + "/members?first=1&max=1").with(200);
    assertThat(members.json()).isEmpty();
    assertThat(members.header("X-Total-Count")).isEqualTo("0");
  }

  /** Every type that the document knows, through the database and back. */
  @Test
  void everyTypeOfDataElementIsMadeAndRead(TestServer server) {
    Api officer = server.officer();
    String alphabet =
        officer.create(
            ALPHABETS,
            Map.of(
                "label",
                unique("alphabet"),
                "ranges",
                List.of(Map.of("from", "0391", "to", "03A1"))));
    var types = new ArrayList<String>();
    officer
        .get(PIM + "/doc", "Accept", "application/json")
        .with(200)
        .json()
        .at("/components/schemas/CreateDataElement/properties")
        .fieldNames()
        .forEachRemaining(types::add);
    types.removeAll(List.of("name", "description"));
    assertThat(types).hasSizeGreaterThan(30);
    for (String type : types) {
      Map<String, String> least =
          type.equals("unicodeGen2Token") ? Map.of("alphabetUid", alphabet) : Map.of();
      JsonNode made =
          officer
              .post(PIM + "/dataelements", Map.of("name", unique(type), type, least))
              .with(201)
              .json();
      String path = PIM + "/dataelements/" + made.path("uid").asText();
      JsonNode read = officer.get(path).with(200).json();
      assertThat(read).as(type).isEqualTo(made);
      assertThat(read.has(type)).as(type).isTrue();
      officer.delete(path).with(204);
    }
  }

  @Test
  void aUserMayHaveASlashInItsName(TestServer server) {
    JsonNode access = server.officer().get(PIM + "/members/EXAMPLE/alice/access").with(200).json();
    assertThat(access.path("user").asText()).isEqualTo("EXAMPLE/alice");
  }

  @Test
  void anApplicationBelongsToOneDataStore(TestServer server) {
    Api officer = server.officer();
    String application = officer.create(APPLICATIONS, application(unique("application"), "*"));
    String one = officer.create(PIM + "/datastores", Samples.dataStore(unique("store")));
    String two = officer.create(PIM + "/datastores", Samples.dataStore(unique("store")));
    var body = Map.of("policies", List.of(), "applications", List.of(application));
    officer.post(PIM + "/datastores/" + one + "/deploy", body).with(200);

    JsonNode problem =
        officer
            .post(PIM + "/datastores/" + two + "/deploy", body)
            .problem(409, "APPLICATION_ELSEWHERE");

    assertThat(problem.path("detail").asText()).contains("'" + application + "'", "'" + one + "'");
    officer.delete(APPLICATIONS + "/" + application).problem(409, "IN_USE");
    officer.delete(PIM + "/datastores/" + one).problem(409, "IN_USE");
    officer.post(PIM + "/datastores/" + one + "/deploy", Samples.deploy()).with(200);
    officer.delete(PIM + "/datastores/" + one).with(204);
    officer.post(PIM + "/datastores/" + two + "/deploy", body).with(200);
  }

  @Test
  void anAlphabetIsMadeOfRangesAndOtherAlphabets(TestServer server) {
    Api officer = server.officer();
    String upper =
        officer.create(
            ALPHABETS,
            Map.of(
                "label", unique("upper"), "ranges", List.of(Map.of("from", "0041", "to", "005A"))));
    String more =
        officer.create(
            ALPHABETS,
            Map.of(
                "label",
                unique("more"),
                "alphabets",
                List.of(upper),
                "codePoints",
                List.of("00DF")));

    officer.delete(ALPHABETS + "/" + upper).problem(409, "IN_USE");
    officer
        .post(
            ALPHABETS,
            Map.of(
                "label", unique("wrong"), "ranges", List.of(Map.of("from", "D800", "to", "D7FF"))))
        .problem(400, "INVALID_ALPHABET");
    officer.delete(ALPHABETS + "/" + more).with(204);
    officer.delete(ALPHABETS + "/" + upper).with(204);
  }

  @Test
  void anAlphabetStaysWhileADataElementNamesIt(TestServer server) {
    Api officer = server.officer();
    String uid =
        officer.create(
            ALPHABETS,
            Map.of(
                "label", unique("greek"), "ranges", List.of(Map.of("from", "03B1", "to", "03C9"))));
    String elements = PIM + "/dataelements";
    String name = unique("greek");

    officer
        .post(elements, unicode(name, Map.of("alphabetUid", uid, "tokenizer", "SLT_X_1")))
        .problem(400, "INVALID_METHOD");
    officer
        .post(elements, unicode(name, Map.of("alphabetUid", "999999")))
        .problem(400, "UNKNOWN_REFERENCE");
    officer.post(elements, unicode(name, Map.of())).problem(400, "INVALID_METHOD");
    String element = officer.create(elements, unicode(name, Map.of("alphabetUid", uid)));

    JsonNode problem = officer.delete(ALPHABETS + "/" + uid).problem(409, "IN_USE");
    assertThat(problem.path("detail").asText()).contains("data element '" + element + "'");
    officer.delete(elements + "/" + element).with(204);
    officer.delete(ALPHABETS + "/" + uid).with(204);
  }

  private static Map<String, Object> unicode(String name, Map<String, String> members) {
    return Map.of("name", name, "unicodeGen2Token", members);
  }

  @Test
  void anAddressBelongsToOneDataStore(TestServer server) {
    Api officer = server.officer();
    String one = officer.create(PIM + "/datastores", store());
    String two = officer.create(PIM + "/datastores", store());
    String ranges = PIM + "/datastores/" + one + "/ranges";
    String range = officer.create(ranges, Map.of("from", "192.0.2.1", "to", "192.0.2.9"));

    officer
        .post(PIM + "/datastores/" + two + "/ranges", Map.of("from", "192.0.2.9"))
        .problem(409, "RANGE_OVERLAPS");
    officer.post(ranges, Map.of("from", "192.0.2.300")).problem(400, "INVALID_RANGE");

    assertThat(officer.get(ranges).with(200).json()).hasSize(1);
    officer.delete(ranges + "/" + range).with(204);
    officer.post(PIM + "/datastores/" + two + "/ranges", Map.of("from", "192.0.2.9")).with(201);
  }

  @Test
  void whoPulledAPackageIsANodeAndWhoMayDoWhatIsShown(TestServer server) {
    Api officer = server.officer();
    String element = unique("element");
    String role =
        officer.create(
            PIM + "/roles", Map.of("name", unique("role"), "mode", "MANUAL", "allowAll", true));
    String elementUid = officer.create(PIM + "/dataelements", Samples.dataElement(element));
    String policy = officer.create(PIM + "/policies", Samples.policy(unique("policy")));
    officer
        .post(PIM + "/policies/" + policy + "/rules", Samples.rule(role, elementUid, "EXCEPTION"))
        .with(201);
    String store = officer.create(PIM + "/datastores", Samples.dataStore(unique("store")));
    String print = ConsumerKeys.make().addTo(officer, store);
    String deploy = PIM + "/datastores/" + store + "/deploy";
    officer.post(deploy, Samples.deploy(policy)).with(200);

    server
        .as("workbench_deployment_immutablepackage_export")
        .get("/pty/v1/rps/export/" + print.replace(":", "") + "?version=1&coreVersion=1")
        .with(200);

    JsonNode node = node(officer, store);
    assertThat(node.path("status").asText()).isEqualTo("OK");
    officer.post(deploy, Samples.deploy(policy)).with(200);
    assertThat(node(officer, store).path("status").asText()).isEqualTo("OUTDATED");

    JsonNode access =
        officer.get(PIM + "/members/anybody.at.all/access?view=advanced").with(200).json();
    assertThat(access.findValuesAsText("name")).contains(element);
    officer.get(PIM + "/members/anybody/access?view=other").problem(400, "INVALID_PARAMETER");
  }

  private static JsonNode node(Api officer, String store) {
    for (JsonNode node : officer.get(PIM + "/nodes").with(200).json()) {
      if (node.path("dataStore").asText().equals(store)) {
        return node;
      }
    }
    throw new AssertionError("No node has pulled from data store " + store);
  }

  private static Map<String, Object> store() {
    return Map.of("name", unique("store"), "default", false);
  }
}
