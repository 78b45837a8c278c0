package bulla.pim.source;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** When the server gives up reading a source: after so long, or after so many bytes. */
final class Deadline {
  /** What a million names with their memberships need, several times over. */
  private static final long MOST_BYTES = 256L << 20;

  private final Duration allowed;
  private final long end;
  private final AtomicLong bytes = new AtomicLong();
  private volatile Runnable hangUp = () -> {};
  private volatile SourceStep underWay = SourceStep.CONNECTION;

  private Deadline(Duration allowed) {
    this.allowed = allowed;
    this.end = System.nanoTime() + allowed.toNanos();
  }

  static Deadline in(Duration allowed) {
    return new Deadline(allowed);
  }

  /** What is left, at least a millisecond. */
  Duration left() {
    return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
  }

  /**
   * What is left in whole milliseconds, at least 1: whoever has waited for so long finds that it is
   * over.
   */
  int leftMillis() {
    return (int) left().plusNanos(999_999).toMillis();
  }

  /** What is left in whole seconds, at least 1. */
  int leftSeconds() {
    return (int) Math.max(1, left().toSeconds());
  }

  /** Whether there is no time left. */
  boolean isOver() {
    return System.nanoTime() >= end;
  }

  /** Counts what the source has sent; whether that is more than it may send. */
  boolean exceeds(int received) {
    return bytes.addAndGet(received) > MOST_BYTES;
  }

  /** Says how the connection is ended from outside, where the reading does not end by itself. */
  void hangUpWith(Runnable ending) {
    hangUp = ending;
  }

  /** Ends the connection; called by whoever no longer waits for the reading. */
  void hangUp() {
    hangUp.run();
  }

  /**
   * Begins a step or goes on with it: makes sure that there is time left, and that the source has
   * not sent too much.
   *
   * @throws UnreadableSourceException in this step, where it is not so
   */
  void require(SourceStep step) throws UnreadableSourceException {
    underWay = step;
    if (isOver()) {
      throw tooLate(step);
    }
    if (exceeds(0)) {
      throw new UnreadableSourceException(step, "It sends more than " + (MOST_BYTES >> 20) + " MB");
    }
  }

  /** The step that is under way, for whoever no longer waits for the reading. */
  SourceStep underWay() {
    return underWay;
  }

  UnreadableSourceException tooLate(SourceStep step) {
    return new UnreadableSourceException(
        step,
        "It takes longer than "
            + Math.max(1, Math.round(allowed.toMillis() / 1000.0))
            + " seconds");
  }
}
