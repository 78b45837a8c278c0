package bulla.identity.token;

import java.time.Instant;
import java.util.Optional;

/**
 * The keys for one kind of token: the newest signs, and the one before it verifies for as long as
 * what it has signed can be good.
 *
 * @param newest the key that signs
 * @param former the key before it, if that still verifies
 */
record SigningKeys<K>(K newest, Optional<Former<K>> former) {
  /**
   * A key that has stopped signing.
   *
   * @param key the key
   * @param until when it stops verifying
   */
  record Former<K>(K key, Instant until) {}

  /** A key that no other came before. */
  static <K> SigningKeys<K> only(K key) {
    return new SigningKeys<>(key, Optional.empty());
  }

  /** This key, after {@code other}, which verifies until then. */
  static <K> SigningKeys<K> after(K other, Instant until, K key) {
    return new SigningKeys<>(key, Optional.of(new Former<>(other, until)));
  }
}
