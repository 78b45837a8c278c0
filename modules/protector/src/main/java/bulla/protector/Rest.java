package bulla.protector;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** How long a session has rested, and for how long it may. */
final class Rest {
  private static final long OVER = Long.MIN_VALUE;

  private final long longestNanos;
  private final LongSupplier nanoTime;
  private final long begin;

  /** When it was last used, in nanoseconds after its beginning; {@link #OVER} for too long ago. */
  private final AtomicLong lastUse = new AtomicLong();

  /**
   * @param longest more than nothing
   * @param nanoTime a clock like {@link System#nanoTime}
   */
  Rest(Duration longest, LongSupplier nanoTime) {
    if (longest.isNegative() || longest.isZero()) {
      throw new IllegalArgumentException("The time-out must be more than nothing");
    }
    this.longestNanos = longest.toNanos();
    this.nanoTime = nanoTime;
    this.begin = nanoTime.getAsLong();
  }

  /**
   * The session is used now.
   *
   * @throws SessionTimeoutException when it has rested for too long, now or once before
   */
  void end() {
    long now = nanoTime.getAsLong() - begin;
    long last =
        lastUse.accumulateAndGet(
            now,
            (before, use) ->
                before == OVER || use - before > longestNanos ? OVER : Math.max(before, use));
    if (last == OVER) {
      throw new SessionTimeoutException();
    }
  }
}
