package bulla.protector;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.FileOutputStream;
import java.io.IOException;
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

  /** No channel: one interrupted caller would close that for all. */
  private final FileOutputStream out;

  private AuditFile(FileOutputStream out) {
    this.out = out;
  }

  /** Opens a file; a new one is readable and writable by its owner alone. */
  public static AuditFile appendTo(Path file) throws IOException {
    FileChannel.open(file, Set.of(CREATE, WRITE), OwnerOnly.file(file.toAbsolutePath())).close();
    return new AuditFile(new FileOutputStream(file.toFile(), true));
  }

  /** The file of a state directory, which is created, for its owner alone, when it is missing. */
  public static AuditFile inStateDirectory(Path stateDirectory) throws IOException {
    OwnerOnly.createDirectories(stateDirectory);
    return appendTo(stateDirectory.resolve(NAME));
  }

  @Override
  public void write(AuditRecord auditRecord) throws IOException {
    byte[] line = (auditRecord.toJson() + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (out) {
      out.write(line);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
