package bulla.resilientpackage.envelope;

import bulla.resilientpackage.json.StrictJson;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the last accepted serials in the file {@code serials.json} of a state directory, readable
 * by its owner alone. It is replaced in one step and flushed to the disk before, so that it is
 * whole after a crash; where it is not, it is refused, never begun anew: that would let an old
 * package in. Several processes may share the directory.
 */
public final class FileSerialMemory implements SerialMemory {
  private static final JsonMapper JSON = StrictJson.mapper();
  private static final String FILE = "serials.json";
  private static final String LOCK = "serials.lock";
  private static final int FORMAT = 1;
  private static final int MOST_TRIES = 500;
  private static final long PAUSE_NANOS = 10_000_000;
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  /** A file lock is held by the whole process: its threads take turns by this one. */
  private static final ReentrantLock TURN = new ReentrantLock();

  private final Path directory;

  private FileSerialMemory(Path directory) {
    this.directory = directory;
  }

  /**
   * The memory in {@code directory}, which is created, for its owner alone, when it is missing.
   *
   * @throws IOException when it cannot be created
   */
  public static FileSerialMemory in(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, mode("rwx------"));
    }
    return new FileSerialMemory(directory);
  }

  /** The files that the memory in {@code directory} has, or will have. */
  public static List<Path> filesIn(Path directory) {
    return List.of(directory.resolve(FILE), directory.resolve(LOCK));
  }

  @Override
  public OptionalLong lastAccepted(String issuer, String dataStore) throws IOException {
    return read().last(issuer, dataStore);
  }

  @Override
  public boolean accept(String issuer, String dataStore, long serial) throws IOException {
    TURN.lock();
    try (FileChannel channel =
            FileChannel.open(
                directory.resolve(LOCK),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                mode("rw-------"));
        var lock = lock(channel)) {
      Objects.requireNonNull(lock);
      Serials serials = read();
      OptionalLong last = serials.last(issuer, dataStore);
      if (last.isEmpty() || last.getAsLong() < serial) {
        replace(serials.with(new Accepted(issuer, dataStore, serial)));
      }
      return last.isEmpty() || last.getAsLong() <= serial;
    } finally {
      TURN.unlock();
    }
  }

  /** Waits for other processes, and for copies of this class under another class loader. */
  private static FileLock lock(FileChannel channel) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException e) {
        if (tries == MOST_TRIES) {
          throw new IOException("The state directory is in use elsewhere in this process", e);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("Interrupted while waiting for the state directory");
        }
      }
    }
  }

  private Serials read() throws IOException {
    byte[] json;
    try {
      json = Files.readAllBytes(directory.resolve(FILE));
    } catch (NoSuchFileException e) {
      return new Serials(FORMAT, List.of());
    }
    try {
      return Objects.requireNonNull(JSON.readValue(json, Serials.class)).checked();
    } catch (JsonProcessingException | RuntimeException e) {
      throw PackageProblem.STATE_UNREADABLE.because(
          directory.resolve(FILE)
              + " is damaged; restore it, or remove it if you are sure that the next package is the"
              + " newest");
    }
  }

  private void replace(Serials serials) throws IOException {
    Path written = directory.resolve(FILE + ".new");
    // What a crash left behind may have another mode, and is nobody's state yet.
    Files.deleteIfExists(written);
    try (FileChannel channel =
        FileChannel.open(
            written,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            mode("rw-------"))) {
      ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(serials));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Path file = directory.resolve(FILE);
    try {
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("The state directory is on a file system without atomic renames", e);
    }
    if (POSIX) {
      // The new name is on the disk only when its directory is.
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static FileAttribute<?>[] mode(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  record Accepted(String iss, String dataStore, long serial) {
    boolean isOf(String issuer, String store) {
      return iss.equals(issuer) && dataStore.equals(store);
    }
  }

  record Serials(int version, List<Accepted> accepted) {
    Serials checked() {
      Set<List<String>> seen = new HashSet<>();
      for (Accepted one : accepted) {
        if (one.serial() < 1 || !seen.add(List.of(one.iss(), one.dataStore()))) {
          throw new IllegalStateException("Not a memory of serials");
        }
      }
      if (version != FORMAT) {
        throw new IllegalStateException("Not a memory of this version");
      }
      return this;
    }

    OptionalLong last(String issuer, String dataStore) {
      return accepted.stream()
          .filter(one -> one.isOf(issuer, dataStore))
          .mapToLong(Accepted::serial)
          .findFirst();
    }

    Serials with(Accepted newest) {
      List<Accepted> all = new ArrayList<>(accepted);
      all.removeIf(one -> one.isOf(newest.iss(), newest.dataStore()));
      all.add(newest);
      return new Serials(version, List.copyOf(all));
    }
  }
}
