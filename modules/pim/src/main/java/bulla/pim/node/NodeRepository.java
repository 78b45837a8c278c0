package bulla.pim.node;

import java.util.List;
import java.util.Optional;

/** The stored nodes. */
interface NodeRepository {
  /** All of them, in the order in which they first pulled; one statement. */
  List<Node> list();

  /** The node that pulls so. */
  Optional<Node> find(Nodes.Pull pull);

  /** Stores a new node. */
  void add(Node node);
}
