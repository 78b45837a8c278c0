package bulla.keyring;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Base64;

/** One version of a module's key encryption key, wrapped by the master key. */
@Entity
@Table(name = "keyring_kek")
class KeyEncryptionKey {
  /** What the key may still be used for. */
  enum State {
    /** Wraps and unwraps. */
    ACTIVE
  }

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  private String module;

  private int version;

  @Enumerated(EnumType.STRING)
  private State state;

  @Column(name = "wrapped_key")
  private String wrappedKey;

  @Column(name = "created_at")
  private Instant createdAt;

  /** For JPA. */
  protected KeyEncryptionKey() {}

  KeyEncryptionKey(String module, int version, WrappedKey wrapped, Instant createdAt) {
    this.module = module;
    this.version = version;
    this.state = State.ACTIVE;
    this.wrappedKey = Base64.getEncoder().encodeToString(wrapped.bytes());
    this.createdAt = createdAt;
  }

  String module() {
    return module;
  }

  int version() {
    return version;
  }

  State state() {
    return state;
  }

  Instant createdAt() {
    return createdAt;
  }

  /**
   * The key as the master key wrapped it.
   *
   * @throws KeyringException if the row was altered so that it is no wrapped key
   */
  WrappedKey wrapped() {
    try {
      return WrappedKey.parse(Base64.getDecoder().decode(wrappedKey));
    } catch (IllegalArgumentException altered) {
      throw new KeyringException(
          "The key encryption key %d of %s is not in Base64".formatted(version, module), altered);
    }
  }

  /** The context under which the master key wraps version {@code version} of a module's key. */
  static KeyContext context(String module, int version) {
    return new KeyContext("keyring", module, version, "key-encryption-key");
  }
}
