package bulla.protection;

import java.util.Arrays;

/**
 * The step in front of tokens that do not preserve length: the text of {@code n} symbols is read as
 * a number in base N + 1 whose digits are the symbols' numbers plus one, so that no digit is zero
 * and texts of different lengths are different numbers; the number is then written in base N with
 * as many digits as {@code n} symbols can need. From this follow the published limits: 3933 digits,
 * and 4080 alphanumeric symbols, become 4096.
 */
final class LongerText {
  private static final double LIMB_BITS = 32;
  private static final long LIMB = 0xffff_ffffL;

  private final int base;
  private final int radix;
  private final int block;
  private final double growth;
  private final double bits;
  private final Chunks ofBase;
  private final Chunks ofRadix;
  private final int maxLength;

  /** How many digits of a base are multiplied or divided by at a time, and their base. */
  private record Chunks(int digits, int unit) {
    static Chunks of(int base) {
      int digits = 1;
      long unit = base;
      while (unit * base <= Integer.MAX_VALUE) {
        unit *= base;
        digits++;
      }
      return new Chunks(digits, (int) unit);
    }
  }

  LongerText(int radix, int block) {
    this(radix, radix, block);
  }

  /** The same, of symbols of another alphabet, of {@code source} symbols. */
  LongerText(int source, int radix, int block) {
    this.base = source + 1;
    this.radix = radix;
    this.block = block;
    this.growth = Math.log(base) / Math.log(radix);
    this.bits = Math.log(radix) / Math.log(2);
    this.ofBase = Chunks.of(base);
    this.ofRadix = Chunks.of(radix);
    this.maxLength = (int) (SymbolCipher.MAX_LENGTH / growth);
  }

  /** The largest number of symbols whose longer form has at most 4096. */
  int maxLength() {
    return maxLength;
  }

  /** How long {@code length} symbols become: the least m with N^m >= (N + 1)^length, or a block. */
  int longerLength(int length) {
    return Math.max(block, (int) Math.ceil(length * growth));
  }

  /** By how many symbols a longer form is longer at most. */
  int mostMore() {
    return Math.max(block, SymbolCipher.MAX_LENGTH - maxLength);
  }

  /**
   * Puts the longer form of the first {@code length} symbols into their place.
   *
   * @return its length, {@link #longerLength}, for which the array has room
   */
  int encode(int[] symbols, int length) {
    int longer = longerLength(length);
    int[] limbs = limbs(longer);
    int used = read(limbs, symbols, length, base, ofBase, 1);
    Arrays.fill(symbols, 0, longer, 0);
    int to = longer;
    while (used > 0) {
      int part = divide(limbs, used, ofRadix.unit);
      used = withoutZeros(limbs, used);
      for (int i = to - 1; part != 0; i--) {
        symbols[i] = part % radix;
        part /= radix;
      }
      to -= ofRadix.digits;
    }
    return longer;
  }

  /**
   * Puts the symbols that a longer form was made of into its place.
   *
   * @return how many they are, or 0 when it was not made by {@link #encode}
   */
  int decode(int[] longer, int length) {
    int[] limbs = limbs(length);
    int used = read(limbs, longer, length, radix, ofRadix, 0);
    int from = length;
    boolean complete = true;
    while (used > 0) {
      int part = divide(limbs, used, ofBase.unit);
      used = withoutZeros(limbs, used);
      for (int i = 0; i < ofBase.digits && (part != 0 || used > 0); i++) {
        int digit = part % base;
        complete &= digit != 0;
        from--;
        longer[from] = digit - 1;
        part /= base;
      }
    }
    int count = length - from;
    System.arraycopy(longer, from, longer, 0, count);
    return complete && longerLength(count) == length ? count : 0;
  }

  /** Room for a number of so many digits in base N, as 32-bit limbs, the lowest first. */
  private int[] limbs(int digits) {
    return Scratch.own().limbs((int) (digits * bits / LIMB_BITS) + 2);
  }

  /** Reads a number; returns how many limbs it takes. */
  private static int read(
      int[] limbs, int[] symbols, int length, int base, Chunks chunks, int added) {
    int used = 0;
    int to = length % chunks.digits;
    for (int from = 0; from < length; from = to, to += chunks.digits) {
      long carry = 0;
      for (int i = from; i < to; i++) {
        carry = carry * base + symbols[i] + added;
      }
      for (int i = 0; i < used; i++) {
        carry += (limbs[i] & LIMB) * chunks.unit;
        limbs[i] = (int) carry;
        carry >>>= 32;
      }
      if (carry != 0) {
        limbs[used++] = (int) carry;
      }
    }
    return used;
  }

  /** Divides the number in place; returns the remainder. */
  private static int divide(int[] limbs, int used, int divisor) {
    long rest = 0;
    for (int i = used - 1; i >= 0; i--) {
      long part = (rest << 32) | (limbs[i] & LIMB);
      long quotient = part / divisor;
      limbs[i] = (int) quotient;
      rest = part - quotient * divisor;
    }
    return (int) rest;
  }

  private static int withoutZeros(int[] limbs, int used) {
    int rest = used;
    while (rest > 0 && limbs[rest - 1] == 0) {
      rest--;
    }
    return rest;
  }
}
