package bulla.protection;

import java.math.BigInteger;

/**
 * A signed number of 128 bits that can be changed: what decimals are rewritten with, and FF1
 * computes with where a half of a value has too many bits for a {@code long}. Results that need
 * more bits lose the highest.
 */
final class Number128 {
  private static final long LOW_WORD = 0xffffffffL;

  private long high;
  private long low;

  long high() {
    return high;
  }

  long low() {
    return low;
  }

  void set(long newHigh, long newLow) {
    high = newHigh;
    low = newLow;
  }

  void add(Number128 other) {
    add(other.high, other.low);
  }

  private void add(long otherHigh, long otherLow) {
    low += otherLow;
    high += otherHigh + (Long.compareUnsigned(low, otherLow) < 0 ? 1 : 0);
  }

  void subtract(Number128 other) {
    subtract(other.high, other.low);
  }

  private void subtract(long otherHigh, long otherLow) {
    high -= otherHigh + (Long.compareUnsigned(low, otherLow) < 0 ? 1 : 0);
    low -= otherLow;
  }

  /** This times a factor that is not negative, plus a number that is not. */
  void multiplyAndAdd(int factor, int added) {
    high = high * factor + timesHigh(low, factor);
    low *= factor;
    add(0, added);
  }

  /** Divides a number that is not negative by a positive one; returns the remainder. */
  int divide(int divisor) {
    long first = high / divisor;
    long upper = (high - first * divisor) << 32 | low >>> 32;
    long second = upper / divisor;
    long lower = (upper - second * divisor) << 32 | (low & LOW_WORD);
    long third = lower / divisor;
    high = first;
    low = second << 32 | third;
    return (int) (lower - third * divisor);
  }

  boolean isZero() {
    return (high | low) == 0;
  }

  /** The upper 64 bits of the product of an unsigned number and one that is not negative. */
  private static long timesHigh(long unsigned, long factor) {
    return Math.multiplyHigh(unsigned, factor) + ((unsigned >> 63) & factor);
  }

  /** A number from 2^33 to 2^120 to reduce by. */
  static final class Modulus {
    private final long high;
    private final long low;
    private final double inverse;

    Modulus(BigInteger value) {
      this.high = value.shiftRight(64).longValueExact();
      this.low = value.longValue();
      this.inverse = 1 / value.doubleValue();
    }

    /** Reduces a sum of two reduced numbers. */
    void reduceSum(Number128 sum) {
      sum.subtract(high, low);
      reduceDifference(sum);
    }

    /** Reduces a difference of two reduced numbers. */
    void reduceDifference(Number128 difference) {
      // Without a branch that half the values would miss.
      long negative = difference.high >> 63;
      difference.add(high & negative, low & negative);
    }

    /**
     * Makes a reduced number the remainder of {@code number * 2^32 + word}, the word unsigned. The
     * quotient is below 2^32, so the floating-point estimate is off by at most one, and the
     * difference is right modulo 2^128.
     */
    void append(Number128 number, int word) {
      long rest = word & LOW_WORD;
      double dividend =
          number.high * 0x1p96
              + (number.low >>> 32) * 0x1p64
              + (number.low & LOW_WORD) * 0x1p32
              + rest;
      long quotient = (long) (dividend * inverse);
      number.high = number.high << 32 | number.low >>> 32;
      number.low = number.low << 32 | rest;
      number.subtract(high * quotient + timesHigh(low, quotient), low * quotient);
      reduceDifference(number);
      reduceSum(number);
    }
  }
}
