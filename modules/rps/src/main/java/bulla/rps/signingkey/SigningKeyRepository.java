package bulla.rps.signingkey;

import java.util.List;

/** The stored signing keys. Each method is a transaction of its own. */
interface SigningKeyRepository {
  /** All keys, the newest generation first. */
  List<StoredSigningKey> all();

  /**
   * Adds {@code key}; it is committed when this returns.
   *
   * @throws RuntimeException if there is a key of this generation already, or the database fails
   */
  void add(StoredSigningKey key);
}
