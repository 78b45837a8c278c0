package bulla.rps.signingkey;

import java.util.List;

/** The stored signing keys. */
interface SigningKeyRepository {
  /** All keys, the newest generation first. */
  List<StoredSigningKey> all();

  /**
   * Adds {@code key} in a transaction of its own, which is committed when this returns.
   *
   * @throws RuntimeException if there is a key of this generation already, or the database fails
   */
  void add(StoredSigningKey key);

  /**
   * Adds {@code key} in the transaction of the caller.
   *
   * @throws RuntimeException as {@link #add}
   */
  void addNext(StoredSigningKey key);

  /** Puts {@code key} in the place of the one of its generation. */
  void replace(StoredSigningKey key);

  /**
   * Locks the key of this id until the transaction of the caller ends, which waits for a rotation
   * and makes one wait.
   *
   * @return whether there is one
   */
  boolean lock(String kid);

  /** Removes the keys of all generations before this one. */
  void removeBefore(int generation);
}
