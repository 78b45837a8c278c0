package bulla.identity.token;

import bulla.commonops.change.Change;
import bulla.commonops.change.ChangeJournal;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/** Opens, continues and revokes sessions, each in one transaction with its journal entry. */
@Dependent
@Transactional
class Sessions {
  private static final String OBJECT_TYPE = "sessions";

  private final SessionRepository repository;
  private final ChangeJournal journal;
  private final SessionLimit limit;

  @Inject
  Sessions(SessionRepository repository, ChangeJournal journal, SessionLimit limit) {
    this.repository = repository;
    this.journal = journal;
    this.limit = limit;
  }

  /**
   * Opens a session. Of a user who has too many then, those end that were not used for longest. Two
   * that log in at the same time do not see each other's; the next login sees both.
   */
  void open(Session session, Instant now) {
    for (String id : repository.beyond(limit.ofAUser() - 1, session.userId(), now)) {
      repository.remove(id);
      journal.changed(Change.withoutState("END_OLDEST", OBJECT_TYPE, id));
    }
    repository.add(session);
    journal.changed(Change.withoutState("LOGIN", OBJECT_TYPE, session.id()));
  }

  /** The session, if it is neither revoked nor expired. */
  Optional<Session> findOpen(String id, Instant now) {
    return repository.find(id).filter(session -> session.isOpen(now));
  }

  /**
   * Exchanges the good refresh token of a session for the next. A token that is not the good one
   * has been used before: then two hold it, one of them a thief, and the session is revoked.
   *
   * @return false if the session was revoked
   */
  boolean rotate(RefreshClaims used, RefreshClaims next, Instant expiresAt) {
    if (repository.rotate(used.sessionId(), used.hash(), next.hash(), expiresAt)) {
      journal.changed(Change.withoutState("REFRESH", OBJECT_TYPE, used.sessionId()));
      return true;
    }
    revokeAfterReuse(used.sessionId());
    return false;
  }

  /** Revokes a session if {@code expired}, a token of it, has been used before. */
  void revokeAfterReuse(Session session, RefreshClaims expired) {
    if (!session.isCurrent(expired.hash())) {
      revokeAfterReuse(session.id());
    }
  }

  private void revokeAfterReuse(String sessionId) {
    repository.revoke(sessionId);
    journal.changed(Change.withoutState("REVOKE_AFTER_REUSE", OBJECT_TYPE, sessionId));
  }

  /** Ends a session at the wish of its user. */
  void close(String id) {
    repository.revoke(id);
    journal.changed(Change.withoutState("LOGOUT", OBJECT_TYPE, id));
  }

  void removeExpired(Instant time) {
    repository.removeExpired(time);
  }
}
