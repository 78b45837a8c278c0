package bulla.protection;

import bulla.secrets.SecretBytes;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * A secret permutation of all strings of a length over an alphabet, one for every IV. Passes go
 * over the string from left to right and back in steps of one symbol; every step replaces a block
 * of symbols by means of a table, after an offset has been added to it. Each step can be undone, so
 * the whole can. {@code docs/tokenization.md} states the construction exactly.
 */
final class SymbolCipher implements SymbolPermutation, DigitCipher {
  /** The largest number of symbols of a value, by the published length limits. */
  static final int MAX_LENGTH = 4096;

  /** How many values go through the tables together. */
  static final int LANES = 16;

  /** The number of symbols for which the number of passes is chosen. */
  private static final double USUAL_LENGTH = 16;

  /**
   * How likely it may be that two values of that length which differ at one end show it by equal
   * tokens at the other end. See the document.
   */
  private static final double VISIBLE_ENDS = 0.001;

  private final Alphabet alphabet;
  private final int radix;
  private final Tokenizer tokenizer;
  private final TokenKeys keys;
  private final Offsets offsets;
  private final ElementTables tables;
  private final AtomicReferenceArray<Steps> byBlock = new AtomicReferenceArray<>(7);

  /**
   * @param least the smallest number of symbols that any value will have; with {@code most} it says
   *     which tables can come to be needed
   */
  SymbolCipher(
      Alphabet alphabet,
      int least,
      int most,
      Tokenizer tokenizer,
      SecretBytes seed,
      ElementTables tables) {
    this(alphabet, alphabet.size(), least, most, tokenizer, seed, tables);
  }

  /** For symbols that are numbers alone, as many as there are of them, up to 256. */
  SymbolCipher(
      int radix, int least, int most, Tokenizer tokenizer, SecretBytes seed, ElementTables tables) {
    this(null, radix, least, most, tokenizer, seed, tables);
  }

  private SymbolCipher(
      Alphabet alphabet,
      int radix,
      int least,
      int most,
      Tokenizer tokenizer,
      SecretBytes seed,
      ElementTables tables) {
    this.alphabet = alphabet;
    this.radix = radix;
    this.tokenizer = tokenizer;
    this.keys = new TokenKeys(seed);
    this.offsets = new Offsets(keys.offsetMac(), keys.offsetStream());
    this.tables = tables;
    IntStream.rangeClosed(Math.min(least, tokenizer.block()), Math.min(most, tokenizer.block()))
        .map(this::block)
        .distinct()
        .forEach(block -> tables.expect(tokenizer.tables(), size(block)));
  }

  Alphabet alphabet() {
    return alphabet;
  }

  @Override
  public int radix() {
    return radix;
  }

  @Override
  public int block() {
    return tokenizer.block();
  }

  @Override
  public void encrypt(int[] symbols, int length, byte[] iv) {
    convert(symbols, length, iv, true);
  }

  @Override
  public void decrypt(int[] symbols, int length, byte[] iv) {
    convert(symbols, length, iv, false);
  }

  private void convert(int[] symbols, int length, byte[] iv, boolean encrypt) {
    byte[] bytes = Scratch.of(0, length).symbols;
    try {
      copy(symbols, bytes, length);
      if (encrypt) {
        encrypt(bytes, length, iv);
      } else {
        decrypt(bytes, length, iv);
      }
      copy(bytes, symbols, length);
    } finally {
      Arrays.fill(bytes, 0, length, (byte) 0);
    }
  }

  /** Copies the first symbols from one kind of array to the other. */
  static void copy(int[] symbols, byte[] into, int length) {
    for (int i = 0; i < length; i++) {
      into[i] = (byte) symbols[i];
    }
  }

  /** The same the other way round. */
  static void copy(byte[] symbols, int[] into, int length) {
    for (int i = 0; i < length; i++) {
      into[i] = symbols[i] & 0xff;
    }
  }

  /**
   * How many pairs of passes there are: two, or as many more as it takes to make equal ends rare.
   *
   * @param states how many different things a step can hand on to the next one
   */
  static int pairs(int states) {
    int pairs = 2;
    while (Math.pow(USUAL_LENGTH / states, pairs) > VISIBLE_ENDS) {
      pairs++;
    }
    return pairs;
  }

  /** Replaces the first {@code length} symbols, 1 to {@link #MAX_LENGTH}, in place. */
  @Override
  public void encrypt(byte[] symbols, int length, byte[] iv) {
    encrypt(symbols, length, offsets(length, iv));
  }

