package bulla.protection;

import java.util.Arrays;
import java.util.BitSet;

/** Tokens of dates: a day's number is replaced by another day's. */
final class DateTokens implements TextProtection {
  private static final int LENGTH = 10;
  private static final byte[] NO_IV = {};

  private final NumberCipher cipher;
  private final int yearAt;
  private final int monthAt;
  private final int dayAt;
  private final int firstSeparator;
  private final int secondSeparator;

  DateTokens(SymbolCipher cipher, DateToken method) {
    this.cipher = new NumberCipher(cipher);
    this.yearAt = method.format().indexOf('Y');
    this.monthAt = method.format().indexOf('M');
    this.dayAt = method.format().indexOf('D');
    this.firstSeparator = yearAt == 0 ? 4 : 2;
    this.secondSeparator = yearAt == 0 ? 7 : 5;
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
    if (value.length() < LENGTH) {
      throw TokenFailures.tooShort("A date has 10 characters.");
    }
    if (value.length() > LENGTH) {
      throw TokenFailures.tooLong("A date has 10 characters.");
    }
    char separator = value.charAt(firstSeparator);
    if ("./-".indexOf(separator) < 0 || value.charAt(secondSeparator) != separator) {
      throw TokenFailures.notValid("It is not a date in the element's notation.");
    }
    int number =
        Days.number(digits(value, yearAt, 4), digits(value, monthAt, 2), digits(value, dayAt, 2));
    if (number < 0) {
      throw TokenFailures.notValid("There is no such date, or it is not supported.");
    }
    char[] characters = Scratch.own().characters;
    try {
      value.getChars(0, LENGTH, characters, 0);
      long converted =
          protect
              ? cipher.encrypt(number, Days.COUNT, characters, 0, 0, NO_IV)
              : cipher.decrypt(number, Days.COUNT, characters, 0, 0, NO_IV);
      int date = Days.date((int) converted);
      write(characters, yearAt, 4, Days.year(date));
      write(characters, monthAt, 2, Days.month(date));
      write(characters, dayAt, 2, Days.day(date));
      return new String(characters, 0, LENGTH);
    } finally {
      Arrays.fill(characters, 0, LENGTH, '\0');
    }
  }

  /** The number that some digits show. */
  static int digits(String value, int at, int count) {
    int number = 0;
    for (int i = at; i < at + count; i++) {
      int digit = Alphabet.DIGITS.number(value.charAt(i));
      if (digit < 0) {
        throw TokenFailures.notValid("It is not a date in the element's notation.");
      }
      number = number * 10 + digit;
    }
    return number;
  }

  static void write(char[] characters, int at, int count, int number) {
    int rest = number;
    for (int i = at + count - 1; i >= at; i--) {
      characters[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }

  @Override
  public BitSet protectedPositions(String clear) {
    return Alphabet.DIGITS.positions(clear, 0, clear.length());
  }
}
