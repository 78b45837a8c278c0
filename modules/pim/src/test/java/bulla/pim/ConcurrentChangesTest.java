package bulla.pim;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.commonops.problem.Problem;
import bulla.pim.PimOnDerby.Entry;
import bulla.pim.application.WriteApplication;
import bulla.pim.dataelement.CreateDataElement;
import bulla.pim.datastore.WriteDataStore;
import bulla.pim.deployment.DeployStore;
import bulla.pim.object.PackedText;
import bulla.pim.object.PimProblem;
import bulla.pim.policy.WriteGrants;
import bulla.pim.policy.WritePolicy;
import bulla.pim.policy.WriteRule;
import bulla.pim.role.RoleMode;
import bulla.pim.role.WriteRole;
import bulla.protection.AlphaNumericToken;
import bulla.protection.NoEnc;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicySnapshot;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Sixteen clients change the rules of one policy and deploy it, all at once. The journal, whose
 * entries are written while a change holds the lock, is a serial order of what was committed: it is
 * replayed, and at each deploy the snapshot must be exactly the rules of that moment.
 */
class ConcurrentChangesTest {
  private static final int CLIENTS = 16;
  private static final int ROLES = 3;
  private static final int ELEMENTS = 3;
  private static final int MOST = 1000;
  private static final LongConsumer ANY_VERSION = new PimOnDerby.AnyVersion();
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void aSerialOrderExplainsWhatSixteenClientsLeaveBehind() throws Exception {
    run(8);
  }

  /**
   * Readers read in several statements, between which others delete what they read of. Every answer
   * is of the one data store, whatever was deleted meanwhile; and something was.
   */
  @Test
  void whoReadsWhileOthersDeleteIsAnswered() throws Exception {
    try (var server = new PimOnDerby()) {
      fill(server);
      call(
          server,
          "application.ApplicationService",
          "create",
          new WriteApplication("a0", null, "*", "*"));
      ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
      try {
        List<Callable<Void>> work =
            IntStream.range(0, CLIENTS)
                .<Callable<Void>>mapToObj(
                    i ->
                        () -> {
                          deletingClient(server, i);
                          return null;
                        })
                .toList();
        for (Future<Void> client : clients.invokeAll(work)) {
          client.get();
        }
      } finally {
        clients.shutdownNow();
      }
      assertThat(actions(server)).contains("DELETE", "DELETE_RULE", "DEPLOY");
    }
  }

  private static Set<String> actions(PimOnDerby server) {
    return committed(server).stream().map(Entry::action).collect(Collectors.toSet());
  }

  private static List<Entry> committed(PimOnDerby server) {
    return server.journal().stream()
        .filter(entry -> entry.committed() != null && entry.committed().isTrue())
        .toList();
  }

  /** Every second one reads, the others change, until something of each kind was deleted. */
  private static void deletingClient(PimOnDerby server, int number) {
    var random = new Random(number);
    for (int i = 0;
        i < 12 || (i < MOST && !actions(server).containsAll(Set.of("DELETE", "DELETE_RULE")));
        i++) {
      if (number % 2 == 0) {
        // As the API does it: no transaction holds the statements together.
        assertThat(server.deployed().dataStores()).hasSize(1);
      } else {
        try {
          deleteSomething(server, random, number * MOST + i);
        } catch (Problem refused) {
          assertThat(refused.type())
              .isIn(
                  PimProblem.ALREADY_EXISTS,
                  PimProblem.OBJECT_NOT_FOUND,
                  PimProblem.UNKNOWN_REFERENCE,
                  PimProblem.IN_USE);
        }
      }
    }
  }

  /** Makes a role, an element and an application, uses them, and lets others delete them. */
  private static void deleteSomething(PimOnDerby server, Random random, int number) {
    String some = Integer.toString(1 + random.nextInt(12));
    switch (random.nextInt(6)) {
      case 0 -> {
        call(
            server,
            "role.RoleService",
            "create",
            new WriteRole("r" + number, null, RoleMode.MANUAL, false));
        call(
            server,
            "dataelement.DataElementService",
            "create",
            new CreateDataElement("e" + number, null, new NoEnc(null)));
        call(
            server,
            "application.ApplicationService",
            "create",
            new WriteApplication("a" + number, null, "*", "*"));
      }
      case 1 ->
          call(
              server,
              "policy.RuleService",
              "create",
              "1",
              new WriteRule(
                  some,
                  some,
                  null,
                  NoAccessOperation.EXCEPTION,
                  new WriteGrants(Permissions.ALL, AuditFlags.NONE)));
      case 2 -> {
        call(server, "policy.RuleService", "delete", "1", some, some, ANY_VERSION);
        server.deploy("1", new DeployStore(List.of("1"), List.of()));
      }
      case 3 -> {
        call(server, "role.RoleService", "delete", some, ANY_VERSION);
        call(server, "dataelement.DataElementService", "delete", some, ANY_VERSION);
      }
      case 4 -> {
        server.deploy("1", new DeployStore(List.of("1"), List.of()));
        call(server, "application.ApplicationService", "delete", some, ANY_VERSION);
      }
      default -> server.deploy("1", new DeployStore(List.of("1"), List.of(some)));
    }
  }

  @Tag("slow")
  @Test
  void aSerialOrderExplainsWhatSixteenClientsLeaveBehindAfterLong() throws Exception {
    run(300);
  }

