package bulla.identity.password;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Lets a few hashes run at a time and a bounded number wait, each for a bounded time, so that a
 * storm of logins takes neither all threads nor all memory. Whoever finds the queue full is told to
 * come back.
 */
final class HashingQueue {
  private static final int RETRY_AFTER_SECONDS = 2;

  private final Semaphore running;
  private final AtomicInteger waiting = new AtomicInteger();
  private final int mostWaiting;
  private final Duration longestWait;

  HashingQueue(int mostRunning, int mostWaiting, Duration longestWait) {
    this.running = new Semaphore(mostRunning, true);
    this.mostWaiting = mostWaiting;
    this.longestWait = longestWait;
  }

  /**
   * Runs {@code work} when it is its turn.
   *
   * @throws Problem 503 with {@code Retry-After} where the queue is full or the wait too long
   */
  <T> T run(Supplier<T> work) {
    acquire();
    try {
      return work.get();
    } finally {
      running.release();
    }
  }

  /** How many wait at present. */
  int waiting() {
    return waiting.get();
  }

  private void acquire() {
    if (running.tryAcquire()) {
      return;
    }
    try {
      if (waiting.incrementAndGet() > mostWaiting
          || !running.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw busy();
    } finally {
      waiting.decrementAndGet();
    }
  }

  private static Problem busy() {
    return CommonProblem.UNAVAILABLE
        .because("Too many passwords are being checked; try again in a moment")
        .retryAfter(RETRY_AFTER_SECONDS);
  }
}
