package bulla.keyring;

import java.util.List;

/** The stored key encryption keys. Each method is a transaction of its own. */
interface KeyEncryptionKeyRepository {
  /** The versions of the key of {@code module}, oldest first; empty if it has none yet. */
  List<KeyEncryptionKey> ofModule(String module);

  /** Every version of every module's key. */
  List<KeyEncryptionKey> all();

  /**
   * Adds {@code key}; it is committed when this returns.
   *
   * @throws RuntimeException if the module has this version already, or the database fails
   */
  void add(KeyEncryptionKey key);
}
