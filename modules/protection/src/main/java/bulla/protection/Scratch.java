package bulla.protection;

import java.util.Arrays;

/**
 * One thread's working arrays for values of usual length, so that such a value allocates little but
 * its result. All elements share them: 2 kB, up to 16 kB of offsets and, once there were arrays of
 * tokens, up to 48 kB of lanes. Whoever puts a value into them wipes it again.
 */
final class Scratch {
  /** The longest value, in chars, that has room. */
  static final int LENGTH = 256;

  private static final int MOST_OFFSETS = 4096;
  static final ThreadLocal<Scratch> OWN = ThreadLocal.withInitial(Scratch::new);

  final char[] characters = new char[LENGTH];
  final byte[] symbols = new byte[LENGTH];
  final int[] numerals = new int[LENGTH];
  private int[] offsets = new int[128];
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

  /** Where many values wait for each other. */
  LanesByLength lanes() {
    if (lanes == null) {
      lanes = new LanesByLength();
    }
    return lanes;
  }

  /** Wipes what a value of {@code length} chars left behind. */
  void wipe(int length) {
    Arrays.fill(characters, 0, length, '\0');
    Arrays.fill(symbols, 0, length, (byte) 0);
    Arrays.fill(numerals, 0, length, 0);
  }
}
