package bulla.protector.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/** The rows of one input, from its beginning to its end. */
interface RowSource extends Closeable {
  /**
   * The next row, or null at the end.
   *
   * @throws CommandFailedException when it is not what it must be
   */
  Row next() throws IOException;

  /**
   * Where the rows of this input are written in the same form.
   *
   * @param begun whether {@code out} has what comes before the first row already
   */
  RowSink sink(OutputStream out, boolean begun) throws IOException;
}
