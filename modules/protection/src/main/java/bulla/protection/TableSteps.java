package bulla.protection;

/**
 * The steps over the symbols of a value: each replaces a block by means of a table and goes on by
 * one symbol, with a value alone or with many at once.
 */
final class TableSteps {
  private final int radix;
  private final int block;
  private final int size;
  private final BlockParts parts;

  TableSteps(int radix, int block, BlockParts parts) {
    this.radix = radix;
    this.block = block;
    this.size = parts.size();
    this.parts = parts;
  }

  /**
   * One pass over a value.
   *
   * @param table what each block becomes
   * @param added the offsets, of which the one for place {@code i} is at {@code from + i}
   */
  void encryptToRight(byte[] symbols, int length, int[] table, int[] added, int from) {
    int last = length - block;
    int number = read(symbols, 0);
    for (int at = 0; ; at++) {
      int image = table[reduced(number + added[from + at])];
      if (at == last) {
        write(symbols, at, image);
        return;
      }
      symbols[at] = (byte) BlockParts.first(image);
      number = parts.next(image, symbols[at + block] & 0xff);
    }
  }

  void encryptToLeft(byte[] symbols, int length, int[] table, int[] added, int from) {
    int number = read(symbols, length - block);
    for (int at = length - block; ; at--) {
      int image = table[reduced(number + added[from + at])];
      if (at == 0) {
        write(symbols, at, image);
        return;
      }
      symbols[at + block - 1] = (byte) BlockParts.last(image);
      number = parts.previous(image, symbols[at - 1] & 0xff);
    }
  }

  /** Undoes {@link #encryptToLeft}: the same steps from the other end. */
  void decryptToLeft(byte[] symbols, int length, int[] table, int[] added, int from) {
    int last = length - block;
    int number = read(symbols, 0);
    for (int at = 0; ; at++) {
      int origin = parts.difference(table[number], parts.of(added[from + at]));
      if (at == last) {
        write(symbols, at, origin);
        return;
      }
      symbols[at] = (byte) BlockParts.first(origin);
      number = parts.next(origin, symbols[at + block] & 0xff);
    }
  }

  /** Undoes {@link #encryptToRight}. */
  void decryptToRight(byte[] symbols, int length, int[] table, int[] added, int from) {
    int number = read(symbols, length - block);
    for (int at = length - block; ; at--) {
      int origin = parts.difference(table[number], parts.of(added[from + at]));
      if (at == 0) {
        write(symbols, at, origin);
        return;
      }
      symbols[at + block - 1] = (byte) BlockParts.last(origin);
      number = parts.previous(origin, symbols[at - 1] & 0xff);
    }
  }

  private int read(byte[] symbols, int at) {
    int number = 0;
    for (int i = at; i < at + block; i++) {
      number = number * radix + (symbols[i] & 0xff);
    }
    return number;
  }

  /** The first symbol last, as it is the last one too in a block of one. */
  private void write(byte[] symbols, int at, int image) {
    symbols[at + block - 1] = (byte) BlockParts.last(image);
    int rest = BlockParts.between(image);
    for (int i = at + block - 2; i > at; i--) {
      symbols[i] = (byte) (rest % radix);
      rest /= radix;
    }
    symbols[at] = (byte) BlockParts.first(image);
  }

  /** Without a branch, as the processor would guess it wrong every other time. */
  private int reduced(int number) {
    int less = number - size;
    return less + ((less >> 31) & size);
  }

  /** The same as {@link #encryptToRight(byte[], int, int[], int[], int)} with many values. */
  void encryptToRight(TokenLanes lanes, int[] table, int[] added, int from) {
    int last = lanes.length - block;
    read(lanes, 0, added[from]);
    for (int at = 0; at < last; at++) {
      lookUp(table, lanes);
      goRight(lanes, lanes.symbols[at], lanes.symbols[at + block], added[from + at + 1]);
    }
    lookUp(table, lanes);
    write(lanes, last);
  }

  void encryptToLeft(TokenLanes lanes, int[] table, int[] added, int from) {
    int last = lanes.length - block;
    read(lanes, last, added[from + last]);
    for (int at = last; at > 0; at--) {
      lookUp(table, lanes);
      goLeft(lanes, lanes.symbols[at + block - 1], lanes.symbols[at - 1], added[from + at - 1]);
    }
    lookUp(table, lanes);
    write(lanes, 0);
  }

