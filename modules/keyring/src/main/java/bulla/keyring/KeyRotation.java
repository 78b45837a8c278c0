package bulla.keyring;

import java.util.Map;

/**
 * Lets other keys follow those of the hierarchy, while everything goes on. Each change belongs to
 * the transaction of the caller, who writes it down in the journal; the work that follows from it
 * is done in the background, is resumed after a crash, and shows in {@link #state}.
 *
 * <p>Inject it; it is safe for use by several threads.
 */
public interface KeyRotation {
  /** What there is, and how far a rotation has come. */
  KeyringState state();

  /**
   * Whether the keyring is open and the store of the master key still wraps and opens with it: a
   * token can be pulled, a store deleted. What lies in the database is not looked at.
   */
  boolean masterKeyWorks();

  /**
   * Makes the next key encryption key of every module; then all keys that modules have stored are
   * wrapped anew with it, and the one before it is destroyed.
   *
   * @return the new version by module
   * @throws jakarta.transaction.TransactionalException if there is no transaction
   */
  Map<String, Integer> rotateKeyEncryptionKeys();

  /**
   * Makes the next master key where the one before it is, and wraps all key encryption keys with
   * it; then the one before it is removed.
   *
   * @return the new version
   * @throws KeyringException if it cannot be made; everything is then as it was
   * @throws jakarta.transaction.TransactionalException if there is no transaction
   */
  int rotateMasterKey();

  /**
   * Makes a master key with another provider, which must be set up, and wraps all key encryption
   * keys with it; then the one before it is removed from its store.
   *
   * @return the new version
   * @throws KeyringException if the provider is not set up, or is the one in use, or the key cannot
   *     be made; everything is then as it was. The message tells the operator why
   * @throws jakarta.transaction.TransactionalException if there is no transaction
   */
  int moveMasterKey(MasterKeyProvider provider);
}
