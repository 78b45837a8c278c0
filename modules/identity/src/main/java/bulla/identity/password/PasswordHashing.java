package bulla.identity.password;

import bulla.commonops.metrics.ServerMetrics;
import bulla.identity.password.PasswordHash.Cost;
import bulla.secrets.SecretBytes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Hashes and checks passwords, through one bounded queue for all ways in. A hash takes tens of
 * milliseconds: call it outside of a transaction, or a login storm holds all database connections.
 */
@ApplicationScoped
public class PasswordHashing {
  private static final int WAITING_PER_PROCESSOR = 16;

  /**
   * Each holds a thread of the server, which has more than these ({@code executor} in server.xml).
   */
  private static final int MOST_WAITING = 64;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final Cost cost;
  private final HashingQueue queue;

  /** A hash that no password has, for users that do not exist. */
  private final PasswordHash nobody;

  /** Hashing at the present cost; one processor is left to the other calls. */
  public PasswordHashing() {
    this(
        Argon2id.PRESENT_COST,
        new HashingQueue(
            Math.max(1, Runtime.getRuntime().availableProcessors() - 1),
            Math.min(
                MOST_WAITING, WAITING_PER_PROCESSOR * Runtime.getRuntime().availableProcessors()),
            LONGEST_WAIT));
  }

  PasswordHashing(Cost cost, HashingQueue queue) {
    this.cost = cost;
    this.queue = queue;
    this.nobody = Argon2id.ofNobody(cost);
  }

  @Inject
  void countWaiting(ServerMetrics metrics) {
    metrics.gauge(
        "bulla_password_hashing_waiting",
        "Logins and new passwords that wait for their turn to be hashed",
        queue::waiting);
  }

  /**
   * Hashes a new password with a fresh salt.
   *
   * @throws bulla.commonops.problem.Problem 503 where too many are waiting
   */
  public PasswordHash hash(NewPassword password) {
    return queue.run(() -> Argon2id.hash(password.utf8(), cost));
  }

  /**
   * Whether {@code password} is the one of {@code expected}. Where there is no hash to compare with
   * this takes the same time and is false, so that the time does not tell whether a user exists.
   *
   * @throws bulla.commonops.problem.Problem 503 where too many are waiting
   */
  public boolean matches(SecretBytes password, Optional<PasswordHash> expected) {
    boolean fits =
        password.length() <= NewPassword.MOST_BYTES
            && queue.run(() -> Argon2id.matches(password, expected.orElse(nobody)));
    return fits && expected.isPresent();
  }
}
