package bulla.protection;

/**
 * Blocks of some symbols as tables have them: not as one number but taken apart, so that a step in
 * either direction has little to compute. The first symbol is in the low eight bits, the last in
 * the eight above, and the number that those between make in the high sixteen: of the blocks of up
 * to three of 256 symbols, or up to six of ten. A block of one symbol is its number.
 */
final class BlockParts {
  /**
   * Numbers are divided by multiplying: exact as long as number times divisor stays below 2^42,
   * which is so for all of these blocks.
   */
  private static final int SHIFT = 42;

  private final int radix;
  private final int high;
  private final int betweens;
  private final int square;
  private final long perRadix;
  private final long perHigh;

  /** For blocks of so many symbols. */
  BlockParts(int radix, int block) {
    int highest = 1;
    for (int i = 1; i < block; i++) {
      highest *= radix;
    }
    this.radix = radix;
    this.high = highest;
    this.betweens = highest / radix;
    this.square = radix * radix;
    this.perRadix = (1L << SHIFT) / radix + 1;
    this.perHigh = (1L << SHIFT) / high + 1;
  }

  /** How many blocks there are. */
  int size() {
    return high * radix;
  }

  /** The block of a number, whose first symbol is the most significant one. */
  int of(int number) {
    int first = (int) ((number * perHigh) >>> SHIFT);
    int rest = number - first * high;
    int between = (int) ((rest * perRadix) >>> SHIFT);
    return between << 16 | (rest - between * radix) << 8 | first;
  }

  /** Undoes {@link #of}. */
  int number(int parts) {
    return high == 1 ? parts : first(parts) * high + between(parts) * radix + last(parts);
  }

  static int first(int parts) {
    return parts & 0xff;
  }

  static int last(int parts) {
    return parts >>> 8 & 0xff;
  }

  /** The number that the symbols between the first and the last make. */
  static int between(int parts) {
    return parts >>> 16;
  }

  /** The number of the block that begins behind the first symbol of this one, with that symbol. */
  int next(int parts, int symbol) {
    return between(parts) * square + last(parts) * radix + symbol;
  }

  /** The number of the block that ends before the last symbol of this one, with that symbol. */
  int previous(int parts, int symbol) {
    return symbol * high + first(parts) * betweens + between(parts);
  }

  /**
   * The block of the difference of the numbers of two, modulo the number of blocks: without a
   * branch, in a way that the platform compiles to vector instructions.
   */
  int difference(int parts, int subtracted) {
    int last = last(parts) - last(subtracted);
    int borrowed = last >> 31;
    last += radix & borrowed;
    int between = between(parts) - between(subtracted) + borrowed;
    borrowed = between >> 31;
    between += betweens & borrowed;
    int first = first(parts) - first(subtracted) + borrowed;
    first += radix & (first >> 31);
    return between << 16 | last << 8 | first;
  }
}
