package bulla.protector.cli;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;

/** Writes rows; each comes from the source that made this. */
interface RowSink extends Closeable, Flushable {
  void write(Row row) throws IOException;
}
