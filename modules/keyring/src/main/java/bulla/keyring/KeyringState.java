package bulla.keyring;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the key hierarchy looks like; no key is in it.
 *
 * @param provider where the master key is
 * @param masterKeyVersion its number
 * @param masterKeyMadeAt when it was made
 * @param formerProvider where the master key was before, while something of it may be there
 * @param keys the key encryption keys, by module, oldest first
 */
public record KeyringState(
    MasterKeyProvider provider,
    int masterKeyVersion,
    Instant masterKeyMadeAt,
    Optional<MasterKeyProvider> formerProvider,
    List<Key> keys) {
  /** Copies the list. */
  public KeyringState {
    keys = List.copyOf(keys);
  }

  /**
   * A key encryption key.
   *
   * @param module whose keys it wraps
   * @param version from 1
   * @param state {@code ACTIVE}, {@code RETIRING} while keys that it wrapped are wrapped anew and a
   *     while longer, {@code DESTROYED}
   * @param createdAt when it was made
   * @param neededAt when a stored key last needed it, or when another key followed it
   * @param destroyedAt when it was destroyed
   * @param rewrapped of a retiring key, how many of {@code total} keys need it no more
   * @param total of a retiring key, how many keys the module has
   */
  public record Key(
      String module,
      int version,
      String state,
      Instant createdAt,
      Optional<Instant> neededAt,
      Optional<Instant> destroyedAt,
      long rewrapped,
      long total) {}
}
