package bulla.protection;

import static bulla.protection.Keys.NO_IV;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumberCipherTest {
  private static final char[] NONE = {};

  private final SymbolCipher digits =
      new SymbolCipher(
          Alphabet.DIGITS,
          3,
          SymbolCipher.MAX_LENGTH,
          Tokenizer.SLT_2_3,
          Keys.KEY,
          new ElementTables(TableMemory.ofBytes(1_000_000)));
  private final NumberCipher numbers = new NumberCipher(digits);

  private int throughTheTables(int number) {
    byte[] symbols = {(byte) (number / 100), (byte) (number / 10 % 10), (byte) (number % 10)};
    digits.encrypt(symbols, 3, NO_IV);
    return symbols[0] * 100 + symbols[1] * 10 + symbols[2];
  }

  /** As many digits as the largest number has go through the tables until they are below it. */
  @Test
  void allNumbersBelowALimitHaveTheirOwn() {
    for (int limit : new int[] {999, 1000, 731}) {
      for (int number = 0; number < limit; number++) {
        int expected = throughTheTables(number);
        while (expected >= limit) {
          expected = throughTheTables(expected);
        }
        long encrypted = numbers.encrypt(number, limit, NONE, 0, 0, NO_IV);
        assertThat(encrypted).isEqualTo(expected);
        assertThat(numbers.decrypt(encrypted, limit, NONE, 0, 0, NO_IV)).isEqualTo(number);
      }
    }
  }

  @Test
  void theDigitsBehindANumberTakePart() {
    char[] tail = ".709.".toCharArray();
    long encrypted = numbers.encrypt(365, 366, tail, 1, 4, NO_IV);
    byte[] symbols = {3, 6, 5, 7, 0, 9};
    do {
      digits.encrypt(symbols, 6, NO_IV);
    } while (symbols[0] * 100 + symbols[1] * 10 + symbols[2] >= 366);
    assertThat(encrypted).isEqualTo(symbols[0] * 100 + symbols[1] * 10 + symbols[2]);
    assertThat(tail)
        .isEqualTo(".%d%d%d.".formatted(symbols[3], symbols[4], symbols[5]).toCharArray());
    assertThat(numbers.decrypt(encrypted, 366, tail, 1, 4, NO_IV)).isEqualTo(365);
    assertThat(tail).isEqualTo(".709.".toCharArray());
  }
}