  private static void run(int operationsEach) throws Exception {
    try (var server = new PimOnDerby()) {
      fill(server);
      ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
      try {
        List<Callable<Integer>> work =
            IntStream.range(0, CLIENTS)
                .<Callable<Integer>>mapToObj(i -> () -> client(server, i, operationsEach))
                .toList();
        int done = 0;
        for (Future<Integer> client : clients.invokeAll(work)) {
          done += client.get();
        }
        assertThat(done)
            .as("operations that succeeded")
            .isGreaterThan(CLIENTS * operationsEach / 4);
      } finally {
        clients.shutdownNow();
      }
      replay(server);
    }
  }

  private static void fill(PimOnDerby server) {
    for (int i = 1; i <= ROLES; i++) {
      call(
          server,
          "role.RoleService",
          "create",
          new WriteRole("r" + i, null, RoleMode.MANUAL, false));
    }
    for (int i = 1; i <= ELEMENTS; i++) {
      call(
          server,
          "dataelement.DataElementService",
          "create",
          new CreateDataElement(
              "e" + i, null, new AlphaNumericToken(null, null, null, null, null)));
    }
    call(server, "policy.PolicyService", "create", new WritePolicy("p", null, null));
    call(server, "datastore.DataStoreService", "create", new WriteDataStore("s", null, false));
  }

  private static int client(PimOnDerby server, int number, int operations) {
    var random = new Random(number);
    int done = 0;
    for (int i = 0; i < operations; i++) {
      try {
        operation(server, random);
        done++;
      } catch (Problem refused) {
        assertThat(refused.type()).isIn(PimProblem.ALREADY_EXISTS, PimProblem.OBJECT_NOT_FOUND);
      }
    }
    return done;
  }

  private static void operation(PimOnDerby server, Random random) {
    String role = Integer.toString(1 + random.nextInt(ROLES));
    String element = Integer.toString(1 + random.nextInt(ELEMENTS));
    var rule =
        new WriteRule(
            role,
            element,
            null,
            NoAccessOperation.EXCEPTION,
            new WriteGrants(
                new Permissions(random.nextBoolean(), random.nextBoolean(), random.nextBoolean()),
                AuditFlags.NONE));
    switch (random.nextInt(4)) {
      case 0 -> call(server, "policy.RuleService", "create", "1", rule);
      case 1 -> call(server, "policy.RuleService", "change", "1", rule, ANY_VERSION);
      case 2 -> call(server, "policy.RuleService", "delete", "1", role, element, ANY_VERSION);
      default -> server.deploy("1", new DeployStore(List.of("1"), List.of()));
    }
  }

  private static void replay(PimOnDerby server) throws Exception {
    Map<Integer, PolicySnapshot> snapshots = snapshots(server);
    Map<String, String> rules = new TreeMap<>();
    int revision = 0;
    for (Entry entry : committed(server)) {
      switch (entry.action()) {
        case "CREATE_RULE" -> {
          assertThat(rules).doesNotContainKey(entry.objectId());
          rules.put(entry.objectId(), access(entry.states().after()));
        }
        case "CHANGE_RULE" -> {
          assertThat(rules).containsEntry(entry.objectId(), access(entry.states().before()));
          rules.put(entry.objectId(), access(entry.states().after()));
        }
        case "DELETE_RULE" ->
            assertThat(rules.remove(entry.objectId())).isEqualTo(access(entry.states().before()));
        case "DEPLOY" -> {
          revision++;
          assertThat(entry.detail()).isEqualTo("revision " + revision);
          assertThat(deployed(snapshots.get(revision))).as("revision " + revision).isEqualTo(rules);
        }
        default -> assertThat(entry.action()).isIn("CREATE", "INIT");
      }
    }
    assertThat(revision).isPositive().isEqualTo(snapshots.size());
    assertThat(stored(server)).isEqualTo(rules);
  }

  private static String access(String state) throws Exception {
    JsonNode access = JSON.readTree(state).path("permission").path("access");
    return new Permissions(
            access.path("protect").asBoolean(),
            access.path("reProtect").asBoolean(),
            access.path("unProtect").asBoolean())
        .toString();
  }

  private static Map<String, String> deployed(PolicySnapshot snapshot) {
    Map<String, String> rules = new TreeMap<>();
    snapshot
        .rules()
        .forEach(
            rule ->
                rules.put(
                    "1/rules/" + rule.role() + "/" + rule.dataElement(),
                    rule.permission().access().toString()));
    return rules;
  }

  private static Map<Integer, PolicySnapshot> snapshots(PimOnDerby server) throws SQLException {
    Map<Integer, PolicySnapshot> snapshots = new TreeMap<>();
    try (Connection connection = server.connection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select d.revision, s.snapshot from pim_deployment d join pim_deployed_snapshot s"
                    + " on s.deployment_id = d.id")) {
      while (rows.next()) {
        snapshots.put(
            rows.getInt(1), PolicySnapshot.fromJson(PackedText.unpack(rows.getString(2))));
      }
    }
    return snapshots;
  }

  private static Map<String, String> stored(PimOnDerby server) throws SQLException {
    var rules = new TreeMap<String, String>();
    try (Connection connection = server.connection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select role_id, data_element_id, access_protect, access_re_protect,"
                    + " access_un_protect from pim_rule")) {
      while (rows.next()) {
        rules.put(
            "1/rules/" + rows.getLong(1) + "/" + rows.getLong(2),
            new Permissions(rows.getBoolean(3), rows.getBoolean(4), rows.getBoolean(5)).toString());
      }
    }
    return rules;
  }

  private static void call(PimOnDerby server, String service, String method, Object... arguments) {
    server.call(service, method, arguments);
  }
}
