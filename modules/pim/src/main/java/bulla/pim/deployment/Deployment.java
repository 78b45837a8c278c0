package bulla.pim.deployment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** One deploy to one data store. Its row never changes; the newest one of a data store is live. */
@Entity
@Table(name = "pim_deployment")
class Deployment {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(name = "data_store_id")
  private long dataStoreId;

  private long revision;

  @Column(name = "deployed_at")
  private Instant deployedAt;

  @Column(name = "correlation_id")
  private String correlationId;

  private String seal;

  /** For JPA. */
  protected Deployment() {}

  /**
   * @param seal what proves that the snapshot is the one that was deployed here as this revision
   */
  Deployment(
      long dataStoreId, long revision, Instant deployedAt, String correlationId, String seal) {
    this.dataStoreId = dataStoreId;
    this.revision = revision;
    this.deployedAt = deployedAt;
    this.correlationId = correlationId;
    this.seal = seal;
  }

  /** What is sealed: the place, then the snapshot, which begins with a brace. */
  static String sealedText(long dataStoreId, long revision, String snapshot) {
    return dataStoreId + ":" + revision + ":" + snapshot;
  }

  long id() {
    return id;
  }

  long dataStoreId() {
    return dataStoreId;
  }

  long revision() {
    return revision;
  }

  Instant deployedAt() {
    return deployedAt;
  }

  String correlationId() {
    return correlationId;
  }

  String seal() {
    return seal;
  }

  void stored(long withId) {
    this.id = withId;
  }
}
