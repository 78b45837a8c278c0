package bulla.launcher.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that holds the lock on a file until its standard input ends, and for as many
 * milliseconds more as it is told; it makes the file {@code FILE.released} before it releases it.
 */
record HeldLock(Process process) implements AutoCloseable {
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      System.out.println(lock.isValid());
      System.in.read();
      LockSupport.parkNanos(Duration.ofMillis(Long.parseLong(arguments[1])).toNanos());
      Files.createFile(released(file));
    }
  }

  static Path released(Path file) {
    return file.resolveSibling(file.getFileName() + ".released");
  }

  /** Starts one, and returns when it holds the lock. */
  static HeldLock on(Path file, Duration more) throws IOException {
    String self = HeldLock.class.getName().replace('.', '/') + ".class";
    String place = HeldLock.class.getResource("/" + self).getPath();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-cp",
                place.substring(0, place.length() - self.length()),
                HeldLock.class.getName(),
                file.toString(),
                Long.toString(more.toMillis()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.inputReader().readLine() == null) {
      throw new IOException("The process that was to hold a lock has ended");
    }
    return new HeldLock(process);
  }

  void release() throws IOException {
    process.getOutputStream().close();
  }

  /** Its end, which it does not see come: it writes nothing while a test's directory is deleted. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
