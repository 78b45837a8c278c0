package bulla.pim.deployment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A policy that a deploy took up. */
@Entity
@Table(name = "pim_deployed_policy")
class DeployedPolicy {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(name = "deployment_id")
  private long deploymentId;

  @Column(name = "policy_id")
  private long policyId;

  /** For JPA. */
  protected DeployedPolicy() {}

  long deploymentId() {
    return deploymentId;
  }

  long policyId() {
    return policyId;
  }
}
