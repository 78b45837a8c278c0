package bulla.launcher.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Locks on files, which the system ends with the process that has them. */
public final class FileLocks {
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

  private FileLocks() {}

  /** What is done under a lock. */
  public interface Work<T> {
    T carryOut() throws IOException;
  }

  /**
   * Does {@code work} while nobody else holds the lock on {@code file}, which is made where it is
   * missing.
   *
   * @param patience how long to wait for it
   * @return what the work returns; empty where somebody else held the lock all the time
   * @throws IOException if the work throws it, or the file system has no locks
   */
  public static <T> Optional<T> holding(Path file, Duration patience, Work<T> work)
      throws IOException {
    long begin = System.nanoTime();
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (true) {
        try (FileLock lock = locked(channel)) {
          if (lock != null) {
            return Optional.of(work.carryOut());
          }
        }
        if (System.nanoTime() - begin >= patience.toNanos()) {
          return Optional.empty();
        }
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      }
    }
  }

  /**
   * Whether somebody holds a lock on {@code file}; nobody does on one that is not there.
   *
   * @throws IOException if that cannot be told
   */
  static boolean isHeld(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = locked(channel)) {
      return lock == null;
    } catch (NoSuchFileException absent) {
      return false;
    }
  }

  /** Null where somebody has it, be it another thread of this process. */
  private static FileLock locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException inThisProcess) {
      return null;
    }
  }
}
