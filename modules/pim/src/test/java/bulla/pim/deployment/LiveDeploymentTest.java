package bulla.pim.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.pim.PimOnDerby;
import bulla.pim.dataelement.CreateDataElement;
import bulla.pim.datastore.WriteDataStore;
import bulla.pim.object.PackedText;
import bulla.pim.policy.WritePolicy;
import bulla.pim.policy.WriteRule;
import bulla.pim.role.RoleMode;
import bulla.pim.role.WriteRole;
import bulla.protection.NoEnc;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which deploy is the newest, for databases from before that was kept, too. */
class LiveDeploymentTest {
  @Test
  void theNewestDeployOfEachDataStoreThatThereIs() throws Exception {
    try (var server = new PimOnDerby()) {
      server.call("policy.PolicyService", "create", new WritePolicy("p", null, null));
      for (String name : List.of("one", "two", "gone")) {
        server.call("datastore.DataStoreService", "create", new WriteDataStore(name, null, false));
      }
      for (String store : List.of("1", "3", "1", "2", "3")) {
        server.deploy(store, new DeployStore(List.of("1"), List.of()));
      }
      server.deploy("3", new DeployStore(List.of(), List.of()));
      server.call("datastore.DataStoreService", "delete", "3", new PimOnDerby.AnyVersion());
      assertThat(live(server)).isEqualTo(Map.of(1L, 3L, 2L, 4L));
      assertThat(server.deployed().dataStores())
          .extracting(StoreDeployment::revision)
          .containsExactly(2L, 1L);

      server.sql("delete from pim_live_deployment");
      server.sql(
          PimOnDerby.migration(
              "V5__order_of_changes_and_deployed_parts.sql", "insert into pim_live_deployment"));
      assertThat(live(server)).isEqualTo(Map.of(1L, 3L, 2L, 4L));

      // Whoever writes the row of a store must not give it the policy of another one.
      server.sql("update pim_live_deployment set deployment_id = 4 where data_store_id = 1");
      assertThat(server.deployed().dataStores())
          .extracting(StoreDeployment::revision)
          .containsExactly(null, 1L);
    }
  }

  @Test
  void aPartThatIsNotThereIsNotPassedOver() {
    try (var server = new PimOnDerby()) {
      server.call("policy.PolicyService", "create", new WritePolicy("p", null, null));
      server.call("datastore.DataStoreService", "create", new WriteDataStore("s", null, false));
      var parts = new DeployedParts(List.of(1L, 2L), List.of(), List.of(), List.of());
      assertThatThrownBy(
              () ->
                  server.call(
                      "deployment.JpaDeploymentRepository",
                      "add",
                      new Deployment(1, 1, Instant.EPOCH, "x", "x", 0, true),
                      parts,
                      new DeployedText("{}", "")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("parts that are not in pim_policy");
    }
  }

  @Test
  void theElementsThatWereDeployedAreListedAndNoOthers() throws Exception {
    try (var server = new PimOnDerby()) {
      server.call("role.RoleService", "create", new WriteRole("r", null, RoleMode.MANUAL, false));
      server.call("policy.PolicyService", "create", new WritePolicy("p", null, null));
      server.call("datastore.DataStoreService", "create", new WriteDataStore("s", null, false));
      // More ranges than one statement takes.
      for (int i = 1; i <= 250; i++) {
        server.call(
            "dataelement.DataElementService",
            "create",
            new CreateDataElement("e" + i, null, new NoEnc(null)));
        if (i % 2 == 1 || i > 240) {
          server.call(
              "policy.RuleService",
              "create",
              "1",
              new WriteRule("1", Integer.toString(i), null, null, null));
        }
      }
      server.deploy("1", new DeployStore(List.of("1"), List.of()));
      Set<Integer> listed = new TreeSet<>();
      try (Connection connection = server.connection();
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery("select data_element_id from pim_deployed_element")) {
        while (rows.next()) {
          listed.add(rows.getInt(1));
        }
      }
      assertThat(listed)
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, 250).filter(i -> i % 2 == 1 || i > 240).boxed().toList());
    }
  }

  @Test
  void whatWasDeployedBeforeTextsWerePackedIsStillDeployed() throws Exception {
    try (var server = new PimOnDerby()) {
      server.call("role.RoleService", "create", new WriteRole("r", null, RoleMode.MANUAL, false));
      server.call(
          "dataelement.DataElementService",
          "create",
          new CreateDataElement("e", null, new NoEnc(null)));
      server.policyAndStore();
      server.deploy("1", new DeployStore(List.of("1"), List.of()));
      List<LivePolicy> before = all(server);
      assertThat(before.get(0).rulePolicies()).containsExactly("1");

      try (Connection connection = server.connection();
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery("select snapshot, rule_policies from pim_deployed_snapshot")) {
        row.next();
        server.sql(
            "update pim_deployed_snapshot set snapshot = '%s', rule_policies = '%s'"
                .formatted(
                    PackedText.unpack(row.getString(1)), PackedText.unpack(row.getString(2))));
      }
      assertThat(all(server)).isEqualTo(before);
      assertThat(server.deployed().dataStores())
          .extracting(StoreDeployment::state)
          .containsExactly(DeployState.DEPLOYED);

      server.sql("update pim_deployed_snapshot set snapshot = 'zlib:' || snapshot");
      assertThatThrownBy(() -> all(server)).isInstanceOf(IllegalStateException.class);
    }
  }

  private static List<LivePolicy> all(PimOnDerby server) {
    return server.list(LivePolicy.class, "deployment.DeploymentService", "all");
  }

  private static Map<Long, Long> live(PimOnDerby server) throws SQLException {
    Map<Long, Long> live = new TreeMap<>();
    try (Connection connection = server.connection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select data_store_id, deployment_id from pim_live_deployment")) {
      while (rows.next()) {
        live.put(rows.getLong(1), rows.getLong(2));
      }
    }
    return live;
  }
}
