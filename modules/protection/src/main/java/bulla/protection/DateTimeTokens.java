package bulla.protection;

import java.util.Arrays;
import java.util.BitSet;

/** Tokens of dates with times: the day's number, and the second's of the day, become others. */
final class DateTimeTokens implements TextProtection {
  private static final int DATE = 10;
  private static final int TIME = 19;
  private static final int FRACTION = 20;
  private static final int SECONDS = 24 * 60 * 60;
  private static final byte[] NO_IV = {};

  private final NumberCipher cipher;
  private final boolean tokenizeTime;
  private final int added;
  private final DateInClear inClear;

  DateTimeTokens(SymbolCipher cipher, DateTimeToken method) {
    this.cipher = new NumberCipher(cipher);
    this.tokenizeTime = method.tokenizeTime();
    this.added = method.distinguishableDate() ? Days.COUNT : 0;
    this.inClear = method.dateInClear();
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
    requireNotation(value);
    int number = number(value, protect ? 0 : added);
    char[] characters = Scratch.own().characters;
    try {
      value.getChars(0, value.length(), characters, 0);
      convert(value, number, characters, protect);
      return new String(characters, 0, value.length());
    } finally {
      Arrays.fill(characters, 0, value.length(), '\0');
    }
  }

  /**
   * Replaces a value in its characters.
   *
   * @param number of its day
   */
  private void convert(String value, int number, char[] characters, boolean protect) {
    int date = Days.date(number);
    int year = Days.year(date);
    int month = Days.month(date);
    boolean withTime = tokenizeTime && value.length() > DATE;

    long days =
        switch (inClear) {
          case NONE -> Days.COUNT;
          case YEAR -> Days.inYear(year);
          case MONTH -> Days.inAll(month);
        };
    long place =
        switch (inClear) {
          case NONE -> number;
          case YEAR -> number - Days.first(year, 1);
          case MONTH -> Days.placeInAll(date, number);
        };
    int fraction = value.length();
    if (withTime) {
      days *= SECONDS;
      place = place * SECONDS + second(value);
      fraction = Math.min(fraction, FRACTION);
    }
    byte[] iv =
        switch (inClear) {
          case NONE -> NO_IV;
          case YEAR -> iv("year ", year);
          case MONTH -> iv("month ", month);
        };
    place =
        protect
            ? cipher.encrypt(place, days, characters, fraction, value.length(), iv)
            : cipher.decrypt(place, days, characters, fraction, value.length(), iv);

    if (withTime) {
      int second = (int) (place % SECONDS);
      place /= SECONDS;
      DateTokens.write(characters, 11, 2, second / 3600);
      DateTokens.write(characters, 14, 2, second / 60 % 60);
      DateTokens.write(characters, 17, 2, second % 60);
    }
    int converted =
        switch (inClear) {
          case NONE -> (int) place + (protect ? added : 0);
          case YEAR -> (int) place + Days.first(year, 1);
          case MONTH -> Days.ofPlace(month, (int) place);
        };
    int written = Days.date(converted);
    DateTokens.write(characters, 0, 4, Days.year(written));
    DateTokens.write(characters, 5, 2, Days.month(written));
    DateTokens.write(characters, 8, 2, Days.day(written));
  }

  private static void requireNotation(String value) {
    int length = value.length();
    if (length < DATE) {
      throw TokenFailures.tooShort("A date has at least 10 characters.");
    }
    if (length > 29) {
      throw TokenFailures.tooLong("A date with its time has at most 29 characters.");
    }
    char separator = value.charAt(4);
    boolean valid = "./-".indexOf(separator) >= 0 && value.charAt(7) == separator;
    if (length > DATE) {
      valid &= length == TIME || length == 23 || length == 26 || length == 29;
      valid = valid && " T".indexOf(value.charAt(DATE)) >= 0;
      valid = valid && value.charAt(13) == ':' && value.charAt(16) == ':';
      if (length > TIME) {
        valid = valid && ".,".indexOf(value.charAt(TIME)) >= 0;
      }
    }
    if (!valid) {
      throw TokenFailures.notValid("It is not a date in the element's notation.");
    }
    if (length > DATE) {
      second(value);
      for (int i = FRACTION; i < length; i++) {
        DateTokens.digits(value, i, 1);
      }
    }
  }

  /** The number of the day that is written in the value, less what was added to it. */
  private static int number(String value, int added) {
    int year = DateTokens.digits(value, 0, 4);
    int month = DateTokens.digits(value, 5, 2);
    int day = DateTokens.digits(value, 8, 2);
    int number = -1;
    if (added == 0) {
      number = Days.number(year, month, day);
    } else if (year >= Days.LAST_YEAR && month >= 1 && month <= 12) {
      int written = Days.first(year, month) + day - 1;
      boolean exists = Days.date(written) == Days.date(year, month, day);
      boolean inRange = written >= added && written < added + Days.COUNT;
      number = exists && inRange ? written - added : -1;
    }
    if (number < 0) {
      throw TokenFailures.notValid("There is no such date, or it is not supported.");
    }
    return number;
  }

  private static int second(String value) {
    int hour = DateTokens.digits(value, 11, 2);
    int minute = DateTokens.digits(value, 14, 2);
    int second = DateTokens.digits(value, 17, 2);
    if (hour > 23 || minute > 59 || second > 59) {
      throw TokenFailures.notValid("There is no such time of day.");
    }
    return (hour * 60 + minute) * 60 + second;
  }

  /** What stays clear, in ASCII; it stays so until this thread asks for another IV. */
  private static byte[] iv(String name, int number) {
    int digits = number < 10 ? 1 : number < 100 ? 2 : number < 1000 ? 3 : 4;
    byte[] iv = Scratch.own().iv(name.length() + digits);
    for (int i = 0; i < name.length(); i++) {
      iv[i] = (byte) name.charAt(i);
    }
    int rest = number;
    for (int i = iv.length - 1; i >= name.length(); i--) {
      iv[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return iv;
  }

  @Override
  public BitSet protectedPositions(String clear) {
    return Alphabet.DIGITS.positions(clear, 0, clear.length());
  }
}
