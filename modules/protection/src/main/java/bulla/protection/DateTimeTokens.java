package bulla.protection;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/** Tokens of dates with times: the day's number, and the second's of the day, become others. */
final class DateTimeTokens implements TextProtection {
  private static final int DATE = 10;
  private static final int TIME = 19;
  private static final int SECONDS = 24 * 60 * 60;
  private static final byte[] NO_DIGITS = {};

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
    Days.Date date = Days.date(number);
    boolean withTime = tokenizeTime && value.length() > DATE;

    long days =
        switch (inClear) {
          case NONE -> Days.COUNT;
          case YEAR -> Days.inYear(date.year());
          case MONTH -> Days.inAll(date.month());
        };
    long place =
        switch (inClear) {
          case NONE -> number;
          case YEAR -> number - Days.first(date.year(), 1);
          case MONTH -> Days.placeInAll(date, number);
        };
    byte[] fraction = NO_DIGITS;
    if (withTime) {
      days *= SECONDS;
      place = place * SECONDS + second(value);
      fraction = fraction(value);
    }
    byte[] iv = iv(date);
    place =
        protect
            ? cipher.encrypt(place, days, fraction, iv)
            : cipher.decrypt(place, days, fraction, iv);

    char[] characters = value.toCharArray();
    if (withTime) {
      int second = (int) (place % SECONDS);
      place /= SECONDS;
      DateTokens.write(characters, 11, 2, second / 3600);
      DateTokens.write(characters, 14, 2, second / 60 % 60);
      DateTokens.write(characters, 17, 2, second % 60);
      for (int i = 0; i < fraction.length; i++) {
        characters[TIME + 1 + i] = (char) ('0' + fraction[i]);
      }
    }
    int converted =
        switch (inClear) {
          case NONE -> (int) place + (protect ? added : 0);
          case YEAR -> (int) place + Days.first(date.year(), 1);
          case MONTH -> Days.ofPlace(date.month(), (int) place);
        };
    Days.Date written = Days.date(converted);
    DateTokens.write(characters, 0, 4, written.year());
    DateTokens.write(characters, 5, 2, written.month());
    DateTokens.write(characters, 8, 2, written.day());
    return new String(characters);
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
      fraction(value);
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
      boolean exists = Days.date(written).equals(new Days.Date(year, month, day));
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

  private static byte[] fraction(String value) {
    if (value.length() <= TIME) {
      return NO_DIGITS;
    }
    var fraction = new byte[value.length() - TIME - 1];
    for (int i = 0; i < fraction.length; i++) {
      fraction[i] = (byte) DateTokens.digits(value, TIME + 1 + i, 1);
    }
    return fraction;
  }

  private byte[] iv(Days.Date date) {
    String clear =
        switch (inClear) {
          case NONE -> "";
          case YEAR -> "year " + date.year();
          case MONTH -> "month " + date.month();
        };
    return clear.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public BitSet protectedPositions(String clear) {
    return Alphabet.DIGITS.positions(clear, 0, clear.length());
  }
}
