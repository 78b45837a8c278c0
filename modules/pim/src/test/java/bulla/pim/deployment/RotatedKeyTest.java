package bulla.pim.deployment;

import static bulla.pim.object.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.problem.CommonProblem;
import bulla.pim.PimOnDerby;
import bulla.pim.dataelement.CreateDataElement;
import bulla.pim.dataelement.ElementKeyState;
import bulla.pim.dataelement.ElementKeyView;
import bulla.pim.object.PimProblem;
import bulla.pim.role.AddMember;
import bulla.pim.role.MemberType;
import bulla.pim.role.RoleMode;
import bulla.pim.role.WriteRole;
import bulla.protection.Aes256GcmEnc;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which keys of a data element a package has, on a real database. */
class RotatedKeyTest {
  private static final String DEPLOYMENTS = "deployment.DeploymentService";

  @Test
  void aRotatedKeyWaitsForADeployWhateverTheClocksSay() throws Exception {
    try (var server = new PimOnDerby()) {
      String fingerprint = filled(server);
      // The server that made the first key was ahead of the others.
      sql(server, "update pim_data_element_key set created_at = '2100-01-01 00:00:00'");
      deploy(server);
      assertThat(currentKey(server, fingerprint)).isEqualTo(1);
      assertThat(state(server)).isEqualTo(DeployState.DEPLOYED);

      server.call("dataelement.DataElementService", "rotate", "1");
      // The one that made the second was behind them.
      sql(
          server,
          "update pim_data_element_key set created_at = '2001-01-01 00:00:00'"
              + " where key_version = 2");
      assertThat(currentKey(server, fingerprint)).isEqualTo(1);
      assertThat(state(server)).isEqualTo(DeployState.PENDING);

      server.source("1", List.of(), Map.of("staff", List.of("anna", "bob")));
      server.call("deployment.RoleSynchronizing", "synchronize", "1");
      assertThat(((DeployedStore) server.call(DEPLOYMENTS, "get", fingerprint)).revision())
          .isEqualTo(2);
      assertThat(currentKey(server, fingerprint)).as("after a synchronisation").isEqualTo(1);
      assertThat(state(server)).isEqualTo(DeployState.PENDING);

      deploy(server);
      assertThat(currentKey(server, fingerprint)).isEqualTo(2);
      assertThat(state(server)).isEqualTo(DeployState.DEPLOYED);
    }
  }

  @Test
  void aKeyGoesThroughItsStatesAndADestroyedOneIsInNoPackage() throws Exception {
    try (var server = new PimOnDerby()) {
      String fingerprint = filled(server);
      deploy(server);
      problem(PimProblem.KEY_STATE, () -> become(server, "1", ElementKeyState.COMPROMISED));
      problem(PimProblem.OBJECT_NOT_FOUND, () -> become(server, "2", ElementKeyState.COMPROMISED));
      server.call("dataelement.DataElementService", "rotate", "1");
      problem(CommonProblem.INVALID_VALUE, () -> become(server, "1", ElementKeyState.ACTIVE));
      assertThat(become(server, "1", ElementKeyState.COMPROMISED).state())
          .isEqualTo(ElementKeyState.COMPROMISED);
      problem(PimProblem.KEY_STATE, () -> become(server, "1", ElementKeyState.COMPROMISED));
      assertThat(
              problem(PimProblem.KEY_STATE, () -> become(server, "1", ElementKeyState.DESTROYED))
                  .detail())
          .isEqualTo(
              "Key '1' still protects in what is deployed to data store '1'; deploy to it first");
      deploy(server);
      assertThat(keys(server, fingerprint)).containsExactly(1, 2);
      String wrapped = wrapped(server);
      become(server, "1", ElementKeyState.DESTROYED);
      assertThat(wrapped(server)).isNotEqualTo(wrapped);
      assertThat(server.removals().records()).last().isEqualTo("1 before 3");
      assertThat(keys(server, fingerprint)).containsExactly(2);
      assertThat(((DeployedStore) server.call(DEPLOYMENTS, "get", fingerprint)).revision())
          .as("a package with the key is not the newest any more")
          .isEqualTo(3);
      assertThat(state(server)).isEqualTo(DeployState.DEPLOYED);
      problem(PimProblem.KEY_STATE, () -> become(server, "1", ElementKeyState.DESTROYED));
      assertThat(server.list(ElementKeyView.class, "dataelement.DataElementService", "keys", "1"))
          .extracting(ElementKeyView::state)
          .containsExactly(ElementKeyState.DESTROYED, ElementKeyState.ACTIVE);
    }
  }

