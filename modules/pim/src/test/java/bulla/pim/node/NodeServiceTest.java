package bulla.pim.node;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.pim.datastore.StoreDefinition;
import bulla.pim.deployment.LivePolicies;
import bulla.pim.deployment.LivePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeServiceTest {
  private static final String FINGERPRINT = "ab".repeat(32);

  private long revision = 1;
  private final NodeService service =
      new NodeService(new PullLog(new InMemoryNodes()), new OneStore());

  @Test
  void aNodeIsOneCallerOfOneStoreWithItsLastPull() {
    service.pulled(new Nodes.Pull("5", "10.0.0.1", "etl", FINGERPRINT, 1));
    service.pulled(new Nodes.Pull("5", "10.0.0.1", "etl", FINGERPRINT, 1));
    service.pulled(new Nodes.Pull("5", "10.0.0.2", "etl", FINGERPRINT, 1));
    assertThat(service.list()).extracting(NodeView::uid).containsExactly("1", "2");
    NodeView node = service.list().get(0);
    assertThat(node.host()).isEqualTo("10.0.0.1");
    assertThat(node.dataStoreName()).isEqualTo("lake");
    assertThat(node.status()).isEqualTo(NodeView.Status.OK);
    assertThat(node.firstPulledAt()).isLessThanOrEqualTo(node.lastPulledAt());
  }

  @Test
  void aNodeIsOutdatedUntilItPullsWhatWasDeployedLast() {
    service.pulled(new Nodes.Pull("5", "10.0.0.1", "etl", FINGERPRINT, 1));
    revision = 2;
    assertThat(service.list().get(0).status()).isEqualTo(NodeView.Status.OUTDATED);
    service.pulled(new Nodes.Pull("5", "10.0.0.1", "etl", FINGERPRINT, 2));
    assertThat(service.list().get(0).status()).isEqualTo(NodeView.Status.OK);
    assertThat(service.list().get(0).revision()).isEqualTo(2);
  }

  @Test
  void aNodeOfADeletedStoreIsOutdated() {
    service.pulled(new Nodes.Pull("6", "10.0.0.1", "etl", FINGERPRINT, 1));
    assertThat(service.list().get(0).status()).isEqualTo(NodeView.Status.OUTDATED);
    assertThat(service.list().get(0).dataStoreName()).isNull();
  }

  private final class OneStore implements LivePolicies {
    @Override
    public List<LivePolicy> all() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<LiveRevision> revisions() {
      return List.of(new LiveRevision(new StoreDefinition(5, "5", "lake"), revision));
    }
  }

  private static final class InMemoryNodes implements NodeRepository {
    private final List<Node> nodes = new ArrayList<>();

    @Override
    public List<Node> list() {
      return nodes;
    }

    @Override
    public Optional<Node> find(Nodes.Pull pull) {
      return nodes.stream()
          .filter(
              node ->
                  Long.toString(node.dataStoreId()).equals(pull.dataStoreUid())
                      && node.address().equals(pull.address())
                      && node.userName().equals(pull.userName())
                      && node.fingerprint().equals(pull.fingerprint()))
          .findFirst();
    }

    @Override
    public void add(Node node) {
      nodes.add(node);
      node.stored(nodes.size());
    }
  }
}
