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

  /**
   * A divisor.
   *
   * @param value 2 to 2^32
   */
  Divisor(long value) {
    this.value = value;
    this.shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value - 1);
    BigInteger divisor = BigInteger.valueOf(value);
    this.reciprocal =
        BigInteger.ONE
            .shiftLeft(63 + shift)
            .add(divisor)
            .subtract(BigInteger.ONE)
            .divide(divisor)
            .longValueExact();
  }

  /** The quotient of a number from 0 to 2^62 - 1, rounded down. */
  long quotient(long number) {
    return Math.multiplyHigh(number << 1, reciprocal) >>> shift;
  }
}
