package bulla.it;

import static bulla.it.Samples.PIM;
import static bulla.it.TestServer.unique;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every operation of the APIs' own documents, done for real, and what it wrote into the journal: an
 * operation that the documents have and this test does not do fails it, and so does an action that
 * the documents promise and nobody finds in the journal. On a server of its own, because some
 * operations end all sessions, and the first initialization is the one that counts.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(1)
class AuditActionsIT {
  private static final String AUTH = "/pty/v1/auth";
  private static final String RPS = "/pty/v1/rps";
  private static final String USERS = AUTH + "/users";
  private static final String GROUPS = AUTH + "/groups";
  private static final String ROLES = AUTH + "/roles";
  private static final String PROVIDERS = AUTH + "/saml/providers";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LONGEST_WAIT_MILLIS = 10_000;

  /** Whose entries have only the state after, both, only the state before, and none. */
  private static final Set<String> CREATING =
      Set.of(
          "CREATE",
          "CREATE_RULE",
          "ROTATE_KEY",
          "ADD_EXPORT_KEY",
          "ADD_RANGE",
          "ADD_MEMBERS",
          "PIN_CERTIFICATE");

  private static final Set<String> CHANGING =
      Set.of(
          "UPDATE",
          "CHANGE",
          "CHANGE_RULE",
          "CHANGE_KEY",
          "LOSE_DEFAULT",
          "DEPLOY",
          "INIT",
          "UPDATE_PASSWORD",
          "SET_LOG_LEVEL",
          "CHANGE_OWN_PASSWORD");

  private static final Set<String> DELETING =
      Set.of(
          "DELETE",
          "DELETE_RULE",
          "REMOVE_EXPORT_KEY",
          "REMOVE_RANGE",
          "REMOVE_MEMBER",
          "UNPIN_CERTIFICATE");

  private static final Set<String> STATELESS =
      Set.of(
          "ARCHIVE",
          "LOGIN",
          "LOGOUT",
          "REFRESH",
          "ROTATE",
          "ROTATE_AND_END_TOKENS",
          "ROTATE_AND_END_TRUST",
          "EXPORT",
          "MOVE",
          "PROVE_STATE",
          "SYNCHRONIZE",
          "TEST");

  private static final Path DIRECTORY =
      Path.of(System.getProperty("it.directory"), "actions").toAbsolutePath();
  private static final Path PASSPHRASE = DIRECTORY.resolve("passphrase");

  private final TestServer server =
      TestServer.fresh(DIRECTORY, Map.of("BULLA_MASTER_PASSPHRASE_FILE", PASSPHRASE.toString()));

  private final List<Answer> answers = new ArrayList<>();

