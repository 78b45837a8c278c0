package bulla.pim.node;

import bulla.pim.object.Uid;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A caller that pulls the packages of a data store. */
@Entity
@Table(name = "pim_node")
class Node {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(name = "data_store_id")
  private long dataStoreId;

  private String address;

  @Column(name = "user_name")
  private String userName;

  private String fingerprint;
  private long revision;

  @Column(name = "first_pulled_at")
  private Instant firstPulledAt;

  @Column(name = "last_pulled_at")
  private Instant lastPulledAt;

  /** For JPA. */
  protected Node() {}

  Node(Nodes.Pull pull, Instant now) {
    this.dataStoreId = Uid.number(pull.dataStoreUid()).orElseThrow();
    this.address = pull.address();
    this.userName = pull.userName();
    this.fingerprint = pull.fingerprint();
    this.firstPulledAt = now;
    pulled(pull.revision(), now);
  }

  final void pulled(long pulledRevision, Instant now) {
    this.revision = pulledRevision;
    this.lastPulledAt = now;
  }

  long id() {
    return id;
  }

  long dataStoreId() {
    return dataStoreId;
  }

  String address() {
    return address;
  }

  String userName() {
    return userName;
  }

  String fingerprint() {
    return fingerprint;
  }

  long revision() {
    return revision;
  }

  Instant firstPulledAt() {
    return firstPulledAt;
  }

  Instant lastPulledAt() {
    return lastPulledAt;
  }

  void stored(long withId) {
    this.id = withId;
  }
}
