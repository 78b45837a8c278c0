package bulla.identity.token;

import bulla.identity.token.TokenKey.Purpose;
import java.util.Optional;

/** Where the keys that sign tokens are kept. Each call is a transaction of its own. */
interface TokenKeyRepository {
  /** The newest key for this purpose. */
  Optional<TokenKey> newest(Purpose purpose);

  /** Stores a key; answers false where another server has just stored one of this version. */
  boolean add(TokenKey key);
}
