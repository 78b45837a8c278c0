package bulla.pim.deployment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A trusted application that a deploy took up. */
@Entity
@Table(name = "pim_deployed_application")
class DeployedApplication {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(name = "deployment_id")
  private long deploymentId;

  @Column(name = "application_id")
  private long applicationId;

  /** For JPA. */
  protected DeployedApplication() {}

  long deploymentId() {
    return deploymentId;
  }

  long applicationId() {
    return applicationId;
  }
}
