package bulla.identity.token;

import bulla.identity.token.TokenKey.Purpose;
import java.util.List;

/** Where the keys that sign tokens are kept. */
interface TokenKeyRepository {
  /** The keys for this purpose, at most two, the newest first; in a transaction of its own. */
  List<TokenKey> newest(Purpose purpose);

  /**
   * Stores a key, in a transaction of its own; answers false where another server has just stored
   * one of this version.
   */
  boolean add(TokenKey key);

  /** Stores the next key, in the transaction of the caller. */
  void addNext(TokenKey key);

  /** Removes the keys for this purpose that are older than {@code version}. */
  void removeBefore(Purpose purpose, int version);
}
