package bulla.rps.export;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Turns, given out in the order in which they are asked for, a few at once. */
final class Turns {
  private static final int RETRY_SECONDS = 5;

  private final Semaphore turns;
  private final Duration longestWait;

  Turns(int mostAtOnce, Duration longestWait) {
    this.turns = new Semaphore(mostAtOnce, true);
    this.longestWait = longestWait;
  }

  /**
   * What {@code work} gives, when it is this caller's turn.
   *
   * @throws Problem 503 where that takes too long
   */
  <T> T take(Supplier<T> work) {
    begin();
    try {
      return work.get();
    } finally {
      end();
    }
  }

  /**
   * Waits for a turn, which the caller ends.
   *
   * @throws Problem 503 where that takes too long
   */
  void begin() {
    try {
      if (!turns.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw busy();
    }
  }

  void end() {
    turns.release();
  }

  private static Problem busy() {
    return CommonProblem.UNAVAILABLE
        .because("Too many packages are sealed or read at the moment; repeat the request")
        .retryAfter(RETRY_SECONDS);
  }
}
