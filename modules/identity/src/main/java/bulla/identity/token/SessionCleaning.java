package bulla.identity.token;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Removes expired sessions now and then, when somebody logs in. */
@ApplicationScoped
class SessionCleaning {
  private static final Duration PAUSE = Duration.ofMinutes(10);

  /** So that nothing which another server is just looking at goes. */
  private static final Duration GRACE = Duration.ofHours(1);

  private final AtomicReference<Instant> next = new AtomicReference<>(Instant.EPOCH);

  private Sessions sessions;

  /** For the container's proxies. */
  protected SessionCleaning() {}

  @Inject
  SessionCleaning(Sessions sessions) {
    this.sessions = sessions;
  }

  void cleanIfDue(Instant now) {
    Instant due = next.get();
    if (now.isAfter(due) && next.compareAndSet(due, now.plus(PAUSE))) {
      sessions.removeExpired(now.minus(GRACE));
    }
  }
}