  /** Undoes {@link #encrypt(byte[], int, byte[])}. */
  @Override
  public void decrypt(byte[] symbols, int length, byte[] iv) {
    decrypt(symbols, length, offsets(length, iv));
  }

  /**
   * What an IV is to values of a length, for those that go through the tables several times. It
   * stays so until this thread asks for another one.
   */
  int[] offsets(int length, byte[] iv) {
    Steps steps = steps(length);
    return offsets.of(length, steps.block, steps.passes(length), steps.size, iv);
  }

  /** The same of an IV that is secret. */
  int[] offsetsOfSecret(int length, byte[] iv) {
    Steps steps = steps(length);
    return offsets.ofSecret(length, steps.block, steps.passes(length), steps.size, iv);
  }

  /** {@link #encrypt(byte[], int, byte[])} with the {@link #offsets} of the IV. */
  void encrypt(byte[] symbols, int length, int[] added) {
    Steps steps = steps(length);
    int passes = steps.passes(length);
    int positions = length - steps.block + 1;
    int[] right = steps.toRight.forward(steps.toLeft);
    int[] left = steps.toLeft.forward(steps.toRight);
    for (int pass = 0; pass < passes; pass += 2) {
      steps.encryptToRight(symbols, length, right, added, pass * positions);
      steps.encryptToLeft(symbols, length, left, added, (pass + 1) * positions);
    }
  }

  /** Undoes {@link #encrypt(byte[], int, int[])}. */
  void decrypt(byte[] symbols, int length, int[] added) {
    Steps steps = steps(length);
    int passes = steps.passes(length);
    int positions = length - steps.block + 1;
    int[] right = steps.toRight.inverse(steps.toLeft);
    int[] left = steps.toLeft.inverse(steps.toRight);
    for (int pass = passes - 2; pass >= 0; pass -= 2) {
      steps.decryptToLeft(symbols, length, left, added, (pass + 1) * positions);
      steps.decryptToRight(symbols, length, right, added, pass * positions);
    }
  }

  /**
   * Replaces {@link #LANES} values of one length together, so that the processor waits for several
   * look-ups at once: symbol {@code i} of value {@code l} is at {@code i * LANES + l}.
   *
   * @param numbers a number of each value, to compute with
   */
  void encryptLanes(byte[] symbols, int length, byte[] iv, int[] numbers) {
    Steps steps = steps(length);
    int passes = steps.passes(length);
    int[] added = offsets.of(length, steps.block, passes, steps.size, iv);
    int positions = length - steps.block + 1;
    int[] right = steps.toRight.forward(steps.toLeft);
    int[] left = steps.toLeft.forward(steps.toRight);
    for (int pass = 0; pass < passes; pass += 2) {
      steps.encryptLanesToRight(symbols, length, right, added, pass * positions, numbers);
      steps.encryptLanesToLeft(symbols, length, left, added, (pass + 1) * positions, numbers);
    }
  }

  /** Undoes {@link #encryptLanes}. */
  void decryptLanes(byte[] symbols, int length, byte[] iv, int[] numbers) {
    Steps steps = steps(length);
    int passes = steps.passes(length);
    int[] added = offsets.of(length, steps.block, passes, steps.size, iv);
    int positions = length - steps.block + 1;
    int[] right = steps.toRight.inverse(steps.toLeft);
    int[] left = steps.toLeft.inverse(steps.toRight);
    for (int pass = passes - 2; pass >= 0; pass -= 2) {
      steps.decryptLanesToLeft(symbols, length, left, added, (pass + 1) * positions, numbers);
      steps.decryptLanesToRight(symbols, length, right, added, pass * positions, numbers);
    }
  }

  /**
   * Builds the tables for values of a length where they are missing.
   *
   * @throws ProtectionException with OUT_OF_MEMORY when they are larger than all tables may be
   */
  void requireTables(int length, boolean protect) {
    Steps steps = steps(length);
    if (protect) {
      steps.toRight.forward(steps.toLeft);
      steps.toLeft.forward(steps.toRight);
    } else {
      steps.toRight.inverse(steps.toLeft);
      steps.toLeft.inverse(steps.toRight);
    }
  }

  /** The number of symbols that a step replaces in a value of a length. */
  private int block(int length) {
    int block = Math.min(length, tokenizer.block());
    return block > 3 && block < tokenizer.block() ? 3 : block;
  }

