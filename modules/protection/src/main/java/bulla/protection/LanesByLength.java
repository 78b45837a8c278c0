package bulla.protection;

import java.util.Arrays;

/**
 * Values that wait until there are {@link SymbolCipher#LANES} with the same number of symbols: one
 * thread's, for all elements. Each number of symbols has lanes of its own, so values of many
 * lengths may come in any order. Whoever puts values into them wipes them again.
 */
final class LanesByLength {
  /** The largest number of symbols that has lanes. */
  static final int LENGTH = Scratch.LENGTH;

  /** What a thread keeps between calls at most, in bytes: the lanes of 1 to 90 symbols, say. */
  static final int MOST_KEPT = 64 * 1024;

  private final Lanes[] byLength = new Lanes[LENGTH + 1];

  /** What the cipher computes with. */
  final int[] numbers = new int[SymbolCipher.LANES];

  private int kept;
  private int shortest = LENGTH + 1;
  private int longest;

  /** Values with the same number of symbols: symbol {@code i} of value {@code l} at 16 i + l. */
  static final class Lanes {
    final int length;
    final byte[] symbols;
    final int[] indexes = new int[SymbolCipher.LANES];
    int count;

    private Lanes(int length) {
      this.length = length;
      this.symbols = new byte[length * SymbolCipher.LANES];
    }

    /** Puts a value's symbols into the next lane. */
    void add(int index, byte[] ofValue) {
      for (int i = 0, at = count; i < length; i++, at += SymbolCipher.LANES) {
        symbols[at] = ofValue[i];
      }
      indexes[count++] = index;
    }

    boolean isFull() {
      return count == SymbolCipher.LANES;
    }
  }

  /** The lanes of values with so many symbols, 1 to {@link #LENGTH}. */
  Lanes of(int symbols) {
    shortest = Math.min(shortest, symbols);
    longest = Math.max(longest, symbols);
    Lanes lanes = byLength[symbols];
    if (lanes == null) {
      lanes = new Lanes(symbols);
      byLength[symbols] = lanes;
      kept += lanes.symbols.length;
    }
    return lanes;
  }

  /** The smallest number of symbols that has been asked for since they were wiped. */
  int shortest() {
    return shortest;
  }

  /** The largest; below the smallest where none has. */
  int longest() {
    return longest;
  }

  /** Those of a number of symbols, or null where there are none yet. */
  Lanes ifPresent(int symbols) {
    return byLength[symbols];
  }

  /** Wipes what has been used, and lets go of it where it is much. */
  void wipe() {
    for (int length = shortest; length <= longest; length++) {
      if (byLength[length] != null) {
        Arrays.fill(byLength[length].symbols, (byte) 0);
        byLength[length].count = 0;
      }
    }
    Arrays.fill(numbers, 0);
    shortest = LENGTH + 1;
    longest = 0;
    if (kept > MOST_KEPT) {
      Arrays.fill(byLength, null);
      kept = 0;
    }
  }
}
