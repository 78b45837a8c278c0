package bulla.rps.export;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets few requests at once seal and store packages, in the order in which they come: after a
 * deploy all consumers ask for theirs, and each may be large. Never within a transaction, so that
 * nobody who waits holds a connection.
 */
@ApplicationScoped
class SealingTurns {
  private static final int MOST_AT_ONCE = 2;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final int RETRY_SECONDS = 5;

  private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);
  private final Duration longestWait;

  SealingTurns() {
    this(LONGEST_WAIT);
  }

  SealingTurns(Duration longestWait) {
    this.longestWait = longestWait;
  }

  /**
   * What {@code work} gives, when it is this caller's turn.
   *
   * @throws Problem 503 where that takes too long
   */
  <T> T take(Supplier<T> work) {
    try {
      if (!turns.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw busy();
    }
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }

  private static Problem busy() {
    return CommonProblem.UNAVAILABLE
        .because("Too many packages are sealed at the moment; repeat the request")
        .retryAfter(RETRY_SECONDS);
  }
}
