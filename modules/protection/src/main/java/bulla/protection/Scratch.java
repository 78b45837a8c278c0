package bulla.protection;

import java.util.Arrays;

/**
 * One thread's working arrays for values of usual length, so that such a value allocates little but
 * its result. All elements share them: 2 kB, up to 16 kB of offsets, up to 4 kB of IVs and, once
 * there were arrays of tokens, up to 48 kB of lanes. Whoever puts a value into them wipes it again;
 * an IV that is of what stays clear is not wiped.
 */
final class Scratch {
  /** The longest value, in chars, that has room. */
  static final int LENGTH = 256;

  /** By how much the token of such a value may be longer. */
  static final int GROWTH = 16;

  private static final int ROOM = LENGTH + GROWTH;
  private static final int MOST_IV = 64;
  private static final int MOST_OFFSETS = 4096;
  static final ThreadLocal<Scratch> OWN = ThreadLocal.withInitial(Scratch::new);

  final char[] characters = new char[ROOM];
  final byte[] symbols = new byte[ROOM];
  final int[] numerals = new int[ROOM];
  final Number128 number = new Number128();
  private final byte[][] ivs = new byte[MOST_IV + 1][];
  private int[] offsets = new int[128];
  private int[] limbs = new int[16];
  private LanesByLength lanes;

  private Scratch() {}

  /** This thread's. */
  static Scratch own() {
    return OWN.get();
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
  LanesByLength lanes() {
    if (lanes == null) {
      lanes = new LanesByLength();
    }
    return lanes;
  }

  /** Wipes what a value of {@code length} chars, or its token, left behind. */
  void wipe(int length) {
    int left = Math.min(length + GROWTH, ROOM);
    Arrays.fill(characters, 0, left, '\0');
    Arrays.fill(symbols, 0, left, (byte) 0);
    Arrays.fill(numerals, 0, left, 0);
    number.set(0, 0);
  }
}
