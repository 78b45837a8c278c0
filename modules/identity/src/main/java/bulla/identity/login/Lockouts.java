package bulla.identity.login;

import io.github.bucket4j.TimeMeter;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Locks what has failed too often for some time. Failures count as long as no pause of the lock's
 * length lies between them; those that were under way when the lock began do not lengthen it, so
 * that nobody can keep it shut by knocking.
 *
 * @param <K> what is locked
 */
final class Lockouts<K> {
  private final long lockNanos;
  private final TimeMeter time;
  private final Map<K, Run> runs;

  Lockouts(long lockNanos, int mostKept, TimeMeter time) {
    this.lockNanos = lockNanos;
    this.time = time;
    this.runs = new Recent<>(mostKept);
  }

  /** How long {@code key} stays locked; 0 where it is not. */
  long nanosLocked(K key) {
    Run run = runs.get(key);
    return run == null || !run.locked ? 0 : Math.max(0, lockNanos - since(run));
  }

  /** Counts a failure, of which {@code most} make a lock; answers whether this one made it. */
  boolean failed(K key, int most) {
    Run run = runs.get(key);
    if (run == null || since(run) >= lockNanos) {
      run = new Run();
      runs.put(key, run);
    } else if (run.locked) {
      return false;
    }
    run.failures++;
    run.locked = run.failures >= most;
    run.last = time.currentTimeNanos();
    return run.locked;
  }

  /** Forgets the failures of {@code key}. */
  void forget(K key) {
    runs.remove(key);
  }

  /** Forgets the failures of all keys that {@code which} names. */
  void forgetAll(Predicate<K> which) {
    runs.keySet().removeIf(which);
  }

  private long since(Run run) {
    return time.currentTimeNanos() - run.last;
  }

  private static final class Run {
    private int failures;
    private long last;
    private boolean locked;
  }
}
