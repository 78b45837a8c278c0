package bulla.protection;

import java.util.Arrays;

/**
 * Values that wait until there are {@link TokenLanes#LANES} with the same number of symbols: one
 * thread's, for all elements. Values of many lengths may come in any order. Whoever puts values
 * into them wipes them again.
 */
final class WaitingValues {
  private final OfLength[] byLength = new OfLength[TokenLanes.LENGTH + 1];
  private final OfLength[] inUse = new OfLength[TokenLanes.LENGTH];
  private int used;

  /** Those with one number of symbols. */
  static final class OfLength {
    final int length;

    /** The symbols of the values, one value behind the other. */
    final byte[] symbols;

    final int[] indexes = new int[TokenLanes.LANES];

    /** The texts that the symbols are of; null where they are of bytes. */
    final String[] taken = new String[TokenLanes.LANES];

    int count;
    private boolean used;

    private OfLength(int length) {
      this.length = length;
      this.symbols = new byte[length * TokenLanes.LANES];
    }

    /** Adds a value by its symbols. */
    void add(int index, String text, byte[] ofValue) {
      System.arraycopy(ofValue, 0, symbols, count * length, length);
      indexes[count] = index;
      taken[count++] = text;
    }

    boolean isFull() {
      return count == TokenLanes.LANES;
    }

    /** Hands the symbols of all that wait on. */
    void copyTo(TokenLanes lanes) {
      lanes.begin(count, length);
      for (int i = 0; i < length; i++) {
        int[] row = lanes.symbols[i];
        for (int lane = 0, at = i; lane < count; lane++, at += length) {
          row[lane] = symbols[at] & 0xff;
        }
      }
    }

    private void wipe() {
      Arrays.fill(symbols, (byte) 0);
      Arrays.fill(taken, null);
      count = 0;
      used = false;
    }
  }

  /** Those with so many symbols, 1 to {@link TokenLanes#LENGTH}. */
  OfLength of(int symbols) {
    OfLength waiting = ifPresent(symbols);
    if (waiting == null) {
      waiting = new OfLength(symbols);
      byLength[symbols] = waiting;
    }
    if (!waiting.used) {
      waiting.used = true;
      inUse[used++] = waiting;
    }
    return waiting;
  }

  /** Those with a number of symbols, or null where there were none yet. */
  OfLength ifPresent(int symbols) {
    return byLength[symbols];
  }

  /** How many numbers of symbols have been asked for since all was wiped. */
  int used() {
    return used;
  }

  /** One of these. */
  OfLength used(int index) {
    return inUse[index];
  }

  /** Wipes what has been used, and nothing else: a call with few values costs little. */
  void wipe() {
    for (int i = 0; i < used; i++) {
      inUse[i].wipe();
    }
    used = 0;
  }
}
