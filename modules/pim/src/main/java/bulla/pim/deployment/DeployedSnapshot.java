package bulla.pim.deployment;

import bulla.pim.object.PackedText;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;

/**
 * The snapshot of a deploy, in a table of its own because it is large and seldom read. Its columns
 * are {@link PackedText}s.
 */
@Entity
@Table(name = "pim_deployed_snapshot")
class DeployedSnapshot {
  @Id
  @Column(name = "deployment_id")
  private long deploymentId;

  @Lob
  @Column(name = "snapshot")
  private String json;

  @Lob
  @Column(name = "rule_policies")
  private String rulePolicies;

  /** For JPA. */
  protected DeployedSnapshot() {}

  DeployedSnapshot(long deploymentId, DeployedText text) {
    this.deploymentId = deploymentId;
    this.json = PackedText.pack(text.snapshot());
    this.rulePolicies = text.rulePolicies() == null ? null : PackedText.pack(text.rulePolicies());
  }

  DeployedText text() {
    return new DeployedText(
        PackedText.unpack(json), rulePolicies == null ? null : PackedText.unpack(rulePolicies));
  }
}
