package bulla.protector.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** How rows stand in a file. */
interface RowLayout {
  /**
   * Begins to read.
   *
   * @param columns the names of the columns that will be worked on, in the order of their numbers
   * @throws CommandFailedException when the input is not what it must be
   */
  RowSource open(InputStream in, List<String> columns) throws IOException;
}
