package bulla.protector;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether something that has failed may be asked again: after a pause, by one caller alone, while
 * the others do without. The pause is a second, and doubles with each further failure up to the
 * longest.
 */
final class Outage {
  /** Not to be asked now. */
  static final long PAUSED = -1;

  private static final long FIRST = Duration.ofSeconds(1).toNanos();

  private final LongSupplier nanoTime;
  private final long longest;

  /** 0 while nothing has failed. Volatile: nobody takes turns then. */
  private volatile long pause;

  private long since;
  private boolean asked;
  private long losses;

  /**
   * @param nanoTime as {@link System#nanoTime}
   * @param longest pause, more than nothing
   */
  Outage(LongSupplier nanoTime, Duration longest) {
    this.nanoTime = nanoTime;
    this.longest = longest.toNanos();
  }

  /** What the caller gives to {@link #failed} or {@link #ended} when it has asked; or PAUSED. */
  long begin() {
    return pause == 0 ? 0 : beginAgain();
  }

  private synchronized long beginAgain() {
    if (pause == 0) {
      return 0;
    }
    if (asked || nanoTime.getAsLong() - since < pause) {
      losses++;
      return PAUSED;
    }
    asked = true;
    return pause;
  }

  /** Whether this failure is the first. */
  synchronized boolean failed(long begun) {
    losses++;
    if (begun == 0 && pause != 0) {
      // It was asked before another call found out.
      return false;
    }
    pause = Math.min(Math.max(FIRST, 2 * pause), longest);
    since = nanoTime.getAsLong();
    asked = false;
    return begun == 0;
  }

  /** How many calls failed, or did without, before this one that did not. */
  long ended(long begun) {
    return begun == 0 ? 0 : end();
  }

  private synchronized long end() {
    pause = 0;
    asked = false;
    return takeLosses();
  }

  /** How many calls failed, or did without, since this was asked last. */
  synchronized long takeLosses() {
    long lost = losses;
    losses = 0;
    return lost;
  }
}
