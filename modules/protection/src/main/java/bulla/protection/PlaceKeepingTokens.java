package bulla.protection;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * Tokens in which digits and letters keep their places, and letters perhaps their case. The letters
 * of a value are one string, its digits another, for which the clear letters and their places are
 * the IV.
 */
final class PlaceKeepingTokens implements TextProtection {
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
    TokenFailures.requireNoIv(externalIv);
    if (clear.isEmpty()) {
      return clear;
    }
    char[] characters = clear.toCharArray();
    requireSymbols(characters);
    byte[] iv = lettersOf(characters);
    convert(characters, letters, Alphabet.ALPHA, new byte[0], true);
    convert(characters, digits, Alphabet.DIGITS, iv, true);
    return new String(characters);
  }

  @Override
  public String unprotect(String token, byte[] externalIv) {
    TokenFailures.requireNoIv(externalIv);
    if (token.isEmpty()) {
      return token;
    }
    char[] characters = token.toCharArray();
    requireSymbols(characters);
    convert(characters, letters, Alphabet.ALPHA, new byte[0], false);
    convert(characters, digits, Alphabet.DIGITS, lettersOf(characters), false);
    return new String(characters);
  }

  private static void requireSymbols(char[] characters) {
    int count = 0;
    for (char character : characters) {
      count += Alphabet.ALPHANUMERIC.number(character) >= 0 ? 1 : 0;
    }
    if (count == 0) {
      throw TokenFailures.tooShort("It needs 1 symbols of its alphabet.");
    }
    if (count > SymbolCipher.MAX_LENGTH) {
      throw TokenFailures.tooLong(
          "It may have " + SymbolCipher.MAX_LENGTH + " symbols of its alphabet.");
    }
  }

  /** The symbols in their order, each digit as a zero. */
  private static byte[] lettersOf(char[] characters) {
    var iv = new StringBuilder();
    for (char character : characters) {
      if (Alphabet.DIGITS.number(character) >= 0) {
        iv.append('0');
      } else if (Alphabet.ALPHA.number(character) >= 0) {
        iv.append(character);
      }
    }
    return iv.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private void convert(
      char[] characters, SymbolCipher cipher, Alphabet replaced, byte[] iv, boolean encrypt) {
    var symbols = new byte[characters.length];
    int count = 0;
    for (char character : characters) {
      if (replaced.number(character) >= 0) {
        char symbol = keepCase ? Character.toLowerCase(character) : character;
        symbols[count++] = (byte) cipher.alphabet().number(symbol);
      }
    }
    if (count == 0) {
      return;
    }
    if (encrypt) {
      cipher.encrypt(symbols, count, iv);
    } else {
      cipher.decrypt(symbols, count, iv);
    }
    for (int i = 0, next = 0; i < characters.length; i++) {
      if (replaced.number(characters[i]) >= 0) {
        char symbol = cipher.alphabet().symbol(symbols[next++]);
        characters[i] =
            keepCase && Alphabet.UPPER_ALPHA.number(characters[i]) >= 0
                ? Character.toUpperCase(symbol)
                : symbol;
      }
    }
  }

  @Override
  public BitSet protectedPositions(String clear) {
    return Alphabet.ALPHANUMERIC.positions(clear, 0, clear.length());
  }
}
