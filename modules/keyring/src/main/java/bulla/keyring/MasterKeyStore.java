package bulla.keyring;

import bulla.secrets.SecretBytes;
import java.util.SortedSet;

/**
 * Where the keys at the top of the hierarchy are. They never leave it by this interface: it wraps
 * and unwraps key encryption keys where they are. A store holds one master key, or two while one
 * follows the other; each has a version number that is used once, in whichever store.
 *
 * <p>A store may be used by several threads.
 */
interface MasterKeyStore {
  /** The versions of the keys that lie in it now, as it is stored; empty if there is none. */
  SortedSet<Integer> versions();

  /** Whether the key of a version lies in it, or did when the store was last read. */
  default boolean holds(int version) {
    return versions().contains(version);
  }

  /**
   * Makes a key; it is stored for good when this returns.
   *
   * @param version greater than those in it
   * @throws KeyringException if it cannot be stored
   */
  void make(int version);

  /**
   * Wraps {@code key} for storage.
   *
   * @throws KeyringException if there is no master key of this version
   */
  WrappedKey wrap(int version, KeyContext context, SecretBytes key);

  /**
   * Opens what {@link #wrap} wrapped under an equal context.
   *
   * @throws KeyringException if it was altered, or wrapped by another master key or under another
   *     context
   */
  SecretBytes unwrap(KeyContext context, WrappedKey wrapped);

  /**
   * Removes the keys older than {@code version}, for good; the store itself too, as far as it is a
   * thing of its own, where nothing is left in it. That they are gone already is no error.
   *
   * @throws KeyringException if they cannot be removed
   */
  void forgetBefore(int version);
}