  @Test
  void noPackageOutlivesItsExportKeyItsDataElementOrItsDataStore() throws Exception {
    try (var server = new PimOnDerby()) {
      String fingerprint = filled(server);
      deploy(server);
      server.deploy("1", new DeployStore(List.of(), List.of()));
      server.call("policy.RuleService", "delete", "1", "1", "1", new PimOnDerby.AnyVersion());
      server.call("dataelement.DataElementService", "delete", "1", new PimOnDerby.AnyVersion());
      assertThat(server.removals().records()).containsExactly("1 before 1", "1 before 2");
      problem(
          PimProblem.IN_USE,
          () ->
              server.call(
                  "datastore.DataStoreService", "delete", "1", new PimOnDerby.AnyVersion()));
      server.call("datastore.ExportKeyService", "remove", "1", "1");
      assertThat(server.removals().records()).last().isEqualTo("for " + fingerprint);
      server.call("datastore.DataStoreService", "delete", "1", new PimOnDerby.AnyVersion());
    }
  }

  @Test
  void whoOnlyAsksWhichDeployIsTheNewestReadsNothingOfIt() throws Exception {
    try (var server = new PimOnDerby()) {
      String fingerprint = filled(server);
      deploy(server);
      sql(server, "delete from pim_deployed_snapshot");
      long before = server.statements();
      Object store = server.call(DEPLOYMENTS, "get", fingerprint);
      assertThat(((DeployedStore) store).revision()).isEqualTo(1);
      assertThat(server.statements() - before).isEqualTo(3);
      assertThatThrownBy(() -> open(server, store)).isInstanceOf(IllegalStateException.class);
    }
  }

  private static ElementKeyView become(PimOnDerby server, String key, ElementKeyState state) {
    return (ElementKeyView) server.call(DEPLOYMENTS, "changeKey", "1", key, state);
  }

  private static String wrapped(PimOnDerby server) throws SQLException {
    try (Connection connection = server.connection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select wrapped_key from pim_data_element_key where key_version = 1")) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  @Test
  void whatWasDeployedBeforeHasTheKeysThatThereWere() throws Exception {
    try (var server = new PimOnDerby()) {
      filled(server);
      server.call("dataelement.DataElementService", "rotate", "1");
      sql(
          server,
          "alter table pim_deployment drop column last_key_id",
          "update pim_data_element_key set created_at = '2020-01-01 00:00:00'"
              + " where key_version = 1",
          "update pim_data_element_key set created_at = '2020-03-01 00:00:00'"
              + " where key_version = 2");
      String[] times = {"2019-12-31 23:59:59", "2020-01-01 00:00:00", "2020-04-01 00:00:00"};
      for (int i = 0; i < times.length; i++) {
        sql(
            server,
            "insert into pim_deployment (data_store_id, revision, deployed_at, correlation_id, seal)"
                + " values (1, "
                + (i + 1)
                + ", '"
                + times[i]
                + "', 'c', 's')");
      }
      sql(server, script());
      try (Connection connection = server.connection();
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery("select last_key_id from pim_deployment order by revision")) {
        for (long expected : new long[] {0, 1, 2}) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getLong(1)).isEqualTo(expected);
        }
      }
    }
  }

  /** An element with a key id, used by a role that synchronises itself; nothing is deployed. */
  private static String filled(PimOnDerby server) throws Exception {
    sql(
        server,
        "insert into pim_source (version, name, name_key, source_type)"
            + " values (1, 'directory', 'directory', 'FILE')");
    server.source("1", List.of(), Map.of("staff", List.of("anna")));
    server.call(
        "role.RoleService", "create", new WriteRole("staff", null, RoleMode.AUTOMATIC, false));
    server.call(
        "role.MemberAdding", "add", "1", List.of(new AddMember("staff", "1", MemberType.GROUP)));
    server.call(
        "dataelement.DataElementService",
        "create",
        new CreateDataElement("note", null, new Aes256GcmEnc(true)));
    return server.policyAndStore();
  }

  private static void deploy(PimOnDerby server) {
    server.deploy("1", new DeployStore(List.of("1"), List.of()));
  }

  private static int currentKey(PimOnDerby server, String fingerprint) {
    return keys(server, fingerprint).last();
  }

  private static SortedSet<Integer> keys(PimOnDerby server, String fingerprint) {
    try (DeployedContent content = open(server, server.call(DEPLOYMENTS, "get", fingerprint))) {
      return new TreeSet<>(content.elementKeys().get("1").byId().keySet());
    }
  }

  private static DeployedContent open(PimOnDerby server, Object store) {
    return (DeployedContent) ((Optional<?>) server.call(DEPLOYMENTS, "open", store)).orElseThrow();
  }

  private static DeployState state(PimOnDerby server) {
    return server.deployed().dataStores().get(0).state();
  }

  private static void sql(PimOnDerby server, String... statements) throws SQLException {
    try (Connection connection = server.connection();
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  /** The statements of the migration that introduced the column. */
  private static String[] script() throws IOException {
    try (InputStream in =
        RotatedKeyTest.class.getResourceAsStream("/db/migration/pim/V4__deployed_keys.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).split(";\\s*", 0);
    }
  }
}
