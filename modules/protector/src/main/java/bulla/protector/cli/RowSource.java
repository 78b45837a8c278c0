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
   * Asks, after the last row, for the columns of which only the rows tell whether they are there.
   *
   * @throws CommandFailedException when there were rows, and none of them had one of the columns
   */
  default void requireColumns() {
    // A header row or the command line names them all.
  }

  /**
   * Where the rows of this input are written in the same form.
   *
   * @param begun whether {@code out} has what comes before the first row already
   */
  RowSink sink(OutputStream out, boolean begun) throws IOException;
}