  void decryptToLeft(TokenLanes lanes, int[] table, int[] added, int from) {
    int last = lanes.length - block;
    read(lanes, 0, 0);
    for (int at = 0; at < last; at++) {
      lookUp(table, lanes);
      subtract(lanes, added[from + at]);
      goRight(lanes, lanes.symbols[at], lanes.symbols[at + block], 0);
    }
    lookUp(table, lanes);
    subtract(lanes, added[from + last]);
    write(lanes, last);
  }

  void decryptToRight(TokenLanes lanes, int[] table, int[] added, int from) {
    int last = lanes.length - block;
    read(lanes, last, 0);
    for (int at = last; at > 0; at--) {
      lookUp(table, lanes);
      subtract(lanes, added[from + at]);
      goLeft(lanes, lanes.symbols[at + block - 1], lanes.symbols[at - 1], 0);
    }
    lookUp(table, lanes);
    subtract(lanes, added[from]);
    write(lanes, 0);
  }

  /**
   * The block of each lane from the table. A loop that does nothing else has the most look-ups
   * under way at once.
   */
  private static void lookUp(int[] table, TokenLanes lanes) {
    int[] numbers = lanes.numbers;
    int[] images = lanes.images;
    int count = lanes.count;
    for (int lane = 0; lane < count; lane++) {
      images[lane] = table[numbers[lane]];
    }
  }

  /**
   * From each lane's block to the number of the next one, with an offset. What a loop like this
   * does is compiled to vector instructions where every array is indexed with the lane alone.
   *
   * @param here where the first symbol goes, which is done with
   * @param next the symbol behind the block
   */
  private void goRight(TokenLanes lanes, int[] here, int[] next, int offset) {
    int[] numbers = lanes.numbers;
    int[] images = lanes.images;
    int count = lanes.count;
    for (int lane = 0; lane < count; lane++) {
      int image = images[lane];
      here[lane] = BlockParts.first(image);
      numbers[lane] = reduced(parts.next(image, next[lane]) + offset);
    }
  }

  private void goLeft(TokenLanes lanes, int[] here, int[] previous, int offset) {
    int[] numbers = lanes.numbers;
    int[] images = lanes.images;
    int count = lanes.count;
    for (int lane = 0; lane < count; lane++) {
      int image = images[lane];
      here[lane] = BlockParts.last(image);
      numbers[lane] = reduced(parts.previous(image, previous[lane]) + offset);
    }
  }

  private void subtract(TokenLanes lanes, int offset) {
    int[] images = lanes.images;
    int count = lanes.count;
    int subtracted = parts.of(offset);
    for (int lane = 0; lane < count; lane++) {
      images[lane] = parts.difference(images[lane], subtracted);
    }
  }

  /** The numbers of the blocks at a place, with an offset. */
  private void read(TokenLanes lanes, int at, int offset) {
    int[] numbers = lanes.numbers;
    int count = lanes.count;
    int[] first = lanes.symbols[at];
    for (int lane = 0; lane < count; lane++) {
      numbers[lane] = first[lane];
    }
    for (int i = at + 1; i < at + block; i++) {
      int[] symbols = lanes.symbols[i];
      for (int lane = 0; lane < count; lane++) {
        numbers[lane] = numbers[lane] * radix + symbols[lane];
      }
    }
    for (int lane = 0; lane < count; lane++) {
      numbers[lane] = reduced(numbers[lane] + offset);
    }
  }

  private void write(TokenLanes lanes, int at) {
    int[] images = lanes.images;
    int[] rest = lanes.numbers;
    int count = lanes.count;
    int[] last = lanes.symbols[at + block - 1];
    for (int lane = 0; lane < count; lane++) {
      last[lane] = BlockParts.last(images[lane]);
      rest[lane] = BlockParts.between(images[lane]);
    }
    for (int i = at + block - 2; i > at + 1; i--) {
      int[] symbols = lanes.symbols[i];
      for (int lane = 0; lane < count; lane++) {
        symbols[lane] = rest[lane] % radix;
        rest[lane] /= radix;
      }
    }
    if (block > 2) {
      System.arraycopy(rest, 0, lanes.symbols[at + 1], 0, count);
    }
    int[] first = lanes.symbols[at];
    for (int lane = 0; lane < count; lane++) {
      first[lane] = BlockParts.first(images[lane]);
    }
  }
}
