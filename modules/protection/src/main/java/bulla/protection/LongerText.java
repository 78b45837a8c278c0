package bulla.protection;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The step in front of tokens that do not preserve length: the text of {@code n} symbols is read as
 * a number in base N + 1 whose digits are the symbols' numbers plus one, so that no digit is zero
 * and texts of different lengths are different numbers; the number is then written in base N with
 * as many digits as {@code n} symbols can need. From this follow the published limits: 3933 digits,
 * and 4080 alphanumeric symbols, become 4096.
 */
final class LongerText {
  private final int base;
  private final int radix;
  private final int block;
  private final double growth;
  private final int symbolsInLong;
  private final int digitsInLong;
  private final int maxLength;

  LongerText(int radix, int block) {
    this(radix, radix, block);
  }

  /** The same, of symbols of another alphabet, of {@code source} symbols. */
  LongerText(int source, int radix, int block) {
    this.base = source + 1;
    this.radix = radix;
    this.block = block;
    this.growth = Math.log(base) / Math.log(radix);
    this.symbolsInLong = (int) (62 / log2(base));
    this.digitsInLong = (int) (62 / log2(radix));
    this.maxLength = (int) (SymbolCipher.MAX_LENGTH / growth);
  }

  private static double log2(int number) {
    return Math.log(number) / Math.log(2);
  }

  /** The largest number of symbols whose longer form has at most 4096. */
  int maxLength() {
    return maxLength;
  }

  /** How long {@code length} symbols become: the least m with N^m >= (N + 1)^length, or a block. */
  int longerLength(int length) {
    return Math.max(block, (int) Math.ceil(length * growth));
  }

  int[] encode(int[] symbols, int length) {
    var longer = new int[longerLength(length)];
    if (length <= symbolsInLong) {
      writeRight(longer, longer.length, number(symbols, 0, length, base, 1));
      return longer;
    }
    BigInteger number = wideNumber(symbols, length, base, symbolsInLong, 1);
    BigInteger unit = BigInteger.valueOf(radix).pow(digitsInLong);
    for (int to = longer.length; number.signum() != 0; to -= digitsInLong) {
      BigInteger[] parts = number.divideAndRemainder(unit);
      writeRight(longer, to, parts[1].longValueExact());
      number = parts[0];
    }
    return longer;
  }

  /**
   * The symbols that {@code longer} was made of, or none when it was not made by {@link #encode}.
   */
  int[] decode(int[] longer, int length) {
    var symbols = new int[length];
    int from = length;
    boolean complete = true;
    if (length <= digitsInLong) {
      long number = number(longer, 0, length, radix, 0);
      while (number != 0) {
        long rest = number / base;
        long digit = number - rest * base;
        complete &= digit != 0;
        from--;
        symbols[from] = (int) digit - 1;
        number = rest;
      }
    } else {
      BigInteger number = wideNumber(longer, length, radix, digitsInLong, 0);
      BigInteger unit = BigInteger.valueOf(base).pow(symbolsInLong);
      while (number.signum() != 0) {
        BigInteger[] parts = number.divideAndRemainder(unit);
        number = parts[0];
        long part = parts[1].longValueExact();
        for (int i = 0; i < symbolsInLong && (part != 0 || number.signum() != 0); i++) {
          long digit = part % base;
          complete &= digit != 0;
          from--;
          symbols[from] = (int) digit - 1;
          part /= base;
        }
      }
    }
    int[] decoded = Arrays.copyOfRange(symbols, from, length);
    boolean made = complete && longerLength(decoded.length) == length;
    return made ? decoded : new int[0];
  }

  private static long number(int[] symbols, int from, int to, int radix, int added) {
    long number = 0;
    for (int i = from; i < to; i++) {
      number = number * radix + symbols[i] + added;
    }
    return number;
  }

  private static BigInteger wideNumber(
      int[] symbols, int length, int radix, int inLong, int added) {
    BigInteger unit = BigInteger.valueOf(radix).pow(inLong);
    int to = length % inLong;
    BigInteger number = BigInteger.valueOf(number(symbols, 0, to, radix, added));
    for (int from = to; from < length; from += inLong) {
      long part = number(symbols, from, from + inLong, radix, added);
      number = number.multiply(unit).add(BigInteger.valueOf(part));
    }
    return number;
  }

  private void writeRight(int[] digits, int to, long number) {
    long rest = number;
    for (int i = to - 1; rest != 0; i--) {
      long next = rest / radix;
      digits[i] = (int) (rest - next * radix);
      rest = next;
    }
  }
}
