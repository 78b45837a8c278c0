package bulla.pim.node;

import bulla.pim.object.Uid;
import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** Keeps the nodes in the table {@code pim_node}. */
@Dependent
class JpaNodeRepository implements NodeRepository {
  @PersistenceContext(unitName = "pim")
  EntityManager entityManager;

  @Override
  public List<Node> list() {
    return entityManager
        .createQuery("select n from Node n order by n.id", Node.class)
        .getResultList();
  }

  @Override
  public Optional<Node> find(Nodes.Pull pull) {
    return entityManager
        .createQuery(
            "select n from Node n where n.dataStoreId = :store and n.address = :address"
                + " and n.userName = :user and n.fingerprint = :fingerprint",
            Node.class)
        .setParameter("store", Uid.number(pull.dataStoreUid()).orElseThrow())
        .setParameter("address", pull.address())
        .setParameter("user", pull.userName())
        .setParameter("fingerprint", pull.fingerprint())
        .getResultStream()
        .findFirst();
  }

  @Override
  public void add(Node node) {
    entityManager.persist(node);
    entityManager.flush();
  }
}
