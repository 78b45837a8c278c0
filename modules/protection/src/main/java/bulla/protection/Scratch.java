package bulla.protection;

import java.util.Arrays;

/**
 * Working arrays. Each thread has some for values of usual length, so that such a value allocates
 * little but its result. All elements share them: 2 kB, up to 16 kB of offsets, up to 4 kB of IVs
 * and, once there were arrays of tokens, up to 200 kB of those that wait and go together. A longer
 * value has its own. Whoever puts a value into them wipes it again; an IV that is of what stays
 * clear is not wiped.
 */
final class Scratch {
  /** The longest value, in chars, that has room. */
  static final int LENGTH = 256;

  /** By how much the token of such a value may be longer. */
  static final int GROWTH = 16;

  private static final int MOST_IV = 64;
  private static final int MOST_OFFSETS = 4096;
  static final ThreadLocal<Scratch> OWN =
      ThreadLocal.withInitial(() -> new Scratch(LENGTH, LENGTH));

  final char[] characters;
  final byte[] symbols;
  final int[] numerals;
  final Number128 number = new Number128();
  private final byte[][] ivs = new byte[MOST_IV + 1][];
  private int[] offsets = new int[128];
  private int[] limbs = new int[16];
  private WaitingValues waiting;
  private TokenLanes lanes;

  private Scratch(int characters, int symbols) {
    this.characters = new char[characters + GROWTH];
    this.symbols = new byte[symbols + GROWTH];
    this.numerals = new int[symbols + GROWTH];
  }

  /** This thread's. */
  static Scratch own() {
    return OWN.get();
  }

  /** This thread's, or where those have no room, working arrays that nobody else has. */
  static Scratch of(int characters, int symbols) {
    return Math.max(characters, symbols) <= LENGTH ? own() : new Scratch(characters, symbols);
  }

  /** Room for at least so many offsets; of this thread alone until it asks again. */
  int[] offsets(int count) {
    if (count > MOST_OFFSETS) {
      return new int[count];
    }
    if (offsets.length < count) {
      offsets = new int[count];
    }
    return offsets;
  }

  /** An array of just so many bytes for an IV; of this thread alone until it asks again. */
  byte[] iv(int length) {
    if (length > MOST_IV) {
      return new byte[length];
    }
    if (ivs[length] == null) {
      ivs[length] = new byte[length];
    }
    return ivs[length];
  }

  /** Room for at least so many limbs of a number; of this thread alone until it asks again. */
  int[] limbs(int count) {
    if (count > LENGTH) {
      return new int[count];
    }
    if (limbs.length < count) {
      limbs = new int[count];
    }
    return limbs;
  }

  /** Where many values wait for each other. */
  WaitingValues waiting() {
    if (waiting == null) {
      waiting = new WaitingValues();
    }
    return waiting;
  }

  /** In which they go through the tables. */
  TokenLanes lanes() {
    if (lanes == null) {
      lanes = new TokenLanes();
    }
    return lanes;
  }

  /**
   * Wipes what a value of {@code length} chars, or its token, left behind in the thread's arrays;
   * of those of one value, everything.
   */
  void wipe(int length) {
    boolean ofOneValue = Math.max(characters.length, symbols.length) > LENGTH + GROWTH;
    int left = ofOneValue ? Integer.MAX_VALUE : length + GROWTH;
    Arrays.fill(characters, 0, Math.min(left, characters.length), '\0');
    Arrays.fill(symbols, 0, Math.min(left, symbols.length), (byte) 0);
    Arrays.fill(numerals, 0, Math.min(left, numerals.length), 0);
    number.set(0, 0);
  }
}