  private Steps steps(int length) {
    int block = block(length);
    Steps steps = byBlock.get(block);
    return steps != null ? steps : addSteps(block);
  }

  /** Once for each block, as every table counts. */
  private synchronized Steps addSteps(int block) {
    Steps steps = byBlock.get(block);
    if (steps == null) {
      steps = newSteps(block);
      byBlock.set(block, steps);
    }
    return steps;
  }

  private int size(int block) {
    int size = 1;
    for (int i = 0; i < block; i++) {
      size *= radix;
    }
    return size;
  }

  private Steps newSteps(int block) {
    int size = size(block);
    int count = tokenizer.tables();
    Table first = tables.table(keys.table(radix, block, 1), size, count);
    Table second = count == 1 ? first : tables.table(keys.table(radix, block, 2), size, count);
    return new Steps(radix, block, size, first, second);
  }

  /** The steps of one block size. */
  private static final class Steps {
    /**
     * Numbers are divided by multiplying: exact for all blocks to 256^3, as number times divisor
     * stays below 2^42.
     */
    private static final int SHIFT = 42;

    private final int radix;
    private final int block;
    private final int size;
    private final int high;
    private final long perRadix;
    private final long perHigh;
    private final Table toRight;
    private final Table toLeft;
    private final int passes;

    Steps(int radix, int block, int size, Table toRight, Table toLeft) {
      this.radix = radix;
      this.block = block;
      this.size = size;
      this.high = size / radix;
      this.perRadix = (1L << SHIFT) / radix + 1;
      this.perHigh = (1L << SHIFT) / high + 1;
      this.toRight = toRight;
      this.toLeft = toLeft;
      // Smaller blocks only ever are whole values.
      this.passes = block < 3 ? 2 : 2 * pairs(high);
    }

    /** A value of one block is permuted as a whole: nothing has to spread. */
    int passes(int length) {
      return length == block ? 2 : passes;
    }

    void encryptToRight(byte[] symbols, int length, int[] table, int[] added, int from) {
      int last = length - block;
      int number = read(symbols, 0);
      for (int at = 0; ; at++) {
        int image = table[reduce(number + added[from + at])];
        if (at == last) {
          write(symbols, at, image);
          return;
        }
        int first = (int) ((image * perHigh) >>> SHIFT);
        symbols[at] = (byte) first;
        number = (image - first * high) * radix + (symbols[at + block] & 0xff);
      }
    }

    void encryptToLeft(byte[] symbols, int length, int[] table, int[] added, int from) {
      int number = read(symbols, length - block);
      for (int at = length - block; ; at--) {
        int image = table[reduce(number + added[from + at])];
        if (at == 0) {
          write(symbols, at, image);
          return;
        }
        int rest = (int) ((image * perRadix) >>> SHIFT);
        symbols[at + block - 1] = (byte) (image - rest * radix);
        number = (symbols[at - 1] & 0xff) * high + rest;
      }
    }

    /** Undoes {@link #encryptToLeft}: the same steps from the other end. */
    void decryptToLeft(byte[] symbols, int length, int[] table, int[] added, int from) {
      int last = length - block;
      int number = read(symbols, 0);
      for (int at = 0; ; at++) {
        int origin = lift(table[number] - added[from + at]);
        if (at == last) {
          write(symbols, at, origin);
          return;
        }
        int first = (int) ((origin * perHigh) >>> SHIFT);
        symbols[at] = (byte) first;
        number = (origin - first * high) * radix + (symbols[at + block] & 0xff);
      }
    }

    /** Undoes {@link #encryptToRight}. */
    void decryptToRight(byte[] symbols, int length, int[] table, int[] added, int from) {
      int number = read(symbols, length - block);
      for (int at = length - block; ; at--) {
        int origin = lift(table[number] - added[from + at]);
        if (at == 0) {
          write(symbols, at, origin);
          return;
        }
        int rest = (int) ((origin * perRadix) >>> SHIFT);
        symbols[at + block - 1] = (byte) (origin - rest * radix);
        number = (symbols[at - 1] & 0xff) * high + rest;
      }
    }

