package bulla.rps.export;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The bytes of a sealed package on their way into the database or to callers: in a file for their
 * owner alone, not in memory, because a package may have hundreds of megabytes. The file is gone
 * when all who share it have closed theirs, and after a crash: where the system can, it loses its
 * name at once.
 */
final class SpooledPackage implements Closeable {
  private static final int BUFFER = 1 << 16;
  private static final boolean LOSES_ITS_NAME =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private final SharedFile file;
  private final String digest;
  private final AtomicBoolean closed = new AtomicBoolean();

  private SpooledPackage(SharedFile file, String digest) {
    this.file = file;
    this.digest = digest;
  }

  /** Writes a package. */
  interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * What {@code writer} writes.
   *
   * @throws UncheckedIOException if it or the file cannot be written
   */
  static SpooledPackage of(Writer writer) {
    SharedFile file = null;
    try {
      file = SharedFile.create();
      var sha256 = MessageDigest.getInstance("SHA-256");
      OutputStream out =
          new DigestOutputStream(new BufferedOutputStream(file.written(), BUFFER), sha256);
      writer.writeTo(out);
      out.flush();
      return new SpooledPackage(file, HexFormat.of().formatHex(sha256.digest()));
    } catch (IOException | RuntimeException e) {
      leaveAfter(e, file);
      throw e instanceof IOException unwritable
          ? new UncheckedIOException("A package cannot be written", unwritable)
          : (RuntimeException) e;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static void leaveAfter(Exception failure, SharedFile file) {
    if (file != null) {
      try {
        file.leave();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }

  /** The same bytes for another reader, who closes them; empty where all have closed theirs. */
  Optional<SpooledPackage> another() {
    return file.join() ? Optional.of(new SpooledPackage(file, digest)) : Optional.empty();
  }

  /** What is done when this is closed, and every other one of the same bytes. */
  void whenAllHaveClosed(Runnable end) {
    file.atTheEnd(end);
  }

  /** SHA-256 of the bytes: 64 lower-case hexadecimal digits. */
  String digest() {
    return digest;
  }

  /** How many bytes there are. */
  long length() {
    try {
      return file.length();
    } catch (IOException e) {
      throw new UncheckedIOException("A package cannot be read again", e);
    }
  }

  /** The bytes from the first one. Closing it closes this. */
  InputStream open() {
    return new Bytes();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        file.leave();
      } catch (IOException e) {
        throw new UncheckedIOException("A package's file cannot be closed", e);
      }
    }
  }

  private final class Bytes extends InputStream {
    private long position;

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (closed.get()) {
        throw new IOException("This package is closed");
      }
      int count = file.read(position, bytes, from, length);
      position += Math.max(0, count);
      return count;
    }

    @Override
    public void close() {
      SpooledPackage.this.close();
    }
  }

  /** No channel: one interrupted reader would close that for all. */
  private static final class SharedFile {
    private final Path path;
    private final RandomAccessFile file;
    private int users = 1;
    private Runnable end = () -> {};

    private SharedFile(Path path) throws IOException {
      this.path = path;
      this.file = new RandomAccessFile(path.toFile(), "rw");
    }

    static SharedFile create() throws IOException {
      // A temporary file is readable and writable by its owner alone.
      var created = new SharedFile(Files.createTempFile("bulla-package", ".json"));
      if (LOSES_ITS_NAME) {
        Files.delete(created.path);
      }
      return created;
    }

    OutputStream written() throws IOException {
      return new FileOutputStream(file.getFD());
    }

    synchronized int read(long position, byte[] bytes, int from, int length) throws IOException {
      file.seek(position);
      return file.read(bytes, from, length);
    }

    synchronized long length() throws IOException {
      return file.length();
    }

    synchronized void atTheEnd(Runnable work) {
      end = work;
    }

    synchronized boolean join() {
      if (users == 0) {
        return false;
      }
      users++;
      return true;
    }

    void leave() throws IOException {
      if (isLast()) {
        try {
          file.close();
          if (!LOSES_ITS_NAME) {
            Files.deleteIfExists(path);
          }
        } finally {
          end.run();
        }
      }
    }

    private synchronized boolean isLast() {
      users--;
      return users == 0;
    }
  }
}
