package bulla.identity.user;

import bulla.identity.password.PasswordHash;
import java.util.List;
import java.util.Optional;

/** The users, for those who authenticate them. */
public interface Accounts {
  /**
   * What decides whether somebody may log in, without what only a user has: it takes as long for a
   * name that nobody has.
   *
   * @param id the user's id
   * @param enabled whether the user may authenticate
   * @param passwordHash absent where the user has no password
   */
  record Credentials(String id, boolean enabled, Optional<PasswordHash> passwordHash) {}

  /** The credentials of the user of this name, in any letter case. */
  Optional<Credentials> credentials(String name);

  /** The user of this name, in any letter case. */
  Optional<Account> named(String name);

  /** The user with this id. */
  Optional<Account> withId(String id);

  /**
   * Whether the user with this id is enabled and its tokens of this generation are still good: one
   * query, for every call with a bearer token.
   */
  boolean accepts(String id, long tokenGeneration);

  /** The hashes of the user's password and of those before it, the last one first. */
  List<PasswordHash> passwords(String id);

  /**
   * Gives the user a password of its own choice, which ends its tokens.
   *
   * @return false if the user was changed since {@code account} was read: nothing is changed then
   */
  boolean changePassword(Account account, PasswordHash hash);
}
