package bulla.pim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.http.Page;
import bulla.commonops.problem.Problem;
import bulla.pim.deployment.DeployStore;
import bulla.pim.policy.WriteGrants;
import bulla.pim.policy.WriteRule;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What work on a policy costs as it grows: the number of SQL statements is the same for a policy
 * many times as large, beside many times as many others, so that the cost is linear in what is
 * touched.
 */
class LargePolicyTest {
  private static final LongConsumer ANY_VERSION = new PimOnDerby.AnyVersion();
  private static final String PEM = publicKey();

  /** Data elements without rules. */
  private static final int UNUSED = 200;

  @Test
  void aLargerPolicyTakesNoMoreStatements() throws SQLException {
    Map<String, Long> small = statements(new Size(10, 2, 20, 2, 2, 1));
    assertThat(statements(new Size(80, 8, 400, 9, 5, 4))).isEqualTo(small);
    assertThat(small.values()).allSatisfy(count -> assertThat(count).isLessThan(40));
  }

  /** Prints what docs/performance.md says of large policies. */
  @Tag("slow")
  @Test
  void whatALargePolicyCosts() throws SQLException {
    var size = new Size(1000, 100, 50_000, 1, 1, 1);
    try (var server = new PimOnDerby()) {
      fill(server, size);
      for (Map.Entry<String, Runnable> work : work(server, size).entrySet()) {
        boolean whole = work.getKey().contains("deploy") || work.getKey().contains("access");
        long[] nanos = new long[whole ? 3 : 101];
        for (int i = 0; i < nanos.length; i++) {
          long begin = System.nanoTime();
          work.getValue().run();
          nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        System.out.printf(
            "%s: median %.1f ms, worst %.1f ms%n",
            work.getKey(), nanos[nanos.length / 2] / 1e6, nanos[nanos.length - 1] / 1e6);
      }
    }
  }

  /**
   * How large a policy is.
   *
   * @param stores data stores, to each of which something is deployed
   * @param policies among which the rules are divided, all of them deployed to the first store
   * @param sources among which the members are divided
   */
  private record Size(int elements, int roles, int members, int stores, int policies, int sources) {
    DeployStore everything() {
      return new DeployStore(
          IntStream.rangeClosed(1, policies).mapToObj(Integer::toString).toList(), List.of());
    }
  }

  private static Map<String, Long> statements(Size size) throws SQLException {
    try (var server = new PimOnDerby()) {
      fill(server, size);
      Map<String, Long> counts = new LinkedHashMap<>();
      work(server, size)
          .forEach(
              (name, work) -> {
                work.run();
                long before = server.statements();
                work.run();
                long count = server.statements() - before;
                // Who asks for all snapshots gets each with a statement.
                boolean each =
                    name.equals("access of a member") || name.equals("synchronise a role");
                counts.put(name, each ? count - size.stores() : count);
              });
      return counts;
    }
  }

  private static Map<String, Runnable> work(PimOnDerby server, Size size) {
    var random = new Random(1);
    Map<String, Runnable> work = new LinkedHashMap<>();
    work.put(
        "list the rules of a role",
        () -> call(server, "policy.RuleService", "list", "1", uid(random, size.roles()), null));
    work.put(
        "a page of rules",
        () -> call(server, "policy.RuleService", "page", "1", null, null, new Page(2, 5)));
    work.put(
        "a page of the rules of a data element",
        () ->
            call(
                server,
                "policy.RuleService",
                "page",
                "1",
                null,
                uid(random, size.elements()),
                new Page(0, 1)));
    work.put(
        "a page of members",
        () ->
            call(server, "role.MemberService", "page", uid(random, size.roles()), new Page(2, 5)));
    work.put(
        "read a rule",
        () ->
            call(
                server,
                "policy.RuleService",
                "list",
                "1",
                uid(random, size.roles()),
                uid(random, size.elements())));
    work.put(
        "change a rule",
        () ->
            call(
                server,
                "policy.RuleService",
                "change",
                "1",
                new WriteRule(
                    "1",
                    uid(random, size.elements()),
                    null,
                    NoAccessOperation.EXCEPTION,
                    new WriteGrants(
                        new Permissions(random.nextBoolean(), true, true), AuditFlags.NONE)),
                ANY_VERSION));
    work.put(
        "read a data element",
        () -> call(server, "dataelement.DataElementService", "get", uid(random, size.elements())));
    work.put("deploy", () -> server.deploy("1", size.everything()));
    work.put("state of what is deployed", () -> server.deployed());
    work.put("access of a member", () -> call(server, "deployment.DeploymentService", "all"));
    work.put("export", () -> call(server, "deployment.DeploymentService", "get", "ab".repeat(32)));
    work.put(
        "synchronise a role that is deployed nowhere",
        () ->
            call(
                server,
                "deployment.RoleSynchronizing",
                "synchronize",
                Integer.toString(size.roles() + 1)));
    work.put(
        "synchronise a role",
        () -> call(server, "deployment.RoleSynchronizing", "synchronize", "1"));
    var unused = new AtomicInteger(size.elements());
    work.put(
        "delete a data element that is not used",
        () -> {
          String uid = Integer.toString(unused.incrementAndGet());
          call(server, "dataelement.DataElementService", "delete", uid, ANY_VERSION);
        });
    work.put(
        "delete a data element that is deployed",
        () ->
            assertThatThrownBy(
                    () ->
                        call(server, "dataelement.DataElementService", "delete", "1", ANY_VERSION))
                .isInstanceOf(Problem.class));
    return work;
  }

  private static void fill(PimOnDerby server, Size size) throws SQLException {
    try (Connection connection = server.connection()) {
      connection.setAutoCommit(false);
      insert(
          connection,
          "insert into pim_source (version, name, name_key, source_type) values (1, ?, ?, 'FILE')",
          size.sources(),
          (row, i) -> named(row, "source", i));
      insert(
          connection,
          "insert into pim_role (version, name, name_key, role_mode, allow_all)"
              + " values (1, ?, ?, 'MANUAL', false)",
          size.roles() + 1,
          (row, i) -> named(row, "role", i));
      insert(
          connection,
          "insert into pim_data_element (version, name, name_key, method)"
              + " values (1, ?, ?, '{\"alphaNumericToken\":{}}')",
          size.elements() + UNUSED,
          (row, i) -> named(row, "element", i));
      insert(
          connection,
          "insert into pim_policy (version, name, name_key, access_protect, access_re_protect,"
              + " access_un_protect, success_protect, success_re_protect, success_un_protect,"
              + " failed_protect, failed_re_protect, failed_un_protect) values"
              + " (1, ?, ?, true, true, true, false, false, false, false, false, false)",
          size.policies(),
          (row, i) -> named(row, "policy", i));
      insert(
          connection,
          "insert into pim_data_store (version, name, name_key, default_store)"
              + " values (1, ?, ?, false)",
          size.stores(),
          (row, i) -> named(row, "store", i));
      insert(
          connection,
          "insert into pim_role_member (role_id, source_id, member_type, name, name_key)"
              + " values (?, ?, 'USER', ?, ?)",
          size.members(),
          (row, i) -> {
            row.setLong(1, 1 + i % size.roles());
            row.setLong(2, 1 + i % size.sources());
            row.setString(3, "user" + i);
            row.setString(4, "user" + i);
          });
      insert(
          connection,
          "insert into pim_rule (version, policy_id, role_id, data_element_id, unmasked,"
              + " no_access_operation, access_protect, access_re_protect, access_un_protect,"
              + " success_protect, success_re_protect, success_un_protect, failed_protect,"
              + " failed_re_protect, failed_un_protect) values (1, ?, ?, ?, false, 'EXCEPTION',"
              + " true, true, true, false, false, false, false, false, false)",
          size.roles() * size.elements(),
          (row, i) -> {
            // Of two roles that have their rules in the first policy, at least.
            row.setLong(1, 1 + i % size.roles() % size.policies());
            row.setLong(2, 1 + i % size.roles());
            row.setLong(3, 1 + i / size.roles());
          });
      insert(
          connection,
          "insert into pim_rule_count (policy_id, rules)"
              + " select policy_id, count(*) from pim_rule group by policy_id",
          1,
          (row, i) -> {});
      insert(
          connection,
          "insert into pim_export_key (data_store_id, algorithm, fingerprint, pem)"
              + " values (1, 'RSA-OAEP-256', '"
              + "ab".repeat(32)
              + "', ?)",
          1,
          (row, i) -> row.setString(1, PEM));
      connection.commit();
    }
    for (int i = 1; i <= size.sources(); i++) {
      server.source(
          Integer.toString(i),
          IntStream.range(0, size.members()).mapToObj(user -> "user" + user).toList(),
          Map.of());
    }
    for (int i = 1; i <= size.stores(); i++) {
      server.deploy(Integer.toString(i), size.everything());
    }
  }

  private static void named(PreparedStatement row, String kind, int number) throws SQLException {
    row.setString(1, kind + number);
    row.setString(2, kind + number);
  }

  private static void insert(Connection connection, String statement, int count, Row values)
      throws SQLException {
    try (PreparedStatement row = connection.prepareStatement(statement)) {
      for (int i = 0; i < count; i++) {
        values.set(row, i);
        row.addBatch();
        if (i % 1000 == 999) {
          row.executeBatch();
        }
      }
      row.executeBatch();
    }
  }

  /** Fills the parameters of one row. */
  private interface Row {
    void set(PreparedStatement row, int number) throws SQLException;
  }

  private static String publicKey() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return "-----BEGIN PUBLIC KEY-----"
          + Base64.getEncoder().encodeToString(generator.generateKeyPair().getPublic().getEncoded())
          + "-----END PUBLIC KEY-----";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String uid(Random random, int most) {
    return Integer.toString(1 + random.nextInt(most));
  }

  private static void call(PimOnDerby server, String service, String method, Object... arguments) {
    server.call(service, method, arguments);
  }
}
