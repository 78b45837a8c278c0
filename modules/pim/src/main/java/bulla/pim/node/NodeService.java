package bulla.pim.node;

import static java.util.stream.Collectors.toMap;

import bulla.commonops.problem.SqlViolation;
import bulla.pim.deployment.LivePolicies;
import bulla.pim.object.Uid;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Shows the nodes, and notes their pulls. */
@Dependent
class NodeService implements Nodes {
  private final PullLog log;
  private final LivePolicies live;

  @Inject
  NodeService(PullLog log, LivePolicies live) {
    this.log = log;
    this.live = live;
  }

  List<NodeView> list() {
    Map<String, LivePolicies.LiveRevision> newest =
        live.revisions().stream()
            .collect(toMap(revision -> revision.store().uid(), Function.identity()));
    return log.list().stream()
        .map(node -> view(node, newest.get(Uid.of(node.dataStoreId()))))
        .toList();
  }

  @Override
  public void pulled(Pull pull) {
    try {
      log.note(pull);
    } catch (RuntimeException failed) {
      if (!SqlViolation.UNIQUE.caused(failed)) {
        throw failed;
      }
      // The same node pulled twice at once for the first time: now it is known.
      log.note(pull);
    }
  }

  private static NodeView view(Node node, LivePolicies.LiveRevision newest) {
    return new NodeView(
        Uid.of(node.id()),
        node.address(),
        node.userName(),
        Uid.of(node.dataStoreId()),
        newest == null ? null : newest.store().name(),
        node.fingerprint(),
        node.revision(),
        newest != null && newest.revision() == node.revision()
            ? NodeView.Status.OK
            : NodeView.Status.OUTDATED,
        node.firstPulledAt().toString(),
        node.lastPulledAt().toString());
  }
}
