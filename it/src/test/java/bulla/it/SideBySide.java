package bulla.it;

import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Many calls of one test, two at a time: else one of two cores waits while the other answers. */
final class SideBySide {
  /** The order of a class that does so: behind those on a server of their own. */
  static final int BEHIND_OWN_SERVERS = 2;

  private static final int AT_A_TIME = 2;

  private SideBySide() {}

  /** Does {@code work} for each of {@code things}; what one throws is thrown when all are done. */
  static <T> void each(Collection<T> things, Consumer<T> work) {
    // Not a parallel stream: in a thread of JUnit's it would take whole tests of other classes in.
    var threads = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      var tasks = things.stream().<Callable<Void>>map(thing -> task(thing, work)).toList();
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } catch (ExecutionException failed) {
      throw new AssertionError(failed.getCause().getMessage(), failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", interrupted);
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> Callable<Void> task(T thing, Consumer<T> work) {
    return () -> {
      work.accept(thing);
      return null;
    };
  }
}
