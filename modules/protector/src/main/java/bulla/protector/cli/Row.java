package bulla.protector.cli;

/** One row of a file with the values of the columns that are worked on. */
interface Row {
  /**
   * The value in one of these columns, by its number among them; empty or null where the row has
   * none, and then it stays so.
   */
  String value(int column);

  /** Puts a result in its place; null is for no value. */
  void replace(int column, String result);

  /** The line that it begins in, from 1. */
  long line();

  /** About how much memory it takes, in characters. */
  int characters();
}
