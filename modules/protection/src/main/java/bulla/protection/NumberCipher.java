package bulla.protection;

import java.util.Arrays;

/**
 * A secret permutation of the numbers below a limit, with some digits behind them: the decimal
 * digits go through the tables until the number is below the limit again. That ends after ten times
 * on average at most, and is one to one, as every way through a permutation that begins below the
 * limit comes back there.
 */
final class NumberCipher {
  private final SymbolCipher cipher;

  /** For a cipher of digits. */
  NumberCipher(SymbolCipher cipher) {
    this.cipher = cipher;
  }

  /**
   * Replaces a number and the digits behind it.
   *
   * @param tail digits from 0 to 9, changed in place
   * @return the number that takes its place
   */
  long encrypt(long number, long limit, byte[] tail, byte[] iv) {
    return convert(number, limit, tail, iv, true);
  }

  /** Undoes {@link #encrypt}. */
  long decrypt(long number, long limit, byte[] tail, byte[] iv) {
    return convert(number, limit, tail, iv, false);
  }

  private long convert(long number, long limit, byte[] tail, byte[] iv, boolean encrypt) {
    int digits = 1;
    for (long least = 10; least < limit; least *= 10) {
      digits++;
    }
    int length = digits + tail.length;
    byte[] symbols = Scratch.own().symbols;
    try {
      long rest = number;
      for (int i = digits - 1; i >= 0; i--) {
        symbols[i] = (byte) (rest % 10);
        rest /= 10;
      }
      System.arraycopy(tail, 0, symbols, digits, tail.length);
      long converted;
      do {
        if (encrypt) {
          cipher.encrypt(symbols, length, iv);
        } else {
          cipher.decrypt(symbols, length, iv);
        }
        converted = 0;
        for (int i = 0; i < digits; i++) {
          converted = converted * 10 + symbols[i];
        }
      } while (converted >= limit);
      System.arraycopy(symbols, digits, tail, 0, tail.length);
      return converted;
    } finally {
      Arrays.fill(symbols, 0, length, (byte) 0);
    }
  }
}
