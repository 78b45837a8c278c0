package bulla.protection;

import java.math.BigInteger;

/**
 * A divisor with its reciprocal: a division by the processor takes as long as AES does for a block.
 *
 * <p>Exact for numbers below 2^62: with {@code 2^s < value <= 2^(s+1)} the reciprocal, {@code
 * 2^(63+s) / value} rounded up, is below 2^63, and what rounding adds to a quotient is less than
 * {@code 1 / value} (T. Granlund and P. Montgomery, Division by Invariant Integers using
 * Multiplication, 1994, theorem 4.2).
 */
final class Divisor {
  final long value;
  private final long reciprocal;
  private final int shift;

  /** The reciprocal for numbers below 2^31, which the same theorem gives. */
  private final long reciprocalOfSmall;

  /**
   * A divisor.
   *
   * @param value 2 to 2^32
   */
  Divisor(long value) {
    this.value = value;
    this.shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value - 1);
    this.reciprocal = reciprocal(63 + shift);
    this.reciprocalOfSmall = reciprocal(32 + shift);
  }

  /** A power of two divided by the value, rounded up. */
  private long reciprocal(int exponent) {
    BigInteger divisor = BigInteger.valueOf(value);
    return BigInteger.ONE
        .shiftLeft(exponent)
        .add(divisor)
        .subtract(BigInteger.ONE)
        .divide(divisor)
        .longValueExact();
  }

  /** The quotient of a number from 0 to 2^62 - 1, rounded down. */
  long quotient(long number) {
    return Math.multiplyHigh(number << 1, reciprocal) >>> shift;
  }

  /**
   * Divides many numbers of that range, which become the quotients.
   *
   * @param below a number that none of them reaches; where it is at most 2^31, the platform can
   *     divide several at a time
   */
  void divide(long[] numbers, long[] remainders, int count, long below) {
    long divisor = value;
    if (below > 1L << 31) {
      for (int i = 0; i < count; i++) {
        long quotient = quotient(numbers[i]);
        remainders[i] = numbers[i] - quotient * divisor;
        numbers[i] = quotient;
      }
      return;
    }
    long multiplier = reciprocalOfSmall;
    int places = 32 + shift;
    for (int i = 0; i < count; i++) {
      long number = numbers[i];
      long quotient = (number * multiplier) >>> places;
      remainders[i] = number - quotient * divisor;
      numbers[i] = quotient;
    }
  }
}
