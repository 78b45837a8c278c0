package bulla.pim.deployment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Which deploy of a data store is the newest. It goes with the data store. */
@Entity
@Table(name = "pim_live_deployment")
class LiveDeployment {
  @Id
  @Column(name = "data_store_id")
  private long dataStoreId;

  @Column(name = "deployment_id")
  private long deploymentId;

  /** For JPA. */
  protected LiveDeployment() {}

  LiveDeployment(long dataStoreId) {
    this.dataStoreId = dataStoreId;
  }

  long dataStoreId() {
    return dataStoreId;
  }

  long deploymentId() {
    return deploymentId;
  }

  void become(long newest) {
    this.deploymentId = newest;
  }
}
