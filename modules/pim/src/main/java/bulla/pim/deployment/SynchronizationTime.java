package bulla.pim.deployment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** When automatic roles are synchronised next. */
@Entity
@Table(name = "pim_role_synchronization")
class SynchronizationTime {
  @Id private long id;

  @Column(name = "next_at")
  private Instant nextAt;

  private boolean leased;

  /** For JPA. */
  protected SynchronizationTime() {}

  long id() {
    return id;
  }

  Instant nextAt() {
    return nextAt;
  }

  /** Whether a server is at it, until that time at the most. */
  boolean isLeased() {
    return leased;
  }
}
