package bulla.protector.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;

/** Writes rows that are lines as the text that they have come to. */
final class LineSink implements RowSink {
  private final BufferedWriter writer;
  private final Lines lines;

  LineSink(OutputStream out, Lines lines) {
    // An encoder that refuses half of a surrogate pair, where the charset would write a ? for it.
    this.writer =
        new BufferedWriter(
            new OutputStreamWriter(out, StandardCharsets.UTF_8.newEncoder()), 1 << 16);
    this.lines = lines;
  }

  @Override
  public void write(Row row) throws IOException {
    String line = row.toString();
    if (line.length() > Lines.LONGEST) {
      throw CommandFailedException.failed(
          "line %d: its result has more than 16 million characters, which no command could read"
              .formatted(row.line()));
    }
    writer.write(line);
    writer.write(lines.end());
  }

  @Override
  public void flush() throws IOException {
    writer.flush();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
