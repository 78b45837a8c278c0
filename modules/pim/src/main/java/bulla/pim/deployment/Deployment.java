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

  @Column(name = "last_key_id")
  private long lastKeyId;

  @Column(name = "parts_listed")
  private boolean partsListed;

  /** For JPA. */
  protected Deployment() {}

  /**
   * @param seal what proves that the snapshot is the one that was deployed here as this revision
   * @param lastKeyId the newest key of a data element that belongs to what was deployed
   * @param partsListed whether its data elements, its roles and the policies of its rules are
   *     listed, as those of all deploys are since there are such lists
   */
  Deployment(
      long dataStoreId,
      long revision,
      Instant deployedAt,
      String correlationId,
      String seal,
      long lastKeyId,
      boolean partsListed) {
    this.dataStoreId = dataStoreId;
    this.revision = revision;
    this.deployedAt = deployedAt;
    this.correlationId = correlationId;
    this.seal = seal;
    this.lastKeyId = lastKeyId;
    this.partsListed = partsListed;
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

  /** Keys of data elements that were made after this one are not deployed. */
  long lastKeyId() {
    return lastKeyId;
  }

  /** Whether there are lists of what the snapshot consists of. */
  boolean partsListed() {
    return partsListed;
  }

  void stored(long withId) {
    this.id = withId;
  }
}
