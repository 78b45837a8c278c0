package bulla.keyring;

import bulla.secrets.SecretBytes;

/**
 * The key at the top of the hierarchy. It never leaves its store by this interface: it wraps and
 * unwraps key encryption keys where it is.
 */
interface MasterKey {
  /** Wraps {@code key} for storage. */
  WrappedKey wrap(KeyContext context, SecretBytes key);

  /**
   * Opens what {@link #wrap} wrapped under an equal context.
   *
   * @throws KeyringException if it was altered, or wrapped by another master key or under another
   *     context
   */
  SecretBytes unwrap(KeyContext context, WrappedKey wrapped);
}