    void encryptLanesToRight(
        byte[] symbols, int length, int[] table, int[] added, int from, int[] numbers) {
      readLanes(symbols, 0, numbers);
      int last = length - block;
      for (int at = 0; at < last; at++) {
        int offset = added[from + at];
        int here = at * LANES;
        int next = (at + block) * LANES;
        for (int lane = 0; lane < LANES; lane++) {
          int image = table[reduce(numbers[lane] + offset)];
          int first = (int) ((image * perHigh) >>> SHIFT);
          symbols[here + lane] = (byte) first;
          numbers[lane] = (image - first * high) * radix + (symbols[next + lane] & 0xff);
        }
      }
      int offset = added[from + last];
      for (int lane = 0; lane < LANES; lane++) {
        writeLane(symbols, last, lane, table[reduce(numbers[lane] + offset)]);
      }
    }

    void encryptLanesToLeft(
        byte[] symbols, int length, int[] table, int[] added, int from, int[] numbers) {
      readLanes(symbols, length - block, numbers);
      for (int at = length - block; at > 0; at--) {
        int offset = added[from + at];
        int here = (at + block - 1) * LANES;
        int next = (at - 1) * LANES;
        for (int lane = 0; lane < LANES; lane++) {
          int image = table[reduce(numbers[lane] + offset)];
          int rest = (int) ((image * perRadix) >>> SHIFT);
          symbols[here + lane] = (byte) (image - rest * radix);
          numbers[lane] = (symbols[next + lane] & 0xff) * high + rest;
        }
      }
      int offset = added[from];
      for (int lane = 0; lane < LANES; lane++) {
        writeLane(symbols, 0, lane, table[reduce(numbers[lane] + offset)]);
      }
    }

    void decryptLanesToLeft(
        byte[] symbols, int length, int[] table, int[] added, int from, int[] numbers) {
      readLanes(symbols, 0, numbers);
      int last = length - block;
      for (int at = 0; at < last; at++) {
        int offset = added[from + at];
        int here = at * LANES;
        int next = (at + block) * LANES;
        for (int lane = 0; lane < LANES; lane++) {
          int image = lift(table[numbers[lane]] - offset);
          int first = (int) ((image * perHigh) >>> SHIFT);
          symbols[here + lane] = (byte) first;
          numbers[lane] = (image - first * high) * radix + (symbols[next + lane] & 0xff);
        }
      }
      int offset = added[from + last];
      for (int lane = 0; lane < LANES; lane++) {
        writeLane(symbols, last, lane, lift(table[numbers[lane]] - offset));
      }
    }

    void decryptLanesToRight(
        byte[] symbols, int length, int[] table, int[] added, int from, int[] numbers) {
      readLanes(symbols, length - block, numbers);
      for (int at = length - block; at > 0; at--) {
        int offset = added[from + at];
        int here = (at + block - 1) * LANES;
        int next = (at - 1) * LANES;
        for (int lane = 0; lane < LANES; lane++) {
          int image = lift(table[numbers[lane]] - offset);
          int rest = (int) ((image * perRadix) >>> SHIFT);
          symbols[here + lane] = (byte) (image - rest * radix);
          numbers[lane] = (symbols[next + lane] & 0xff) * high + rest;
        }
      }
      int offset = added[from];
      for (int lane = 0; lane < LANES; lane++) {
        writeLane(symbols, 0, lane, lift(table[numbers[lane]] - offset));
      }
    }

    private void readLanes(byte[] symbols, int at, int[] numbers) {
      for (int lane = 0; lane < LANES; lane++) {
        int number = 0;
        for (int i = at; i < at + block; i++) {
          number = number * radix + (symbols[i * LANES + lane] & 0xff);
        }
        numbers[lane] = number;
      }
    }

    private void writeLane(byte[] symbols, int at, int lane, int number) {
      int rest = number;
      for (int i = at + block - 1; i >= at; i--) {
        symbols[i * LANES + lane] = (byte) (rest % radix);
        rest /= radix;
      }
    }

    /** Without a branch, as the processor would guess it wrong every other time. */
    private int reduce(int number) {
      return lift(number - size);
    }

    private int lift(int number) {
      return number + ((number >> 31) & size);
    }

    private int read(byte[] symbols, int at) {
      int number = 0;
      for (int i = at; i < at + block; i++) {
        number = number * radix + (symbols[i] & 0xff);
      }
      return number;
    }

    private void write(byte[] symbols, int at, int number) {
      int rest = number;
      for (int i = at + block - 1; i >= at; i--) {
        symbols[i] = (byte) (rest % radix);
        rest /= radix;
      }
    }
  }
}
