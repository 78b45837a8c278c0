package bulla.pim.source;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** When the server gives up reading a source. */
final class Deadline {
  private final long seconds;
  private final long end;

  private Deadline(int seconds) {
    this.seconds = seconds;
    this.end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
  }

  static Deadline in(int seconds) {
    return new Deadline(seconds);
  }

  /** What is left, at least a millisecond. */
  Duration left() {
    return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
  }

  /** What is left in whole milliseconds, at least 1. */
  int leftMillis() {
    return (int) left().toMillis();
  }

  /** What is left in whole seconds, at least 1. */
  int leftSeconds() {
    return (int) Math.max(1, left().toSeconds());
  }

  /**
   * Makes sure that there is time left.
   *
   * @throws UnreadableSourceException in this step, where there is none
   */
  void require(SourceStep step) throws UnreadableSourceException {
    if (System.nanoTime() >= end) {
      throw tooLate(step);
    }
  }

  UnreadableSourceException tooLate(SourceStep step) {
    return new UnreadableSourceException(step, "It takes longer than " + seconds + " seconds");
  }
}
