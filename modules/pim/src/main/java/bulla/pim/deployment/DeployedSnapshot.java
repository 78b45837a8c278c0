package bulla.pim.deployment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;

/** The snapshot of a deploy, in a table of its own because it is large and seldom read. */
@Entity
@Table(name = "pim_deployed_snapshot")
class DeployedSnapshot {
  @Id
  @Column(name = "deployment_id")
  private long deploymentId;

  @Lob
  @Column(name = "snapshot")
  private String json;

  /** For JPA. */
  protected DeployedSnapshot() {}

  DeployedSnapshot(long deploymentId, String json) {
    this.deploymentId = deploymentId;
    this.json = json;
  }

  String json() {
    return json;
  }
}
