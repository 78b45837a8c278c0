package bulla.protection;

import java.util.Arrays;

/**
 * The days from 0600-01-01 to 3337-11-27, counted from 0: those before 1582-10-15 in the Julian
 * calendar, the others in the Gregorian one; 1582-10-05 to 1582-10-14 never were.
 */
final class Days {
  static final int FIRST_YEAR = 600;
  static final int LAST_YEAR = 3337;

  private static final int FIRST = julian(FIRST_YEAR, 1, 1);
  private static final int FIRST_GREGORIAN = gregorian(1582, 10, 15);

  /** How many days there are. */
  static final int COUNT = gregorian(LAST_YEAR, 11, 27) - FIRST + 1;

  /** For each month, how many days of this month are before each year. */
  private static final int[][] OF_MONTH = new int[12][LAST_YEAR - FIRST_YEAR + 2];

  static {
    for (int month = 1; month <= 12; month++) {
      for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
        int next = month == 12 ? first(year + 1, 1) : first(year, month + 1);
        int days = Math.max(0, Math.min(next, COUNT) - first(year, month));
        int[] before = OF_MONTH[month - 1];
        before[year - FIRST_YEAR + 1] = before[year - FIRST_YEAR] + days;
      }
    }
  }

  private Days() {}

  /** The number of a date, or -1 when there is no such day or it is out of range. */
  static int number(int year, int month, int day) {
    int number = count(year, month, day) - FIRST;
    boolean exists = number >= 0 && date(number) == date(year, month, day);
    return exists && number < COUNT ? number : -1;
  }

  /** A day as people write it, as one number: {@code YYYYMMDD}. */
  static int date(int year, int month, int day) {
    return (year * 100 + month) * 100 + day;
  }

  static int year(int date) {
    return date / 10_000;
  }

  static int month(int date) {
    return date / 100 % 100;
  }

  static int day(int date) {
    return date % 100;
  }

  /** The date of a number, also of one behind the last. */
  static int date(int number) {
    int count = number + FIRST;
    int shifted = count + 1401;
    if (count >= FIRST_GREGORIAN) {
      shifted += (4 * count + 274277) / 146097 * 3 / 4 - 38;
    }
    int quarters = 4 * shifted + 3;
    int fifths = 5 * (quarters % 1461 / 4) + 2;
    int day = fifths % 153 / 5 + 1;
    int month = (fifths / 153 + 2) % 12 + 1;
    int year = quarters / 1461 - 4716 + (14 - month) / 12;
    return date(year, month, day);
  }

  /** The number of the first day of a month, perhaps one behind the last day. */
  static int first(int year, int month) {
    return count(year, month, 1) - FIRST;
  }

  /** How many days of a year are in range. */
  static int inYear(int year) {
    return Math.min(first(year + 1, 1), COUNT) - first(year, 1);
  }

  /** How many days there are in all Januaries, for 1, and so on. */
  static int inAll(int month) {
    return OF_MONTH[month - 1][LAST_YEAR - FIRST_YEAR + 1];
  }

  /** Where a date is among all days of its month, from 0. */
  static int placeInAll(int date, int number) {
    int before = OF_MONTH[month(date) - 1][year(date) - FIRST_YEAR];
    return before + number - first(year(date), month(date));
  }

  /** Undoes {@link #placeInAll}: the number of the day. */
  static int ofPlace(int month, int place) {
    int[] before = OF_MONTH[month - 1];
    int found = Arrays.binarySearch(before, place);
    int year = found >= 0 ? found : -found - 2;
    return first(FIRST_YEAR + year, month) + place - before[year];
  }

  private static int count(int year, int month, int day) {
    boolean isGregorian =
        year > 1582 || (year == 1582 && (month > 10 || (month == 10 && day >= 15)));
    return isGregorian ? gregorian(year, month, day) : julian(year, month, day);
  }

  // The usual formulas of the Julian day number at noon; years begin in March.
  private static int gregorian(int year, int month, int day) {
    int before = (14 - month) / 12;
    int years = year + 4800 - before;
    int months = month + 12 * before - 3;
    return day
        + (153 * months + 2) / 5
        + 365 * years
        + years / 4
        - years / 100
        + years / 400
        - 32045;
  }

  private static int julian(int year, int month, int day) {
    int before = (14 - month) / 12;
    int years = year + 4800 - before;
    int months = month + 12 * before - 3;
    return day + (153 * months + 2) / 5 + 365 * years + years / 4 - 32083;
  }
}
