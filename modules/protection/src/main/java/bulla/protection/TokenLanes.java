package bulla.protection;

import java.util.Arrays;

/**
 * Up to {@link #LANES} values with one number of symbols that go through the tables together, so
 * that the processor waits for many look-ups at once: one thread's, for all elements. Symbols are
 * in rows and in ints, in which the platform computes with several lanes at a time. Whoever puts
 * values into them wipes them again.
 */
final class TokenLanes {
  static final int LANES = 64;

  /**
   * The largest number of symbols of a value, so that all lanes take less than 20 kB; the offsets
   * of longer values are computed for each anyway.
   */
  static final int LENGTH = Offsets.KEPT_LENGTH;

  /** Of each place the symbols of all values. */
  final int[][] symbols = new int[LENGTH][LANES];

  /** What the tables are asked for. */
  final int[] numbers = new int[LANES];

  /** What they answer. */
  final int[] images = new int[LANES];

  /** The number of symbols of each value. */
  int length;

  /** The number of values. */
  int count;

  private int longest;

  /** For so many values with so many symbols, which are put there next. */
  void begin(int values, int ofSymbols) {
    count = values;
    length = ofSymbols;
    longest = Math.max(longest, ofSymbols);
  }

  /** Wipes what has been used since the last time. */
  void wipe() {
    for (int i = 0; i < longest; i++) {
      Arrays.fill(symbols[i], 0);
    }
    Arrays.fill(numbers, 0);
    Arrays.fill(images, 0);
    longest = 0;
  }
}
