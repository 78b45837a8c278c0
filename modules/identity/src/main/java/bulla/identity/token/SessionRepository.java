package bulla.identity.token;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where sessions are kept. All calls belong into a transaction. */
interface SessionRepository {
  void add(Session session);

  Optional<Session> find(String id);

  /**
   * Replaces the one good refresh token of a session in one step, so that of two that use it at the
   * same time one succeeds.
   *
   * @return false if the session is revoked or {@code usedHash} is not its good refresh token's
   */
  boolean rotate(String id, String usedHash, String nextHash, Instant expiresAt);

  void revoke(String id);

  /** The ids of a user's open sessions but the {@code most} used last, the last used first. */
  List<String> beyond(int most, String userId, Instant now);

  void remove(String id);

  /** Removes what expired before {@code time}. */
  void removeExpired(Instant time);
}
