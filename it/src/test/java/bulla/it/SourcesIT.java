package bulla.it;

import static bulla.it.Samples.PIM;
import static bulla.it.TestServer.unique;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Member sources in a directory, and roles that follow it. */
@SharedServer
class SourcesIT {
  private static final String SOURCES = PIM + "/sources";
  private static final String STAFF = "cn=staff,dc=example,dc=com";

  private static InMemoryDirectoryServer directory;

  @BeforeAll
  static void aDirectory() throws Exception {
    var config = new InMemoryDirectoryServerConfig("dc=example,dc=com");
    config.setSchema(null);
    config.setListenerConfigs(
        InMemoryListenerConfig.createLDAPConfig(
            "plain", InetAddress.getLoopbackAddress(), 0, null));
    directory = new InMemoryDirectoryServer(config);
    directory.startListening();
    directory.add("dn: dc=example,dc=com", "objectClass: domain", "dc: example");
    for (String name : List.of("anna", "bob")) {
      directory.add(
          "dn: uid=" + name + ",dc=example,dc=com", "objectClass: inetOrgPerson", "uid: " + name);
    }
    directory.add(
        "dn: " + STAFF,
        "objectClass: groupOfNames",
        "cn: staff",
        "member: uid=anna,dc=example,dc=com");
  }

  @AfterAll
  static void stop() {
    directory.shutDown(true);
  }

  @Test
  void aSourceIsTestedStepByStep(TestServer server) {
    Api officer = server.officer();
    String uid = officer.create(SOURCES, ldap(Map.of()));

    JsonNode result = officer.post(SOURCES + "/" + uid + "/test").with(200).json();

    assertThat(result.path("connection").path("status").asText()).isEqualTo("PASSED");
    assertThat(result.path("authentication").path("status").asText()).isEqualTo("PASSED");
    assertThat(result.path("groups").path("count").asInt()).isEqualTo(1);
    assertThat(result.path("users").path("count").asInt()).isEqualTo(2);
    officer.post(SOURCES + "/999999/test").problem(404, "OBJECT_NOT_FOUND");

    String outside = officer.create(SOURCES, ldap(Map.of("host", "10.255.255.1")));
    JsonNode refused = officer.post(SOURCES + "/" + outside + "/test").with(200).json();
    assertThat(refused.path("connection").path("status").asText()).isEqualTo("FAILED");
    assertThat(refused.path("connection").path("message").asText())
        .contains("BULLA_SOURCE_NETWORKS");
    assertThat(refused.path("users").path("status").asText()).isEqualTo("SKIPPED");
    officer
        .post(
            PIM + "/roles/" + officer.create(PIM + "/roles", role("MANUAL")) + "/members",
            List.of(Map.of("name", "anna", "source", outside)))
        .problem(409, "SOURCE_UNAVAILABLE");
  }

  @Test
  void aPasswordIsNeverShown(TestServer server) {
    Api officer = server.officer();
    String secret = unique("password");
    var account = Map.<String, Object>of("useTls", true, "bindDn", "cn=reader", "password", secret);
    Answer created = officer.post(SOURCES, ldap(account)).with(201);
    String path = SOURCES + "/" + created.json().path("uid").asText();
    assertThat(created.text()).doesNotContain(secret);
    assertThat(officer.get(path).with(200).text()).doesNotContain(secret).contains("cn=reader");
    assertThat(officer.get(SOURCES).with(200).text()).doesNotContain(secret);

    JsonNode problem =
        officer
            .put(path, ldap(Map.of("useTls", true, "bindDn", "cn=other")))
            .problem(400, "INVALID_VALUE");

    assertThat(problem.path("detail").asText()).startsWith("connection.password is needed");
    officer.put(path, ldap(Map.of("useTls", true, "bindDn", "cn=reader"))).with(200);
  }

  @Test
  void aSourceIsChangedOnlyAsItWasReadAndAPasswordIsAPartOfIt(TestServer server) {
    Api officer = server.officer();
    var account =
        Map.<String, Object>of("useTls", true, "bindDn", "cn=reader", "password", "first");
    Map<String, Object> body = ldap(account);
    String path = SOURCES + "/" + officer.create(SOURCES, body);
    String tag = officer.get(path).with(200).header("ETag");
    var other = new java.util.HashMap<String, Object>(body);
    other.put(
        "connection",
        ldap(Map.of("useTls", true, "bindDn", "cn=reader", "password", "second"))
            .get("connection"));

    officer.put(path, other, "If-Match", tag).with(200);

    officer.put(path, body, "If-Match", tag).problem(412, "PRECONDITION_FAILED");
    officer.delete(path, "If-Match", tag).problem(412, "PRECONDITION_FAILED");
    officer.delete(path, "If-Match", officer.get(path).with(200).header("ETag")).with(204);
  }

