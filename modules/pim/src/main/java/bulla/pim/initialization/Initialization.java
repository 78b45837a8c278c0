package bulla.pim.initialization;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Base64;

/** The one row that says that policy management is initialised, with the repository key. */
@Entity
@Table(name = "pim_initialization")
class Initialization {
  static final long ONLY = 1;

  @Id private long id;

  @Column(name = "initialized_at")
  private Instant initializedAt;

  @Column(name = "wrapped_key")
  private String wrappedKey;

  /** For JPA. */
  protected Initialization() {}

  Initialization(byte[] wrappedKey, Instant initializedAt) {
    this.id = ONLY;
    this.wrappedKey = Base64.getEncoder().encodeToString(wrappedKey);
    this.initializedAt = initializedAt;
  }

  byte[] wrappedKey() {
    return Base64.getDecoder().decode(wrappedKey);
  }

  Instant initializedAt() {
    return initializedAt;
  }
}
