package bulla.protection;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Tokens in which digits and letters keep their places, and letters perhaps their case. The letters
 * of a value are one string, its digits another, for which the clear letters and their places are
 * the IV.
 */
final class PlaceKeepingTokens implements TextProtection {
  private static final byte[] NO_IV = {};

  private final SymbolCipher letters;
  private final SymbolCipher digits;
  private final boolean keepCase;

  /**
   * @param letters of ASCII letters, small ones alone where the case is kept
   */
  PlaceKeepingTokens(SymbolCipher letters, SymbolCipher digits, boolean keepCase) {
    this.letters = letters;
    this.digits = digits;
    this.keepCase = keepCase;
  }

  @Override
  public String protect(String clear, byte[] externalIv) {
    return convert(clear, externalIv, true);
  }

  @Override
  public String unprotect(String token, byte[] externalIv) {
    return convert(token, externalIv, false);
  }

  private String convert(String value, byte[] externalIv, boolean protect) {
    TokenFailures.requireNoIv(externalIv);
    if (value.isEmpty()) {
      return value;
    }
    int count = symbols(value);
    int length = value.length();
    Scratch scratch = Scratch.of(length, count);
    try {
      value.getChars(0, length, scratch.characters, 0);
      return convert(value, count, scratch.characters, scratch.symbols, protect);
    } finally {
      scratch.wipe(length);
    }
  }

  /** How many symbols there are; fails where none or too many are. */
  private static int symbols(String value) {
    int count = Alphabet.ALPHANUMERIC.count(value, 0, value.length());
    if (count == 0) {
      throw TokenFailures.tooShort("It needs 1 symbols of its alphabet.");
    }
    if (count > SymbolCipher.MAX_LENGTH) {
      throw TokenFailures.tooLong(
          "It may have " + SymbolCipher.MAX_LENGTH + " symbols of its alphabet.");
    }
    return count;
  }

  /** The same with the characters of the value and room for its symbols. */
  private String convert(
      String value, int count, char[] characters, byte[] symbols, boolean protect) {
    int length = value.length();
    byte[] iv = Scratch.own().iv(count);
    try {
      if (protect) {
        readLetters(characters, length, iv);
        replaceLetters(characters, length, symbols, true);
      } else {
        replaceLetters(characters, length, symbols, false);
        readLetters(characters, length, iv);
      }
      replaceDigits(characters, length, symbols, iv, protect);
      return new String(characters, 0, length);
    } finally {
      // Unlike other IVs, this one is of what does not stay clear.
      Arrays.fill(iv, (byte) 0);
    }
  }

  /** Makes the IV the symbols in their order, each digit as a zero. */
  private static void readLetters(char[] characters, int length, byte[] iv) {
    int next = 0;
    for (int i = 0; i < length; i++) {
      if (Alphabet.DIGITS.number(characters[i]) >= 0) {
        iv[next++] = '0';
      } else if (Alphabet.ALPHA.number(characters[i]) >= 0) {
        iv[next++] = (byte) characters[i];
      }
    }
  }

  private void replaceLetters(char[] characters, int length, byte[] symbols, boolean encrypt) {
    int count = 0;
    for (int i = 0; i < length; i++) {
      if (Alphabet.ALPHA.number(characters[i]) >= 0) {
        char symbol = keepCase ? Character.toLowerCase(characters[i]) : characters[i];
        symbols[count++] = (byte) letters.alphabet().number(symbol);
      }
    }
    if (count == 0) {
      return;
    }
    if (encrypt) {
      letters.encrypt(symbols, count, NO_IV);
    } else {
      letters.decrypt(symbols, count, NO_IV);
    }
    for (int i = 0, next = 0; i < length; i++) {
      if (Alphabet.ALPHA.number(characters[i]) >= 0) {
        char symbol = letters.alphabet().symbol(symbols[next++]);
        boolean upper = keepCase && Alphabet.UPPER_ALPHA.number(characters[i]) >= 0;
        characters[i] = upper ? Character.toUpperCase(symbol) : symbol;
      }
    }
  }

  private void replaceDigits(
      char[] characters, int length, byte[] symbols, byte[] iv, boolean encrypt) {
    int count = 0;
    for (int i = 0; i < length; i++) {
      if (Alphabet.DIGITS.number(characters[i]) >= 0) {
        symbols[count++] = (byte) (characters[i] - '0');
      }
    }
    if (count == 0) {
      return;
    }
    int[] offsets = digits.offsetsOfSecret(count, iv);
    try {
      if (encrypt) {
        digits.encrypt(symbols, count, offsets);
      } else {
        digits.decrypt(symbols, count, offsets);
      }
    } finally {
      Arrays.fill(offsets, 0);
    }
    for (int i = 0, next = 0; i < length; i++) {
      if (Alphabet.DIGITS.number(characters[i]) >= 0) {
        characters[i] = (char) ('0' + symbols[next++]);
      }
    }
  }

  @Override
  public BitSet protectedPositions(String clear) {
    return Alphabet.ALPHANUMERIC.positions(clear, 0, clear.length());
  }
}
