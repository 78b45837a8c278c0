package bulla.identity.token;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Base64;

/** A key that signs tokens, wrapped by the keyring. */
@Entity
@Table(name = "identity_token_key")
class TokenKey {
  /** Which tokens a key signs. */
  enum Purpose {
    /** An RSA key in PKCS#8. */
    ACCESS,
    /** An HMAC secret. */
    REFRESH
  }

  @Id private String kid;

  @Enumerated(EnumType.STRING)
  private Purpose purpose;

  private int version;

  @Column(name = "wrapped_key")
  private String wrappedKey;

  /** Milliseconds since 1970-01-01 UTC. */
  @Column(name = "created_at")
  private long createdAt;

  /** For JPA. */
  protected TokenKey() {}

  TokenKey(String kid, Purpose purpose, int version, byte[] wrapped, Instant createdAt) {
    this.kid = kid;
    this.purpose = purpose;
    this.version = version;
    this.wrappedKey = Base64.getEncoder().encodeToString(wrapped);
    this.createdAt = createdAt.toEpochMilli();
  }

  String kid() {
    return kid;
  }

  Purpose purpose() {
    return purpose;
  }

  int version() {
    return version;
  }

  byte[] wrapped() {
    return Base64.getDecoder().decode(wrappedKey);
  }

  long createdAt() {
    return createdAt;
  }
}
