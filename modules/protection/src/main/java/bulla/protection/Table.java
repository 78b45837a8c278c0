package bulla.protection;

import javax.crypto.spec.SecretKeySpec;

/**
 * A secret permutation of all blocks of some symbols, shuffled by Fisher-Yates from a keyed stream.
 * Each direction is built when it is first asked for, and again after it had to give way to others;
 * threads share it.
 */
final class Table {
  private static final int BLOCKS_AT_A_TIME = 256;

  private final SecretKeySpec key;
  private final int size;
  private final TableMemory memory;
  private final TableMemory.Slot forward = new TableMemory.Slot();
  private final TableMemory.Slot inverse = new TableMemory.Slot();

  Table(SecretKeySpec key, int size, TableMemory memory) {
    this.key = key;
    this.size = size;
    this.memory = memory;
  }

  /** What each block becomes; not to be altered. */
  int[] forward() {
    int[] present = forward.entries(memory.age());
    return present != null ? present : memory.entries(forward, size, this::shuffled);
  }

  /** What each block came from; not to be altered. */
  int[] inverse() {
    int[] present = inverse.entries(memory.age());
    if (present != null) {
      return present;
    }
    int[] images = forward();
    return memory.entries(inverse, size, () -> inverted(images));
  }

  /** The bytes that both directions take now. */
  long bytes() {
    return forward.bytes() + inverse.bytes();
  }

  private int[] inverted(int[] images) {
    var origins = new int[size];
    for (int i = 0; i < size; i++) {
      origins[images[i]] = i;
    }
    return origins;
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
