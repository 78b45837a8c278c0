package bulla.protector;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * JSON lines on a stream, such as standard output; the stream stays open. A {@link PrintStream},
 * such as {@link System#out}, never forgets that a writing failed: no record is kept after that.
 */
public final class AuditStream implements AuditSink {
  private final OutputStream out;

  public AuditStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(AuditRecord auditRecord) throws IOException {
    byte[] line = (auditRecord.toJson() + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (out) {
      out.write(line);
      out.flush();
      // It tells of no failure by itself.
      if (out instanceof PrintStream printed && printed.checkError()) {
        throw new IOException("The stream cannot be written to");
      }
    }
  }
}
