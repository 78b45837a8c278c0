package bulla.rps.export;

import bulla.commonops.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Lets few requests at once seal and store packages, and one at a time the same package: after a
 * deploy all consumers ask for theirs, some of them several times, and each may be large. Never
 * within a transaction, so that nobody who waits holds a connection.
 */
@ApplicationScoped
class SealingTurns {
  private static final int MOST_AT_ONCE = 2;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Duration longestWait;
  private final Turns turns;
  private final Map<PackageId, OfOne> ofOne = new ConcurrentHashMap<>();

  SealingTurns() {
    this(LONGEST_WAIT);
  }

  SealingTurns(Duration longestWait) {
    this.longestWait = longestWait;
    this.turns = new Turns(MOST_AT_ONCE, longestWait);
  }

  /** The turns of one package, as long as somebody has or wants one. */
  private record OfOne(Turns turns, int users) {
    OfOne with(int more) {
      return new OfOne(turns, users + more);
    }
  }

  /**
   * What {@code work} gives, when it is this caller's turn.
   *
   * @throws Problem 503 where that takes too long
   */
  <T> T take(Supplier<T> work) {
    return turns.take(work);
  }

  /**
   * What {@code work} gives, when nobody else works on the same package: whoever waited finds what
   * the one before has made.
   *
   * @throws Problem 503 where that takes too long
   */
  <T> T takeAlone(PackageId id, Supplier<T> work) {
    OfOne joined =
        ofOne.compute(
            id,
            (same, present) ->
                (present == null ? new OfOne(new Turns(1, longestWait), 0) : present).with(1));
    try {
      return joined.turns().take(work);
    } finally {
      ofOne.computeIfPresent(id, (same, present) -> present.users() == 1 ? null : present.with(-1));
    }
  }
}
