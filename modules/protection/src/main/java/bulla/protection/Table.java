package bulla.protection;

import javax.crypto.spec.SecretKeySpec;

/**
 * A secret permutation of all blocks of some symbols, shuffled by Fisher-Yates from a keyed stream.
 * Each direction is built when it is first asked for; threads share it.
 */
final class Table {
  private static final int BLOCKS_AT_A_TIME = 256;

  private final SecretKeySpec key;
  private final int size;
  private volatile int[] forward;
  private volatile int[] inverse;

  Table(SecretKeySpec key, int size) {
    this.key = key;
    this.size = size;
  }

  /** What each block becomes; not to be altered. */
  int[] forward() {
    int[] built = forward;
    if (built == null) {
      synchronized (this) {
        built = forward;
        if (built == null) {
          built = shuffled();
          forward = built;
        }
      }
    }
    return built;
  }

  /** What each block came from; not to be altered. */
  int[] inverse() {
    int[] built = inverse;
    if (built == null) {
      synchronized (this) {
        built = inverse;
        if (built == null) {
          int[] images = forward();
          built = new int[size];
          for (int i = 0; i < size; i++) {
            built[images[i]] = i;
          }
          inverse = built;
        }
      }
    }
    return built;
  }

  private int[] shuffled() {
    var entries = new int[size];
    for (int i = 0; i < size; i++) {
      entries[i] = i;
    }
    var stream = new UniformStream(Aes.encryptor(key), new byte[Aes.BLOCK], BLOCKS_AT_A_TIME);
    for (int i = size - 1; i > 0; i--) {
      int j = stream.below(i + 1);
      int swapped = entries[i];
      entries[i] = entries[j];
      entries[j] = swapped;
    }
    return entries;
  }
}
