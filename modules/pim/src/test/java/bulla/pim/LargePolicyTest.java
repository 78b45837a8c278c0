package bulla.pim;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.pim.deployment.DeployStore;
import bulla.pim.policy.WriteGrants;
import bulla.pim.policy.WriteRule;
import bulla.resilientpackage.policy.AuditFlags;
import bulla.resilientpackage.policy.NoAccessOperation;
import bulla.resilientpackage.policy.Permissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What work on a policy costs as it grows: the number of SQL statements is the same for a policy
 * many times as large, so that the cost is linear in what is touched.
 */
class LargePolicyTest {
  private static final LongConsumer ANY_VERSION = new PimOnDerby.AnyVersion();

  @Test
  void aLargerPolicyTakesNoMoreStatements() throws SQLException {
    Map<String, Long> small = statements(new Size(10, 2, 20));
    assertThat(statements(new Size(80, 8, 400))).isEqualTo(small);
    assertThat(small.values()).allSatisfy(count -> assertThat(count).isLessThan(40));
  }

  /** Prints what docs/performance.md says of large policies. */
  @Tag("slow")
  @Test
  void whatALargePolicyCosts() throws SQLException {
    var size = new Size(1000, 100, 50_000);
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

  private record Size(int elements, int roles, int members) {}

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
                counts.put(name, server.statements() - before);
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
                    uid(random, size.roles()),
                    uid(random, size.elements()),
                    null,
                    NoAccessOperation.EXCEPTION,
                    new WriteGrants(
                        new Permissions(random.nextBoolean(), true, true), AuditFlags.NONE)),
                ANY_VERSION));
    work.put(
        "read a data element",
        () -> call(server, "dataelement.DataElementService", "get", uid(random, size.elements())));
    work.put("deploy", () -> server.deploy("1", new DeployStore(List.of("1"), List.of())));
    work.put("state of what is deployed", () -> server.deployed());
    work.put("access of a member", () -> call(server, "deployment.DeploymentService", "all"));
    return work;
  }

  private static void fill(PimOnDerby server, Size size) throws SQLException {
    try (Connection connection = server.connection()) {
      connection.setAutoCommit(false);
      insert(
          connection,
          "insert into pim_source (version, name, name_key, source_type) values (1, ?, ?, 'FILE')",
          1,
          (row, i) -> named(row, "source", i));
      insert(
          connection,
          "insert into pim_role (version, name, name_key, role_mode, allow_all)"
              + " values (1, ?, ?, 'MANUAL', false)",
          size.roles(),
          (row, i) -> named(row, "role", i));
      insert(
          connection,
          "insert into pim_data_element (version, name, name_key, method)"
              + " values (1, ?, ?, '{\"alphaNumericToken\":{}}')",
          size.elements(),
          (row, i) -> named(row, "element", i));
      insert(
          connection,
          "insert into pim_policy (version, name, name_key, access_protect, access_re_protect,"
              + " access_un_protect, success_protect, success_re_protect, success_un_protect,"
              + " failed_protect, failed_re_protect, failed_un_protect) values"
              + " (1, ?, ?, true, true, true, false, false, false, false, false, false)",
          1,
          (row, i) -> named(row, "policy", i));
      insert(
          connection,
          "insert into pim_data_store (version, name, name_key, default_store)"
              + " values (1, ?, ?, false)",
          1,
          (row, i) -> named(row, "store", i));
      insert(
          connection,
          "insert into pim_role_member (role_id, source_id, member_type, name, name_key)"
              + " values (?, 1, 'USER', ?, ?)",
          size.members(),
          (row, i) -> {
            row.setLong(1, 1 + i % size.roles());
            row.setString(2, "user" + i);
            row.setString(3, "user" + i);
          });
      insert(
          connection,
          "insert into pim_rule (version, policy_id, role_id, data_element_id, unmasked,"
              + " no_access_operation, access_protect, access_re_protect, access_un_protect,"
              + " success_protect, success_re_protect, success_un_protect, failed_protect,"
              + " failed_re_protect, failed_un_protect) values (1, 1, ?, ?, false, 'EXCEPTION',"
              + " true, true, true, false, false, false, false, false, false)",
          size.roles() * size.elements(),
          (row, i) -> {
            row.setLong(1, 1 + i % size.roles());
            row.setLong(2, 1 + i / size.roles());
          });
      connection.commit();
    }
    server.source(
        "1", IntStream.range(0, size.members()).mapToObj(i -> "user" + i).toList(), Map.of());
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

  private static String uid(Random random, int most) {
    return Integer.toString(1 + random.nextInt(most));
  }

  private static void call(PimOnDerby server, String service, String method, Object... arguments) {
    server.call(service, method, arguments);
  }
}
