package bulla.protector;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/**
 * A file of JSON lines, appended to. Several processes may share one: a record is one write at the
 * end of the file.
 */
public final class AuditFile implements AuditSink {
  /** The file's name within a state directory. */
  static final String NAME = "audit.jsonl";

  private final FileChannel channel;

  private AuditFile(FileChannel channel) {
    this.channel = channel;
  }

  /** Opens a file; a new one is readable and writable by its owner alone. */
  public static AuditFile appendTo(Path file) throws IOException {
    return new AuditFile(
        FileChannel.open(
            file, Set.of(CREATE, WRITE, APPEND), OwnerOnly.file(file.toAbsolutePath())));
  }

  /** The file of a state directory, which is created, for its owner alone, when it is missing. */
  public static AuditFile inStateDirectory(Path stateDirectory) throws IOException {
    OwnerOnly.createDirectories(stateDirectory);
    return appendTo(stateDirectory.resolve(NAME));
  }

  @Override
  public void write(AuditRecord auditRecord) throws IOException {
    ByteBuffer line =
        ByteBuffer.wrap((auditRecord.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
    synchronized (channel) {
      while (line.hasRemaining()) {
        channel.write(line);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
