package bulla.protection;

import java.util.Arrays;

/**
 * Values that wait until there are {@link SymbolCipher#LANES} with the same number of symbols: one
 * thread's, for all elements. Each number of symbols has lanes of its own, so values of many
 * lengths may come in any order. Whoever puts values into them wipes them again.
 */
final class LanesByLength {
  /**
   * The largest number of symbols that has lanes, so that all together are less than 48 kB; the
   * offsets of longer values are computed for each anyway.
   */
  static final int LENGTH = Offsets.KEPT_LENGTH;

  private final Lanes[] byLength = new Lanes[LENGTH + 1];
  private final Lanes[] inUse = new Lanes[LENGTH];
  private int used;

  /** What the cipher computes with. */
  final int[] numbers = new int[SymbolCipher.LANES];

  /** Values with the same number of symbols: symbol {@code i} of value {@code l} at 16 i + l. */
  static final class Lanes {
    final int length;
    final byte[] symbols;
    final int[] indexes = new int[SymbolCipher.LANES];

    /** The texts that the symbols are of; null where they are of bytes. */
    final String[] taken = new String[SymbolCipher.LANES];

    int count;
    private boolean used;

    private Lanes(int length) {
      this.length = length;
      this.symbols = new byte[length * SymbolCipher.LANES];
    }

    /** Puts a value's symbols into the next lane. */
    void add(int index, String text, byte[] ofValue) {
      for (int i = 0, at = count; i < length; i++, at += SymbolCipher.LANES) {
        symbols[at] = ofValue[i];
      }
      indexes[count] = index;
      taken[count++] = text;
    }

    boolean isFull() {
      return count == SymbolCipher.LANES;
    }

    private void wipe() {
      Arrays.fill(symbols, (byte) 0);
      Arrays.fill(taken, null);
      count = 0;
      used = false;
    }
  }

  /** The lanes of values with so many symbols, 1 to {@link #LENGTH}. */
  Lanes of(int symbols) {
    Lanes lanes = ifPresent(symbols);
    if (lanes == null) {
      lanes = new Lanes(symbols);
      byLength[symbols] = lanes;
    }
    if (!lanes.used) {
      lanes.used = true;
      inUse[used++] = lanes;
    }
    return lanes;
  }

  /** Those of a number of symbols, or null where there are none yet. */
  Lanes ifPresent(int symbols) {
    return byLength[symbols];
  }

  /** How many have been asked for since they were wiped. */
  int used() {
    return used;
  }

  /** One of these. */
  Lanes used(int index) {
    return inUse[index];
  }

  /** Wipes what has been used, and nothing else: a call with few values costs little. */
  void wipe() {
    for (int i = 0; i < used; i++) {
      inUse[i].wipe();
    }
    used = 0;
    Arrays.fill(numbers, 0);
  }
}
