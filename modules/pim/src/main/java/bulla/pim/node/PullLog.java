package bulla.pim.node;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Keeps the last pull of each node. */
@Dependent
@Transactional
class PullLog {
  private final NodeRepository repository;
  private final Clock clock = Clock.systemUTC();

  @Inject
  PullLog(NodeRepository repository) {
    this.repository = repository;
  }

  List<Node> list() {
    return repository.list();
  }

  /** In a transaction of its own: a failed insertion must not take the caller's along. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  void note(Nodes.Pull pull) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    repository
        .find(pull)
        .ifPresentOrElse(
            node -> node.pulled(pull.revision(), now), () -> repository.add(new Node(pull, now)));
  }
}
