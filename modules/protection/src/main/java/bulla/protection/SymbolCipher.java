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
  private final AtomicReferenceArray<Blocks> byBlock = new AtomicReferenceArray<>(7);

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
        .forEach(block -> tables.expect(tokenizer.tables(), new BlockParts(radix, block).size()));
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
    Blocks blocks = blocks(length);
    return offsets.of(length, blocks.block, blocks.passes(length), blocks.size, iv);
  }

  /** The same of an IV that is secret. */
  int[] offsetsOfSecret(int length, byte[] iv) {
    Blocks blocks = blocks(length);
    return offsets.ofSecret(length, blocks.block, blocks.passes(length), blocks.size, iv);
  }

  /** {@link #encrypt(byte[], int, byte[])} with the {@link #offsets} of the IV. */
  void encrypt(byte[] symbols, int length, int[] added) {
    Blocks blocks = blocks(length);
    int passes = blocks.passes(length);
    int positions = length - blocks.block + 1;
    int[] right = blocks.toRight.forward(blocks.toLeft);
    int[] left = blocks.toLeft.forward(blocks.toRight);
    for (int pass = 0; pass < passes; pass += 2) {
      blocks.steps.encryptToRight(symbols, length, right, added, pass * positions);
      blocks.steps.encryptToLeft(symbols, length, left, added, (pass + 1) * positions);
    }
  }

  /** Undoes {@link #encrypt(byte[], int, int[])}. */
  void decrypt(byte[] symbols, int length, int[] added) {
    Blocks blocks = blocks(length);
    int passes = blocks.passes(length);
    int positions = length - blocks.block + 1;
    int[] right = blocks.toRight.inverse(blocks.toLeft);
    int[] left = blocks.toLeft.inverse(blocks.toRight);
    for (int pass = passes - 2; pass >= 0; pass -= 2) {
      blocks.steps.decryptToLeft(symbols, length, left, added, (pass + 1) * positions);
      blocks.steps.decryptToRight(symbols, length, right, added, pass * positions);
    }
  }

  /** Replaces many values of one length together. */
  void encrypt(TokenLanes lanes, byte[] iv) {
    Blocks blocks = blocks(lanes.length);
    int passes = blocks.passes(lanes.length);
    int[] added = offsets.of(lanes.length, blocks.block, passes, blocks.size, iv);
    int positions = lanes.length - blocks.block + 1;
    int[] right = blocks.toRight.forward(blocks.toLeft);
    int[] left = blocks.toLeft.forward(blocks.toRight);
    for (int pass = 0; pass < passes; pass += 2) {
      blocks.steps.encryptToRight(lanes, right, added, pass * positions);
      blocks.steps.encryptToLeft(lanes, left, added, (pass + 1) * positions);
    }
  }

  /** Undoes {@link #encrypt(TokenLanes, byte[])}. */
  void decrypt(TokenLanes lanes, byte[] iv) {
    Blocks blocks = blocks(lanes.length);
    int passes = blocks.passes(lanes.length);
    int[] added = offsets.of(lanes.length, blocks.block, passes, blocks.size, iv);
    int positions = lanes.length - blocks.block + 1;
    int[] right = blocks.toRight.inverse(blocks.toLeft);
    int[] left = blocks.toLeft.inverse(blocks.toRight);
    for (int pass = passes - 2; pass >= 0; pass -= 2) {
      blocks.steps.decryptToLeft(lanes, left, added, (pass + 1) * positions);
      blocks.steps.decryptToRight(lanes, right, added, pass * positions);
    }
  }

  /**
   * Builds the tables for values of a length where they are missing.
   *
   * @throws ProtectionException with OUT_OF_MEMORY when they are larger than all tables may be
   */
  void requireTables(int length, boolean protect) {
    Blocks blocks = blocks(length);
    if (protect) {
      blocks.toRight.forward(blocks.toLeft);
      blocks.toLeft.forward(blocks.toRight);
    } else {
      blocks.toRight.inverse(blocks.toLeft);
      blocks.toLeft.inverse(blocks.toRight);
    }
  }

  /** The number of symbols that a step replaces in a value of a length. */
  private int block(int length) {
    int block = Math.min(length, tokenizer.block());
    return block > 3 && block < tokenizer.block() ? 3 : block;
  }

  private Blocks blocks(int length) {
    int block = block(length);
    Blocks blocks = byBlock.get(block);
    return blocks != null ? blocks : addBlocks(block);
  }

  /** Once for each number of symbols, as every table counts. */
  private synchronized Blocks addBlocks(int block) {
    Blocks blocks = byBlock.get(block);
    if (blocks == null) {
      blocks = newBlocks(block);
      byBlock.set(block, blocks);
    }
    return blocks;
  }

  private Blocks newBlocks(int block) {
    var parts = new BlockParts(radix, block);
    int count = tokenizer.tables();
    Table first = tables.table(keys.table(radix, block, 1), parts, count);
    Table second = count == 1 ? first : tables.table(keys.table(radix, block, 2), parts, count);
    // Smaller blocks only ever are whole values.
    int passes = block < 3 ? 2 : 2 * pairs(parts.size() / radix);
    var steps = new TableSteps(radix, block, parts);
    return new Blocks(block, parts.size(), passes, steps, first, second);
  }

  /** What belongs to the blocks of so many symbols. */
  private record Blocks(
      int block, int size, int passes, TableSteps steps, Table toRight, Table toLeft) {

    /** A value of one block is permuted as a whole: nothing has to spread. */
    int passes(int length) {
      return length == block ? 2 : passes;
    }
  }
}