  @Test
  void aRoleFollowsItsGroupsWhenItIsSynchronised(TestServer server) throws LDAPException {
    Api officer = server.officer();
    String source = officer.create(SOURCES, ldap(Map.of()));
    String role = officer.create(PIM + "/roles", role("SEMIAUTOMATIC"));
    String members = PIM + "/roles/" + role + "/members";
    officer
        .post(members, List.of(Map.of("name", "anna", "source", source)))
        .problem(400, "GROUPS_ONLY");
    officer
        .post(members, List.of(Map.of("name", "Staff", "source", source, "type", "GROUP")))
        .with(201);
    String element = officer.create(PIM + "/dataelements", Samples.dataElement(unique("element")));
    String policy = officer.create(PIM + "/policies", Samples.policy(unique("policy")));
    officer
        .post(PIM + "/policies/" + policy + "/rules", Samples.rule(role, element, "EXCEPTION"))
        .with(201);
    String store =
        officer.create(PIM + "/datastores", Map.of("name", unique("store"), "default", false));
    officer.post(PIM + "/datastores/" + store + "/deploy", Samples.deploy(policy)).with(200);
    assertThat(synchronize(officer, role).at("/dataStores/0/deployed").asBoolean()).isFalse();

    directory.modify(
        STAFF, new Modification(ModificationType.ADD, "member", "uid=bob,dc=example,dc=com"));

    JsonNode changed = synchronize(officer, role).at("/dataStores/0");
    assertThat(changed.path("uid").asText()).isEqualTo(store);
    assertThat(changed.path("added").asInt()).isEqualTo(1);
    assertThat(changed.path("deployed").asBoolean()).isTrue();
    assertThat(changed.path("revision").asInt()).isEqualTo(2);
    assertThat(officer.get(PIM + "/members/bob/access").with(200).text()).contains(role);
  }

  @Test
  void aDeployThatCannotBeReadsNoSource(TestServer server) throws IOException {
    Api officer = server.officer();
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String source = officer.create(SOURCES, ldap(Map.of()));
      String role = officer.create(PIM + "/roles", role("MANUAL"));
      officer
          .post(
              PIM + "/roles/" + role + "/members",
              List.of(Map.of("name", "staff", "source", source, "type", "GROUP")))
          .with(201);
      officer
          .put(SOURCES + "/" + source, ldap(Map.of("port", silent.getLocalPort(), "timeout", 1)))
          .with(200);
      String element =
          officer.create(PIM + "/dataelements", Samples.dataElement(unique("element")));
      String policy = officer.create(PIM + "/policies", Samples.policy(unique("policy")));
      officer
          .post(PIM + "/policies/" + policy + "/rules", Samples.rule(role, element, "EXCEPTION"))
          .with(201);
      officer
          .post(PIM + "/datastores/999999/deploy", Samples.deploy(policy))
          .problem(404, "OBJECT_NOT_FOUND");
      officer
          .post(
              PIM + "/deploy",
              Map.of("dataStores", List.of(Map.of("uid", "999999", "policies", List.of(policy)))))
          .problem(400, "UNKNOWN_REFERENCE");
      String store =
          officer.create(PIM + "/datastores", Map.of("name", unique("store"), "default", false));
      officer
          .post(PIM + "/datastores/" + store + "/deploy", Samples.deploy(policy))
          .problem(409, "SOURCE_UNAVAILABLE");
    }
  }

  @Test
  void theLongestQueriesAreStored(TestServer server) {
    Api officer = server.officer();
    String query = "select name from person where name <> '" + "\"".repeat(3000) + "'\n";
    query += "\t".repeat(4000 - query.length());
    String path =
        SOURCES
            + "/"
            + officer.create(SOURCES, database(Map.of("usersQuery", query, "groupsQuery", query)));
    assertThat(officer.get(path).with(200).json().at("/connection/groupsQuery").asText())
        .isEqualTo(query);
    for (String control : List.of("\u0000", "\u0001", "\u001b", "\u0085")) {
      JsonNode problem =
          officer
              .post(SOURCES, database(Map.of("usersQuery", "select '" + control + "' from a")))
              .problem(400, "INVALID_VALUE");
      assertThat(problem.path("member").asText()).isEqualTo("connection.usersQuery");
    }
  }

  @Test
  void aDeprecatedMethodIsMadeWithAWarning(TestServer server) {
    Api officer = server.officer();
    String elements = PIM + "/dataelements";
    Answer old =
        officer.post(elements, Map.of("name", unique("sha1"), "hmacSha1", Map.of())).with(201);
    assertThat(old.header("Deprecation")).matches("@[0-9]+");
    assertThat(old.json().path("warnings").path(0).asText()).startsWith("hmacSha1 is deprecated");
    Answer current =
        officer.post(elements, Map.of("name", unique("sha2"), "hmacSha256", Map.of())).with(201);
    assertThat(current.http().headers().firstValue("Deprecation")).isEmpty();
    assertThat(current.json().has("warnings")).isFalse();
  }

  private static JsonNode synchronize(Api officer, String role) {
    return officer.post(PIM + "/roles/" + role + "/sync").with(200).json();
  }

  private static Map<String, Object> role(String mode) {
    return Map.of("name", unique("role"), "mode", mode);
  }

  private static Map<String, Object> database(Map<String, Object> more) {
    var connection =
        new java.util.HashMap<String, Object>(
            Map.of(
                "vendor",
                "DERBY",
                "host",
                "127.0.0.1",
                "dsn",
                "people",
                "userName",
                "reader",
                "password",
                "a password",
                "usersQuery",
                "select name from person"));
    connection.putAll(more);
    return Map.of("name", unique("database"), "type", "DATABASE", "connection", connection);
  }

  private static Map<String, Object> ldap(Map<String, Object> more) {
    var connection = new java.util.HashMap<String, Object>();
    connection.put("host", "127.0.0.1");
    connection.put("port", directory.getListenPort());
    connection.put("useTls", false);
    connection.put("userBaseDn", "dc=example,dc=com");
    connection.putAll(more);
    return Map.of("name", unique("ldap"), "type", "LDAP", "connection", connection);
  }
}
