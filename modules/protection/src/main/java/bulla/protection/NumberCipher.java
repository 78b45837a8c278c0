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
   * @param characters of which those from {@code from} to {@code to} are these digits, changed in
   *     place
   * @return the number that takes its place
   */
  long encrypt(long number, long limit, char[] characters, int from, int to, byte[] iv) {
    return convert(number, limit, characters, from, to, iv, true);
  }

  /** Undoes {@link #encrypt}. */
  long decrypt(long number, long limit, char[] characters, int from, int to, byte[] iv) {
    return convert(number, limit, characters, from, to, iv, false);
  }

  private long convert(
      long number, long limit, char[] characters, int from, int to, byte[] iv, boolean encrypt) {
    int digits = 1;
    for (long least = 10; least < limit; least *= 10) {
      digits++;
    }
    int length = digits + to - from;
    byte[] symbols = Scratch.own().symbols;
    try {
      long rest = number;
      for (int i = digits - 1; i >= 0; i--) {
        symbols[i] = (byte) (rest % 10);
        rest /= 10;
      }
      for (int i = from, at = digits; i < to; i++, at++) {
        symbols[at] = (byte) (characters[i] - '0');
      }
      int[] offsets = cipher.offsets(length, iv);
      long converted;
      do {
        if (encrypt) {
          cipher.encrypt(symbols, length, offsets);
        } else {
          cipher.decrypt(symbols, length, offsets);
        }
        converted = 0;
        for (int i = 0; i < digits; i++) {
          converted = converted * 10 + symbols[i];
        }
      } while (converted >= limit);
      for (int i = from, at = digits; i < to; i++, at++) {
        characters[i] = (char) ('0' + symbols[at]);
      }
      return converted;
    } finally {
      Arrays.fill(symbols, 0, length, (byte) 0);
    }
  }
}
