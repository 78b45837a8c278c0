package bulla.protection;

import java.util.Arrays;

/** The bytes that stand for the numerals of a radix of up to 256. */
final class ByteSymbols {
  /** Of each byte, unsigned, its numeral, or -1 where it stands for none. */
  final long[] numerals = new long[256];

  /** Of each two numerals, {@code first * radix + second}, their bytes: up to 128 kB. */
  final short[] pairs;

  /**
   * @param symbols the byte of each numeral
   * @throws IllegalArgumentException when two numerals have the same: they would not come back
   */
  ByteSymbols(byte[] symbols) {
    Arrays.fill(numerals, -1);
    pairs = new short[symbols.length * symbols.length];
    int pair = 0;
    for (int i = 0; i < symbols.length; i++) {
      if (numerals[symbols[i] & 0xff] >= 0) {
        throw new IllegalArgumentException("Two numerals have the same byte");
      }
      numerals[symbols[i] & 0xff] = i;
      for (byte second : symbols) {
        pairs[pair++] = (short) (symbols[i] << 8 | (second & 0xff));
      }
    }
  }

  /** The bytes 0 to radix - 1 for themselves. */
  static ByteSymbols ofNumerals(int radix) {
    var symbols = new byte[radix];
    for (int i = 0; i < radix; i++) {
      symbols[i] = (byte) i;
    }
    return new ByteSymbols(symbols);
  }
}
