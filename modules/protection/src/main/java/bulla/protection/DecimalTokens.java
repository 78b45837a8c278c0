package bulla.protection;

import java.util.BitSet;

/**
 * Tokens of decimal numbers: n digits are a number in base 10, which is written with the least m
 * digits in base 9 that hold all such numbers, one to nine. Each n has another m, so leading zeros
 * come back.
 */
final class DecimalTokens implements TextProtection {
  private static final double GROWTH = Math.log(10) / Math.log(9);
  private static final byte[] NO_IV = {};

  private final SymbolCipher cipher;
  private final int minLength;
  private final int maxLength;

  DecimalTokens(SymbolCipher cipher, DecimalToken method) {
    this.cipher = cipher;
    this.minLength = method.minLength();
    this.maxLength = method.maxLength();
  }

  @Override
  public String protect(String clear, byte[] externalIv) {
    TokenFailures.requireNoIv(externalIv);
    if (clear.isEmpty()) {
      return clear;
    }
    int length = digits(clear);
    if (length < minLength) {
      throw TokenFailures.tooShort("It needs " + minLength + " digits.");
    }
    if (length > maxLength) {
      throw TokenFailures.tooLong("It may have " + maxLength + " digits.");
    }
    return convert(clear, length, longer(length), true);
  }

  @Override
  public String unprotect(String token, byte[] externalIv) {
    TokenFailures.requireNoIv(externalIv);
    if (token.isEmpty()) {
      return token;
    }
    int longer = digits(token);
    int length = (int) (longer / GROWTH);
    if (length < minLength || length > maxLength || longer(length) != longer) {
      throw notAToken();
    }
    return convert(token, longer, length, false);
  }

  static int longer(int length) {
    return (int) Math.ceil(length * GROWTH);
  }

  private static ProtectionException notAToken() {
    return TokenFailures.notValid("It is not a token of this data element.");
  }

  /** How many digits a decimal number has; fails when it is none. */
  private static int digits(String value) {
    int count = 0;
    boolean separated = false;
    for (int i = hasSign(value) ? 1 : 0; i < value.length(); i++) {
      if (Alphabet.DIGITS.number(value.charAt(i)) >= 0) {
        count++;
      } else if (isSeparator(value.charAt(i)) && !separated) {
        separated = true;
      } else {
        throw TokenFailures.notValid("It is not a decimal number.");
      }
    }
    if (count == 0) {
      throw TokenFailures.tooShort("It has no digit.");
    }
    return count;
  }

  private static boolean hasSign(String value) {
    return value.charAt(0) == '-' || value.charAt(0) == '+';
  }

  private static boolean isSeparator(char character) {
    return character == '.' || character == ',';
  }

  /** Makes a decimal number of {@code count} digits one of {@code others}, 38 at most. */
  private String convert(String value, int count, int others, boolean protect) {
    Scratch scratch = Scratch.own();
    char[] characters = scratch.characters;
    byte[] symbols = scratch.symbols;
    int length = value.length();
    try {
      value.getChars(0, length, characters, 0);
      Alphabet alphabet = protect ? Alphabet.DIGITS : cipher.alphabet();
      int first = hasSign(value) ? 1 : 0;
      int separatorAt = -1;
      for (int i = first, next = 0; i < length; i++) {
        if (isSeparator(characters[i])) {
          separatorAt = i;
        } else {
          int number = alphabet.number(characters[i]);
          if (number < 0) {
            throw notAToken();
          }
          symbols[next++] = (byte) number;
        }
      }
      if (protect) {
        rewrite(symbols, count, 10, others, 9, scratch.number);
        cipher.encrypt(symbols, others, NO_IV);
      } else {
        cipher.decrypt(symbols, count, NO_IV);
        rewrite(symbols, count, 9, others, 10, scratch.number);
      }
      int more = others - count;
      if (separatorAt >= 0) {
        char separator = characters[separatorAt];
        separatorAt += more;
        if (separatorAt < first) {
          throw notAToken();
        }
        characters[separatorAt] = separator;
      }
      Alphabet ofResult = protect ? cipher.alphabet() : Alphabet.DIGITS;
      for (int i = first, next = 0; next < others; i++) {
        if (i != separatorAt) {
          characters[i] = ofResult.symbol(symbols[next++]);
        }
      }
      return new String(characters, 0, length + more);
    } finally {
      scratch.wipe(length);
    }
  }

  /** Writes a number in another base; fails when it has too many digits there. */
  private static void rewrite(
      byte[] digits, int length, int base, int others, int otherBase, Number128 number) {
    number.set(0, 0);
    for (int i = 0; i < length; i++) {
      number.multiplyAndAdd(base, digits[i]);
    }
    for (int i = others - 1; i >= 0; i--) {
      digits[i] = (byte) number.divide(otherBase);
    }
    if (!number.isZero()) {
      throw notAToken();
    }
  }

  @Override
  public BitSet protectedPositions(String clear) {
    return Alphabet.DIGITS.positions(clear, 0, clear.length());
  }
}
