package bulla.protector;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.FileOutputStream;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * A file of JSON lines, appended to. Several processes may share one: a record is one write at the
 * end of the file. Where one was cut off, as on a full disk or by the end of an earlier process,
 * the next begins in a line of its own. What is flushed is on the disk.
 */
public final class AuditFile implements AuditSink {
  private static final String NAME = "audit.jsonl";

  /** No channel: one interrupted caller would close that for all. */
  private final OutputStream out;

  private final Flushable disk;

  /** Whether the disk did not take something: the system says so once alone. */
  private volatile boolean lost;

  /** Whether the last record may be there in part, without the end of its line. */
  private boolean broken;

  AuditFile(OutputStream out, Flushable disk, boolean broken) {
    this.out = out;
    this.disk = disk;
    this.broken = broken;
  }

  /**
   * Opens a file, which must be readable too; a new one is readable and writable by its owner
   * alone.
   */
  public static AuditFile appendTo(Path file) throws IOException {
    boolean broken;
    try (FileChannel channel =
        FileChannel.open(
            file, Set.of(CREATE, READ, WRITE), OwnerOnly.file(file.toAbsolutePath()))) {
      broken = endsWithinALine(channel);
    }
    var out = new FileOutputStream(file.toFile(), true);
    try {
      // A pipe or a device has nothing behind it that could be brought to a disk.
      Flushable disk = Files.isRegularFile(file) ? out.getFD()::sync : () -> {};
      return new AuditFile(out, disk, broken);
    } catch (IOException e) {
      out.close();
      throw e;
    }
  }

  // A pipe or a device has no size, and no bytes to be read.
  private static boolean endsWithinALine(FileChannel file) throws IOException {
    var last = ByteBuffer.allocate(1);
    long size = file.size();
    return size > 0 && file.read(last, size - 1) == 1 && last.get(0) != '\n';
  }

  /** Where the file of a state directory is, or will be. */
  public static Path ofStateDirectory(Path stateDirectory) {
    return stateDirectory.resolve(NAME);
  }

  /** The file of a state directory, which is created, for its owner alone, when it is missing. */
  public static AuditFile inStateDirectory(Path stateDirectory) throws IOException {
    OwnerOnly.createDirectories(stateDirectory);
    return appendTo(ofStateDirectory(stateDirectory));
  }

  @Override
  public void write(AuditRecord auditRecord) throws IOException {
    String line = auditRecord.toJson() + "\n";
    synchronized (out) {
      // One write: other processes append to the same file.
      byte[] bytes = (broken ? "\n" + line : line).getBytes(StandardCharsets.UTF_8);
      broken = true;
      out.write(bytes);
      broken = false;
    }
  }

  /**
   * Brings what was written to the disk, where it is a regular file.
   *
   * @throws IOException when this or an earlier time something did not get there
   */
  @Override
  public void flush() throws IOException {
    if (lost) {
      throw new IOException("Audit records may not be on the disk");
    }
    try {
      disk.flush();
    } catch (IOException failed) {
      lost = true;
      throw failed;
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
