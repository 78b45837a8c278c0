package bulla.keyring;

import java.time.Instant;
import java.util.Base64;

/**
 * One version of a module's key encryption key, as its row keeps it.
 *
 * @param module whose keys it wraps
 * @param version from 1
 * @param state what it may still be used for
 * @param wrappedKey the key as the master key wrapped it, in Base64; empty if it is destroyed
 * @param createdAt when it was made
 * @param neededAt when a stored key last needed it, or when another key followed it; null while it
 *     is active
 * @param destroyedAt null until then
 * @param rewrapped how many of {@code total} keys of the module do not need it any more
 * @param total how many keys the module has
 */
record KeyEncryptionKey(
    String module,
    int version,
    State state,
    String wrappedKey,
    Instant createdAt,
    Instant neededAt,
    Instant destroyedAt,
    long rewrapped,
    long total) {
  /** What the key may still be used for; the states are those of NIST SP 800-57 part 1, 7.3. */
  enum State {
    /** Wraps and unwraps. */
    ACTIVE,
    /** Unwraps what it wrapped before another key followed it. */
    RETIRING,
    /** Nothing: it exists no more. */
    DESTROYED
  }

  /** A key that was just made. */
  static KeyEncryptionKey active(String module, int version, WrappedKey wrapped, Instant now) {
    return new KeyEncryptionKey(
        module, version, State.ACTIVE, base64(wrapped), now, null, null, 0, 0);
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

  boolean isDestroyed() {
    return state == State.DESTROYED;
  }

  KeyContext context() {
    return context(module, version);
  }

  /** The context under which the master key wraps version {@code version} of a module's key. */
  static KeyContext context(String module, int version) {
    return new KeyContext("keyring", module, version, "key-encryption-key");
  }

  static String base64(WrappedKey wrapped) {
    return Base64.getEncoder().encodeToString(wrapped.bytes());
  }
}
