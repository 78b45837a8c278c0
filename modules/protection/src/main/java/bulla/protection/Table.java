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
  private final BlockParts blocks;
  private final int size;
  private final int together;
  private final TableMemory memory;
  private final TableMemory.Slot forward = new TableMemory.Slot();
  private final TableMemory.Slot inverse = new TableMemory.Slot();

  /**
   * @param blocks those that it replaces
   * @param together how many tables of this size a value needs at the same time, this among them
   */
  Table(SecretKeySpec key, BlockParts blocks, int together, TableMemory memory) {
    this.key = key;
    this.blocks = blocks;
    this.size = blocks.size();
    this.together = together;
    this.memory = memory;
  }

  /**
   * What the block of each number becomes, as {@link BlockParts}; not to be altered.
   *
   * @param beside a table that the caller uses with this one, so that neither takes the other's
   *     place in memory; this one where there is none
   */
  int[] forward(Table beside) {
    int[] present = forward.entries(memory.age());
    return present != null
        ? present
        : memory.entries(forward, size, together, beside.forward, this::images);
  }

  /** What the block of each number came from, as {@link BlockParts}; not to be altered. */
  int[] inverse(Table beside) {
    int[] present = inverse.entries(memory.age());
    return present != null
        ? present
        : memory.entries(inverse, size, together, beside.inverse, this::origins);
  }

  /** The bytes that both directions take now. */
  long bytes() {
    return forward.bytes() + inverse.bytes();
  }

  private int[] images() {
    int[] entries = shuffled();
    takeApart(entries);
    return entries;
  }

  /** From the other direction where there is room for both, else from nothing, in place. */
  private int[] origins() {
    int[] images = forward.entriesIfPresent();
    if (images == null) {
      int[] entries = shuffled();
      invert(entries);
      takeApart(entries);
      return entries;
    }
    var origins = new int[size];
    for (int i = 0; i < size; i++) {
      origins[blocks.number(images[i])] = blocks.of(i);
    }
    return origins;
  }

  private void takeApart(int[] numbers) {
    for (int i = 0; i < size; i++) {
      numbers[i] = blocks.of(numbers[i]);
    }
  }

  /** Inverts a permutation cycle by cycle; entries that are done are complements until the end. */
  static void invert(int[] entries) {
    for (int start = 0; start < entries.length; start++) {
      int from = start;
      int at = entries[start];
      while (at >= 0) {
        int next = entries[at];
        entries[at] = ~from;
        from = at;
        at = next;
      }
    }
    for (int i = 0; i < entries.length; i++) {
      entries[i] = ~entries[i];
    }
  }

  private int[] shuffled() {
    var entries = new int[size];
    for (int i = 0; i < size; i++) {
      entries[i] = i;
    }
    var stream =
        new UniformStream(Aes.encryptor(key), BLOCKS_AT_A_TIME).restart(new byte[Aes.BLOCK], size);
    for (int i = size - 1; i > 0; i--) {
      int j = stream.below(i + 1);
      int swapped = entries[i];
      entries[i] = entries[j];
      entries[j] = swapped;
    }
    return entries;
  }
}
