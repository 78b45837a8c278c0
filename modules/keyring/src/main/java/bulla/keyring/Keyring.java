package bulla.keyring;

import bulla.secrets.SecretBytes;

/**
 * Wraps the keys that a module stores. Each module has its own key encryption key, made on first
 * use in a transaction of its own and itself wrapped by the master key, so that nothing in the
 * database opens without the master key.
 *
 * <p>Inject it; it is safe for use by several threads, inside or outside of a transaction.
 */
public interface Keyring {
  /**
   * Seals {@code key} for storage, with AES-256-GCM under the key encryption key of {@code
   * context.module()}.
   *
   * @param key the key material, of any length but 0; the caller keeps and wipes it
   * @return 33 bytes more than the key: format (1), version of the key encryption key (4,
   *     big-endian), nonce (12), ciphertext, tag (16)
   * @throws KeyringException if the module's key encryption key cannot be read or made
   */
  byte[] wrap(KeyContext context, SecretBytes key);

  /**
   * Opens what {@link #wrap} sealed under an equal context.
   *
   * @return the key material, which the caller closes after use
   * @throws KeyringException if {@code wrapped} was altered or cut short, was wrapped under another
   *     context, or names a key encryption key that does not exist
   */
  SecretBytes unwrap(KeyContext context, byte[] wrapped);
}
