package bulla.protection;

import java.math.BigInteger;
import java.util.BitSet;

/**
 * Tokens of decimal numbers: n digits are a number in base 10, which is written with the least m
 * digits in base 9 that hold all such numbers, one to nine. Each n has another m, so leading zeros
 * come back.
 */
final class DecimalTokens implements TextProtection {
  private static final double GROWTH = Math.log(10) / Math.log(9);

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
    Parts parts = parts(clear);
    int length = parts.digits.length();
    if (length < minLength) {
      throw TokenFailures.tooShort("It needs " + minLength + " digits.");
    }
    if (length > maxLength) {
      throw TokenFailures.tooLong("It may have " + maxLength + " digits.");
    }
    var symbols = new byte[longer(length)];
    String base9 = new BigInteger(parts.digits).toString(9);
    for (int i = 0, at = symbols.length - base9.length(); i < base9.length(); i++, at++) {
      symbols[at] = (byte) (base9.charAt(i) - '0');
    }
    cipher.encrypt(symbols, symbols.length, new byte[0]);
    var token = new StringBuilder();
    for (byte symbol : symbols) {
      token.append(cipher.alphabet().symbol(symbol));
    }
    return parts.with(token.toString());
  }

  @Override
  public String unprotect(String token, byte[] externalIv) {
    TokenFailures.requireNoIv(externalIv);
    if (token.isEmpty()) {
      return token;
    }
    Parts parts = parts(token);
    int length = (int) (parts.digits.length() / GROWTH);
    if (length < minLength || length > maxLength || longer(length) != parts.digits.length()) {
      throw notAToken();
    }
    var symbols = new byte[parts.digits.length()];
    for (int i = 0; i < symbols.length; i++) {
      int number = cipher.alphabet().number(parts.digits.charAt(i));
      if (number < 0) {
        throw notAToken();
      }
      symbols[i] = (byte) number;
    }
    cipher.decrypt(symbols, symbols.length, new byte[0]);
    var base9 = new StringBuilder();
    for (byte symbol : symbols) {
      base9.append((char) ('0' + symbol));
    }
    String digits = new BigInteger(base9.toString(), 9).toString();
    if (digits.length() > length || parts.behind > length) {
      throw notAToken();
    }
    return parts.with("0".repeat(length - digits.length()) + digits);
  }

  static int longer(int length) {
    return (int) Math.ceil(length * GROWTH);
  }

  private static ProtectionException notAToken() {
    return TokenFailures.notValid("It is not a token of this data element.");
  }

  /** A number without its sign and separator, and how many of its digits are behind that. */
  private record Parts(String sign, String digits, String separator, int behind) {
    String with(String otherDigits) {
      int before = otherDigits.length() - behind;
      return sign + otherDigits.substring(0, before) + separator + otherDigits.substring(before);
    }
  }

  private static Parts parts(String value) {
    int at = value.charAt(0) == '-' || value.charAt(0) == '+' ? 1 : 0;
    String sign = value.substring(0, at);
    var digits = new StringBuilder();
    String separator = "";
    int before = 0;
    for (; at < value.length(); at++) {
      char character = value.charAt(at);
      if (Alphabet.DIGITS.number(character) >= 0) {
        digits.append(character);
      } else if ((character == '.' || character == ',') && separator.isEmpty()) {
        separator = String.valueOf(character);
        before = digits.length();
      } else {
        throw TokenFailures.notValid("It is not a decimal number.");
      }
    }
    if (digits.isEmpty()) {
      throw TokenFailures.tooShort("It has no digit.");
    }
    int behind = separator.isEmpty() ? 0 : digits.length() - before;
    return new Parts(sign, digits.toString(), separator, behind);
  }

  @Override
  public BitSet protectedPositions(String clear) {
    return Alphabet.DIGITS.positions(clear, 0, clear.length());
  }
}
