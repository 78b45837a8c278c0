package bulla.pim.initialization;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * The one row that every change updates first. Nobody reads it, so that nobody waits but changes.
 */
@Entity
@Table(name = "pim_change_order")
class ChangeOrder {
  static final long ONLY = 1;

  @Id private long id;

  private long changes;

  /** For JPA. */
  protected ChangeOrder() {}

  long id() {
    return id;
  }

  long changes() {
    return changes;
  }
}
