package bulla.rps.export;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The bytes of a sealed package on their way into the database or to a caller: in a file for their
 * owner alone, not in memory, because a package may have hundreds of megabytes. The file is gone
 * when it is closed, and after a crash: where the system can, it loses its name at once.
 */
final class SpooledPackage implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final FileChannel file;
  private final String digest;

  private SpooledPackage(FileChannel file, String digest) {
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
    FileChannel file = null;
    try {
      // A temporary file is readable and writable by its owner alone.
      Path path = Files.createTempFile("bulla-package", ".json");
      file =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      var sha256 = MessageDigest.getInstance("SHA-256");
      OutputStream out =
          new DigestOutputStream(
              new BufferedOutputStream(Channels.newOutputStream(file), BUFFER), sha256);
      writer.writeTo(out);
      out.flush();
      return new SpooledPackage(file, HexFormat.of().formatHex(sha256.digest()));
    } catch (IOException | RuntimeException e) {
      closeAfter(e, file);
      throw e instanceof IOException unwritable
          ? new UncheckedIOException("A package cannot be written", unwritable)
          : (RuntimeException) e;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static void closeAfter(Exception failure, FileChannel file) {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }

  /** SHA-256 of the bytes: 64 lower-case hexadecimal digits. */
  String digest() {
    return digest;
  }

  /** How many bytes there are. */
  long length() {
    try {
      return file.size();
    } catch (IOException e) {
      throw new UncheckedIOException("A package cannot be read again", e);
    }
  }

  /** The bytes from the first one; one reader at a time. Closing it closes this. */
  InputStream open() {
    try {
      return Channels.newInputStream(file.position(0));
    } catch (IOException e) {
      throw new UncheckedIOException("A package cannot be read again", e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("A package's file cannot be closed", e);
    }
  }
}