  @BeforeAll
  void start() throws IOException {
    Files.writeString(PASSPHRASE, "generated for a test: " + unique("passphrase"));
    Files.setPosixFilePermissions(PASSPHRASE, PosixFilePermissions.fromString("rw-------"));
    server.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void everyOperationThatChangesSomethingWritesTheEntryThatItsDocumentPromises() throws Exception {
    List<DocumentedOperation> operations = DocumentedOperation.all(server);
    assertThat(operations)
        .filteredOn(operation -> !operation.isRead())
        .hasSizeGreaterThan(40)
        .allSatisfy(operation -> assertThat(operation.auditActions()).isNotEmpty());
    assertThat(operations)
        .filteredOn(operation -> operation.isRead() && !operation.auditActions().isEmpty())
        .extracting(DocumentedOperation::path)
        .as("the exports")
        .containsExactlyInAnyOrder(AUTH + "/audit/export", RPS + "/export/{fingerprint}");

    TestUser auditor = server.user("can_create_token", "insight_admin");
    List<String> secrets =
        List.of(
            Files.readString(PASSPHRASE).strip(),
            Files.readString(server.data().resolve("keyring/keystore.password")).strip(),
            Files.readString(server.data().resolve("tls/keystore.password")).strip());
    doEverything(operations, auditor);

    requireNowhere(secrets, auditor);
    Map<String, List<JsonNode>> entries = entries(auditor);
    var written = new HashMap<DocumentedOperation, Set<String>>();
    for (Answer answer : answers) {
      DocumentedOperation operation = operation(operations, answer);
      Set<String> actions = written.computeIfAbsent(operation, any -> new TreeSet<>());
      List<JsonNode> own = entries.getOrDefault(answer.header("X-Correlation-ID"), List.of());
      for (JsonNode entry : own) {
        actions.add(entry.path("action").asText());
        requireStates(entry);
      }
      assertThat(own.isEmpty()).as(answer.toString()).isEqualTo(operation.auditActions().isEmpty());
    }

    assertThat(operations)
        .filteredOn(operation -> !operation.auditActions().isEmpty())
        .allSatisfy(
            operation ->
                assertThat(written.get(operation))
                    .as("what " + operation + " wrote when it was done")
                    .isEqualTo(operation.auditActions()));
  }

  /** What opens the master key, before and after it was moved, was in use all the while. */
  private void requireNowhere(List<String> secrets, TestUser auditor) throws IOException {
    String export =
        server
            .nobody()
            .loggedIn(auditor.name(), auditor.password())
            .get(AUTH + "/audit/export")
            .with(200)
            .text();
    String logs = Logs.of(server);
    String pages = Logs.pages(server);
    for (String secret : secrets) {
      assertThat(secret).hasSizeGreaterThan(12);
      assertThat(logs.contains(secret) || pages.contains(secret) || export.contains(secret))
          .as("secret " + secrets.indexOf(secret))
          .isFalse();
    }
  }

  /** Reads whatever can be read without a name of something. */
  private void read(List<DocumentedOperation> operations) {
    Api reader =
        server.as(
            "user_manager_viewer",
            "role_viewer",
            "group_viewer",
            "saml_viewer",
            "insight_admin",
            "workbench_management_policy_read");
    for (DocumentedOperation operation : operations) {
      if (operation.isRead() && operation.names() == 0 && operation.auditActions().isEmpty()) {
        Answer answer = reader.get(operation.path());
        if (answer.status() == 200) {
          answers.add(answer);
        }
      }
    }
    assertThat(answers)
        .filteredOn(answer -> answer.http().request().method().equals("GET"))
        .hasSizeGreaterThan(20);
  }

  private void doEverything(List<DocumentedOperation> operations, TestUser auditor) {
    Api audit = server.nobody().loggedIn(auditor.name(), auditor.password());
    // First, because what is archived is not in the journal any more.
    done(archived(audit));

    Api administrator = server.administrator();
    Api officer = server.as("workbench_management_policy_write");
    users(administrator);
    sessions();
    providers(administrator);
    policies(officer);
    inForce(officer);
    packages(officer);
    logLevels();
    read(operations);

    done(audit.get(AUTH + "/audit/export"));
    done(audit.post(AUTH + "/audit/states", Map.of("state", Map.of("a", 1))));

    Api keeper = server.as("keyring_admin");
    done(keeper.post(AUTH + "/keyring/rotate", Map.of()));
    done(keeper.post(AUTH + "/keyring/move", Map.of("provider", "passphrase")));
    assertThat(server.data().resolve("keyring/master.passphrase"))
        .content()
        .startsWith("bulla-master-keys 1 argon2id m=65536,t=3,p=4 ");

    String announced = keeper.get(RPS + "/jwks").with(200).json().at("/keys/0/kid").asText();
    done(keeper.post(RPS + "/jwks/rotate", Map.of("kid", announced)));
    done(keeper.post(RPS + "/jwks/rotate", Map.of("endTrust", true)));

    done(administrator.post(AUTH + "/jwks/rotate", "{}"));
    done(
        server
            .nobody()
            .loggedIn(TestServer.ADMINISTRATOR, server.administratorPassword())
            .post(AUTH + "/jwks/rotate", Map.of("endTokens", true)));
  }

  /** A stretch can be archived when a checkpoint proves it, which is made every ten seconds. */
  private static Answer archived(Api audit) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      Answer answer =
          audit.post(AUTH + "/audit/archive", Map.of("before", Instant.now().toString()));
      if (answer.status() != 409 || System.nanoTime() - end > 0) {
        return answer;
      }
      LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
    }
  }

  private void users(Api administrator) {
    String role = unique("role");
    done(administrator.post(ROLES, Map.of("name", role, "permissions", List.of())));
    done(
        administrator.put(ROLES, Map.of("name", role, "permissions", List.of("can_create_token"))));

    String name = unique("user");
    String user =
        done(administrator.post(
                USERS,
                Map.of(
                    "username",
                    name,
                    "password",
                    unique("A passphrase of its own"),
                    "roles",
                    List.of(role))))
            .json()
            .path("user_id")
            .asText();
    done(administrator.get(USERS + "/" + user));
    done(administrator.put(USERS, Map.of("id", user, "firstName", "Ada")));
    done(
        administrator.put(
            USERS + "/password",
            Map.of("userId", user, "newPassword", unique("Another passphrase"))));
    String certificates = USERS + "/" + user + "/certificates";
    String pinned =
        done(administrator.post(
                certificates,
                Map.of(
                    "pem",
                    ClientAuthority.pem(
                        ClientAuthority.selfSigned("CN=" + name, ClientAuthority.keys())))))
            .json()
            .path("sha256")
            .asText();
    done(administrator.delete(certificates + "/" + pinned));

    String group =
        done(administrator.post(GROUPS, Map.of("name", unique("group"), "members", List.of(name))))
            .json()
            .path("group_id")
            .asText();
    done(administrator.put(GROUPS, Map.of("group_id", group, "members", List.of())));
    done(administrator.delete(GROUPS + "/" + group));
    done(administrator.delete(USERS + "/" + user));
    done(administrator.deleteWith(ROLES, Map.of("name", role)));
  }

  private void sessions() {
    TestUser user = server.user("can_create_token");
    Api nobody = server.nobody();
    Answer login = done(nobody.login(user.name(), user.password()));
    Answer next = done(nobody.post(AUTH + "/login/refresh", refreshToken(login)));
    Answer last = done(nobody.post(AUTH + "/login/token/refresh", refreshToken(next)));
    done(nobody.withToken(last.header("pty_access_jwt_token")).post(AUTH + "/logout"));
    done(
        nobody.form(
            AUTH + "/login/password",
            "loginname",
            user.name(),
            "password",
            user.password(),
            "newPassword",
            unique("A new passphrase")));
  }

  private void providers(Api administrator) {
    String alias = unique("idp");
    done(administrator.post(PROVIDERS, SamlProvidersIT.sample(alias, SamlProvidersIT.METADATA)));
    done(administrator.put(PROVIDERS + "/" + alias, Map.of("displayName", "Another name")));
    done(administrator.delete(PROVIDERS + "/" + alias));
  }

  private void policies(Api officer) {
    nothingBeforeTheInitialization(officer);
    done(officer.post(PIM + "/init"));
    String source = cycle(officer, PIM + "/sources", Samples.source(unique("source")));
    String role = cycle(officer, PIM + "/roles", Samples.role(unique("role")));
    String mask = cycle(officer, PIM + "/masks", Samples.mask(unique("mask")));
    String policy = cycle(officer, PIM + "/policies", Samples.policy(unique("policy")));
    String application =
        cycle(
            officer,
            PIM + "/applications",
            Map.of(
                "name",
                unique("application"),
                "applicationName",
                "com.example.*",
                "applicationUser",
                "*"));
    String element =
        uid(officer.post(PIM + "/dataelements", Samples.dataElement(unique("element"))));
    done(
        officer.put(
            PIM + "/dataelements/" + element, Map.of("description", "Another description")));
    String keyed =
        uid(
            officer.post(
                PIM + "/dataelements",
                Map.of("name", unique("keyed"), "aes256GcmEnc", Map.of("keyId", true))));
    done(officer.post(PIM + "/dataelements/" + keyed + "/keys"));
    done(officer.get(PIM + "/dataelements/" + keyed + "/keys"));
    done(officer.put(PIM + "/dataelements/" + keyed + "/keys/1", Map.of("state", "COMPROMISED")));
    String alphabet =
        uid(
            officer.post(
                PIM + "/alphabets",
                Map.of(
                    "label",
                    unique("alphabet"),
                    "ranges",
                    List.of(Map.of("from", "0041", "to", "005A")))));

    done(officer.get(PIM + "/alphabets/" + alphabet));
    done(officer.post(PIM + "/sources/" + source + "/test"));
    done(officer.post(PIM + "/roles/" + role + "/sync"));
    String members = PIM + "/roles/" + role + "/members";
    String member =
        done(officer.post(
                members, List.of(Map.of("name", "alice", "type", "USER", "source", source))))
            .json()
            .at("/0/uid")
            .asText();
    done(officer.get(members));
    done(officer.delete(members + "/" + member));

    String rules = PIM + "/policies/" + policy + "/rules";
    done(officer.post(rules, Samples.rule(role, element, "NULL_VALUE")));
    done(officer.put(rules, Samples.rule(role, element, "EXCEPTION")));
    done(officer.delete(rules + "?role=" + role + "&dataElement=" + element));

    done(officer.delete(PIM + "/policies/" + policy));
    done(officer.delete(PIM + "/dataelements/" + element));
    done(officer.delete(PIM + "/applications/" + application));
    done(officer.delete(PIM + "/alphabets/" + alphabet));
    done(officer.delete(PIM + "/masks/" + mask));
    done(officer.delete(PIM + "/roles/" + role));
    done(officer.delete(PIM + "/sources/" + source));
  }

  /** No other operation of policy management works before {@code POST /init}. */
  private void nothingBeforeTheInitialization(Api officer) {
    List<DocumentedOperation> operations =
        DocumentedOperation.all(server).stream()
            .filter(operation -> operation.path().startsWith(PIM))
            .filter(operation -> !operation.path().matches(".*/(init|version|health|doc|log)"))
            .toList();
    assertThat(operations).filteredOn(DocumentedOperation::isRead).hasSizeGreaterThan(15);
    assertThat(operations).filteredOn(operation -> !operation.isRead()).hasSizeGreaterThan(30);
    for (DocumentedOperation operation : operations) {
      String path = operation.path().replaceAll("\\{[^}]*}", "1");
      Answer answer =
          operation.mediaType().isEmpty()
              ? officer.send(operation.method(), path, BodyPublishers.noBody())
              : officer.send(
                  operation.method(),
                  path,
                  BodyPublishers.ofString("{}"),
                  "Content-Type",
                  operation.mediaType());
      answer.problem(412, "NOT_INITIALIZED");
    }
    assertThat(officer.get(PIM + "/init").with(200).json().path("initialized").asBoolean())
        .isFalse();
  }

  /** What changes of itself what is deployed: a role that follows its group, a key that goes. */
  private void inForce(Api officer) {
    follow("alice");
    String source =
        uid(
            officer.post(
                PIM + "/sources",
                Map.of(
                    "name",
                    unique("source"),
                    "type",
                    "FILE",
                    "connection",
                    Map.of("userFile", "users.txt", "groupFile", "followed.txt"))));
    String role =
        uid(officer.post(PIM + "/roles", Map.of("name", unique("role"), "mode", "SEMIAUTOMATIC")));
    done(
        officer.post(
            PIM + "/roles/" + role + "/members",
            List.of(Map.of("name", "followed", "type", "GROUP", "source", source))));
    String element =
        uid(
            officer.post(
                PIM + "/dataelements",
                Map.of("name", unique("keyed"), "aes256GcmEnc", Map.of("keyId", true))));
    done(officer.post(PIM + "/dataelements/" + element + "/keys"));
    String policy = uid(officer.post(PIM + "/policies", Samples.policy(unique("policy"))));
    done(
        officer.post(
            PIM + "/policies/" + policy + "/rules", Samples.rule(role, element, "NULL_VALUE")));
    String store = uid(officer.post(PIM + "/datastores", Samples.dataStore(unique("store"))));
    done(officer.post(PIM + "/datastores/" + store + "/deploy", Samples.deploy(policy)));
    follow("alice", "bob");
    done(officer.post(PIM + "/roles/" + role + "/sync"));
    done(officer.put(PIM + "/dataelements/" + element + "/keys/1", Map.of("state", "DESTROYED")));
    assertThat(officer.get(PIM + "/deploy").with(200).json().at("/dataStores/0/revision").asInt())
        .isEqualTo(3);
    done(officer.post(PIM + "/datastores/" + store + "/deploy", Samples.deploy()));
    done(officer.delete(PIM + "/datastores/" + store));
  }

  private static void follow(String... users) {
    try {
      Files.writeString(
          DIRECTORY.resolve("sources/followed.txt"), "[followed]\n" + String.join("\n", users));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private void packages(Api officer) {
    String first = uid(officer.post(PIM + "/datastores", Samples.dataStore(unique("first"))));
    String second = uid(officer.post(PIM + "/datastores", Samples.dataStore(unique("second"))));
    done(officer.put(PIM + "/datastores/" + first, Samples.dataStore(unique("first"))));

    String ranges = PIM + "/datastores/" + first + "/ranges";
    String range = uid(officer.post(ranges, Map.of("from", "192.0.2.1", "to", "192.0.2.9")));
    done(officer.delete(ranges + "/" + range));

    String keys = PIM + "/datastores/" + first + "/export/keys";
    JsonNode key =
        done(officer.post(
                keys,
                Map.of(
                    "algorithm",
                    "RSA-OAEP-256",
                    "description",
                    "A test",
                    "pem",
                    ConsumerKeys.make().publicPem())))
            .json();
    done(officer.post(PIM + "/datastores/" + first + "/deploy", Samples.deploy()));
    done(
        officer.post(
            PIM + "/deploy",
            Map.of(
                "dataStores",
                List.of(Map.of("uid", first, "policies", List.of(), "applications", List.of())))));
    done(
        server
            .as("workbench_deployment_immutablepackage_export")
            .get(
                RPS
                    + "/export/"
                    + key.path("fingerprint").asText().replace(":", "")
                    + "?version=1&coreVersion=1"));
    String own = uid(officer.post(ranges, Map.of("from", "127.0.0.1")));
    done(
        server
            .as("workbench_deployment_immutablepackage_export")
            .post(
                RPS + "/export",
                Map.of(
                    "kek",
                    Map.of(
                        "publicKey",
                        Map.of(
                            "algorithm",
                            "RSA_OAEP_SHA256",
                            "value",
                            ConsumerKeys.make().publicPem()))),
                "X-Forwarded-For",
                "127.0.0.1"));
    done(officer.delete(ranges + "/" + own));
    done(officer.delete(keys + "/" + key.path("uid").asText()));
    done(officer.delete(PIM + "/datastores/" + second));
  }

  private void logLevels() {
    Api operator =
        server.as(
            "role_admin",
            "workbench_management_policy_write",
            "workbench_deployment_immutablepackage_export");
    for (String api : List.of(AUTH, PIM, RPS)) {
      done(operator.post(api + "/log", Map.of("level", "INFO")));
    }
  }

  /** Creates something, changes it to what it is, and returns its uid. */
  private String cycle(Api officer, String path, Map<String, Object> body) {
    String uid = uid(officer.post(path, body));
    done(officer.get(path + "/" + uid));
    done(officer.put(path + "/" + uid, body));
    return uid;
  }

  private String uid(Answer answer) {
    return done(answer).json().path("uid").asText();
  }

  private Answer done(Answer answer) {
    assertThat(answer.status() / 100).as(answer.toString()).isEqualTo(2);
    answers.add(answer);
    return answer;
  }

  private static Map<String, Object> refreshToken(Answer answer) {
    return Map.of("refreshToken", answer.json().at("/data/refreshToken").asText());
  }

  private static DocumentedOperation operation(
      List<DocumentedOperation> operations, Answer answer) {
    String method = answer.http().request().method();
    String path = answer.http().uri().getPath();
    return operations.stream()
        .filter(operation -> operation.matches(method, path))
        .min(Comparator.comparingLong(DocumentedOperation::names))
        .orElseThrow(() -> new AssertionError("No document has the operation of " + answer));
  }

  /** The entries by correlation id, as soon as those of all calls are in the chain. */
  private Map<String, List<JsonNode>> entries(TestUser auditor) throws Exception {
    Api audit = server.nobody().loggedIn(auditor.name(), auditor.password());
    String newest = answers.get(answers.size() - 1).header("X-Correlation-ID");
    long end = System.currentTimeMillis() + LONGEST_WAIT_MILLIS;
    while (true) {
      var entries = new LinkedHashMap<String, List<JsonNode>>();
      for (String line : audit.get(AUTH + "/audit/export").with(200).text().lines().toList()) {
        JsonNode entry = JSON.readTree(line).path("entry");
        if (entry.path("outcome").asText().equals("SUCCESS")) {
          entries
              .computeIfAbsent(entry.path("correlationId").asText(), any -> new ArrayList<>())
              .add(entry);
        }
      }
      if (entries.containsKey(newest)) {
        return entries;
      }
      assertThat(System.currentTimeMillis()).as("the entry of the last call").isLessThan(end);
      Thread.sleep(250);
    }
  }

  private static void requireStates(JsonNode entry) {
    String action = entry.path("action").asText();
    var present = new HashSet<String>();
    for (String state : List.of("before", "after")) {
      if (entry.has(state)) {
        assertThat(entry.path(state).asText()).matches("[0-9a-f]{64}");
        present.add(state);
      }
    }
    Set<String> expected =
        CREATING.contains(action)
            ? Set.of("after")
            : CHANGING.contains(action)
                ? Set.of("before", "after")
                : DELETING.contains(action) ? Set.of("before") : Set.of();
    assertThat(present).as(entry.toString()).isEqualTo(expected);
    assertThat(expected.isEmpty()).as(entry.toString()).isEqualTo(STATELESS.contains(action));
  }
}
