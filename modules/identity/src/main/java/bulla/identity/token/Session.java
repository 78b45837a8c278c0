package bulla.identity.token;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * What follows from one login: a family of refresh tokens, of which one is good at a time, and the
 * access tokens issued with them. All of them end with the session, and with a change of the user's
 * token generation.
 */
@Entity
@Table(name = "identity_session")
class Session {
  @Id private String id;

  @Column(name = "user_id")
  private String userId;

  @Column(name = "token_generation")
  private long tokenGeneration;

  @Column(name = "refresh_hash")
  private String refreshHash;

  /** Milliseconds since 1970-01-01 UTC. */
  @Column(name = "expires_at")
  private long expiresAt;

  private boolean revoked;

  /** For JPA. */
  protected Session() {}

  Session(String id, String userId, long tokenGeneration, String refreshHash, Instant expiresAt) {
    this.id = id;
    this.userId = userId;
    this.tokenGeneration = tokenGeneration;
    this.refreshHash = refreshHash;
    this.expiresAt = expiresAt.toEpochMilli();
  }

  String id() {
    return id;
  }

  String userId() {
    return userId;
  }

  long tokenGeneration() {
    return tokenGeneration;
  }

  String refreshHash() {
    return refreshHash;
  }

  boolean isOpen(Instant now) {
    return !revoked && now.toEpochMilli() < expiresAt;
  }

  /** Whether the refresh token of this hash is the one that is good now. */
  boolean isCurrent(String hash) {
    return MessageDigest.isEqual(
        refreshHash.getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
  }

  long expiresAt() {
    return expiresAt;
  }
}
