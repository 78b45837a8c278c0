package bulla.protector.cli;

import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;

/** Where a job writes, and from where it goes on. */
interface RowOutput {
  /** How many rows of the input an earlier run has written already. */
  default long rowsDone() {
    return 0;
  }

  /** What is written to, behind those rows. */
  OutputStream stream();

  /**
   * So many rows of the input are written now, as soon as {@code sink} is flushed.
   *
   * @throws IOException when that cannot be noted
   */
  default void rowsWritten(long rows, Flushable sink) throws IOException {}

  /** Leaves nothing for a later run to go on with: it would end in the same way. */
  default void discard() throws IOException {}
}
