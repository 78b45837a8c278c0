package bulla.protection;

/**
 * A number below 2^61 to reduce by, with its reciprocals: a division costs as much as an AES.
 *
 * <p>Each loop over many numbers is short and does nothing but arithmetic on arrays of {@code
 * long}: then the platform computes with several numbers at a time.
 */
final class Modulus {
  /** Up to here, {@link #remainders} can be used. */
  static final long MAX_OF_REMAINDERS = 1L << 32;

  private final long value;
  private final long reciprocal;
  private final double inverse;

  /** 2^32 modulo the value, and what {@link #remainders} divides with, where that can be used. */
  private final long ofWord;

  private final int bits;
  private final long firstReciprocal;
  private final long secondReciprocal;

  Modulus(long value) {
    this.value = value;
    this.reciprocal = Long.divideUnsigned(-1, value);
    this.inverse = 1.0 / value;
    boolean isSmall = value <= MAX_OF_REMAINDERS;
    this.bits = isSmall ? Long.SIZE - Long.numberOfLeadingZeros(value - 1) : 0;
    this.ofWord = isSmall ? (1L << 32) % value : 0;
    this.firstReciprocal = isSmall ? Long.divideUnsigned(1L << (bits + 31), value) : 0;
    this.secondReciprocal = isSmall ? (1L << (bits + 28)) / value : 0;
  }

  long value() {
    return value;
  }

  /** A sum of two reduced numbers, reduced; without a branch that half the values would miss. */
  long reduced(long sum) {
    return raised(sum - value);
  }

  /** A difference of two reduced numbers, reduced. */
  long raised(long difference) {
    return difference + ((difference >> 63) & value);
  }

  /**
   * The remainder of an unsigned number. The reciprocal is at most one too small for 2^64 / value,
   * so the estimated quotient is the right one or one less.
   */
  long remainder(long unsigned) {
    long quotient = Math.multiplyHigh(unsigned, reciprocal) + ((unsigned >> 63) & reciprocal);
    return reduced(unsigned - quotient * value);
  }

  /**
   * The remainder of the 96-bit number {@code high * 2^32 + low}. The quotient of the second
   * division is below 2^32, so the floating-point estimate is off by at most one, and the
   * difference is right modulo 2^64.
   */
  long remainder(long high, int low) {
    long ofHigh = remainder(high);
    long rest = low & 0xffffffffL;
    long quotient = (long) ((ofHigh * 0x1p32 + rest) * inverse);
    return reduced(raised((ofHigh << 32) + rest - quotient * value));
  }

  /**
   * Makes of each of the first {@code count} unsigned numbers its remainder, or that and the
   * modulus.
   *
   * <p>With 2^(bits-1) &lt; value &lt;= 2^bits, what the upper word and the lower stand for is
   * below 2^32 * value. Of that the first quotient is at most four too small: its dividend lacks
   * less than 2^bits, which counts less than two, its reciprocal less than one, which counts less
   * than two, and it is rounded down. So five times the value is not reached, and the second
   * quotient is at most one too small. No product exceeds 2^64.
   *
   * @throws IllegalStateException for a modulus above {@link #MAX_OF_REMAINDERS}
   */
  void remainders(long[] numbers, int count) {
    if (value > MAX_OF_REMAINDERS) {
      throw new IllegalStateException("The modulus is too large for that");
    }
    long divisor = value;
    long multiplier = ofWord;
    long ofFirst = firstReciprocal;
    int shift = bits;
    for (int i = 0; i < count; i++) {
      long number = (numbers[i] >>> 32) * multiplier + (numbers[i] & 0xffffffffL);
      numbers[i] = number - (((number >>> shift) * ofFirst) >>> 31) * divisor;
    }
    long ofSecond = secondReciprocal;
    int secondShift = bits + 28;
    for (int i = 0; i < count; i++) {
      long number = numbers[i];
      numbers[i] = number - ((number * ofSecond) >>> secondShift) * divisor;
    }
  }

  /** Adds numbers below twice the modulus to reduced ones, and reduces the sums. */
  void add(long[] reduced, long[] added, int count) {
    long divisor = value;
    for (int i = 0; i < count; i++) {
      long sum = reduced[i] + added[i] - divisor - divisor;
      sum += (sum >> 63) & divisor;
      reduced[i] = sum + ((sum >> 63) & divisor);
    }
  }

  /** Subtracts numbers below twice the modulus from reduced ones, and reduces the differences. */
  void subtract(long[] reduced, long[] subtracted, int count) {
    long divisor = value;
    for (int i = 0; i < count; i++) {
      long difference = reduced[i] - subtracted[i];
      difference += (difference >> 63) & divisor;
      reduced[i] = difference + ((difference >> 63) & divisor);
    }
  }
}
