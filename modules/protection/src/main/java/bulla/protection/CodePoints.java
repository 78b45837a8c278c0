package bulla.protection;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * An alphabet of Unicode code points, each with its number from 0 in ascending order. Its text form
 * lists ranges in ascending order, hexadecimal: {@code 0041-005A,00DF}. Immutable.
 */
public final class CodePoints {
  /** The fewest symbols of an alphabet. */
  public static final int FEWEST = 10;

  /** The most symbols of an alphabet. */
  public static final int MOST = 100_000;

  private static final int LOWEST = 0x20;
  private static final int HIGHEST = 0x3FFFF;
  private static final Pattern RANGE = Pattern.compile("[0-9A-F]{4,5}(-[0-9A-F]{4,5})?");

  private final String text;
  private final int[] first;
  private final int[] last;

  /** The number of each range's first code point, and behind them the number of all. */
  private final int[] numbers;

  private CodePoints(String text, int[] first, int[] last, int[] numbers) {
    this.text = text;
    this.first = first;
    this.last = last;
    this.numbers = numbers;
  }

  /**
   * An alphabet from its text form.
   *
   * @throws IllegalArgumentException when it is not exactly that form, has another code point than
   *     U+0020 to U+3FFFF or a surrogate, or has not {@link #FEWEST} to {@link #MOST} symbols
   */
  public static CodePoints parse(String text) {
    String[] ranges = text.split(",", -1);
    var first = new int[ranges.length];
    var last = new int[ranges.length];
    var numbers = new int[ranges.length + 1];
    for (int i = 0; i < ranges.length; i++) {
      require(RANGE.matcher(ranges[i]).matches(), "ranges of hexadecimal code points");
      String[] ends = ranges[i].split("-", -1);
      first[i] = Integer.parseInt(ends[0], 16);
      last[i] = Integer.parseInt(ends[ends.length - 1], 16);
      require(first[i] >= LOWEST && last[i] <= HIGHEST, "code points from U+0020 to U+3FFFF");
      require(
          last[i] < Character.MIN_SURROGATE || first[i] > Character.MAX_SURROGATE, "no surrogate");
      require(ends.length == 1 || first[i] < last[i], "ranges of several code points");
      // Ranges that touch would be a second spelling of one.
      require(i == 0 || first[i] > last[i - 1] + 1, "ranges in ascending order, apart");
      numbers[i + 1] = numbers[i] + last[i] - first[i] + 1;
    }
    int size = numbers[ranges.length];
    require(size >= FEWEST && size <= MOST, FEWEST + " to " + MOST + " symbols");
    return new CodePoints(text, first, last, numbers);
  }

  private static void require(boolean holds, String wanted) {
    if (!holds) {
      throw new IllegalArgumentException("An alphabet has " + wanted);
    }
  }

  /** How many symbols there are. */
  public int size() {
    return numbers[first.length];
  }

  /** How many symbols there are between two indexes of chars. */
  int count(String text, int start, int end) {
    int count = 0;
    for (int i = start; i < end; ) {
      int point = text.codePointAt(i);
      count += number(point) >= 0 ? 1 : 0;
      i += Character.charCount(point);
    }
    return count;
  }

  /** A code point's number, or -1 when it is no symbol: a delimiter. */
  int number(int codePoint) {
    int found = Arrays.binarySearch(first, codePoint);
    int range = found >= 0 ? found : -found - 2;
    return range >= 0 && codePoint <= last[range] ? numbers[range] + codePoint - first[range] : -1;
  }

  /** The code point of a number from 0 to {@code size() - 1}. */
  int codePoint(int number) {
    int found = Arrays.binarySearch(numbers, number);
    int range = found >= 0 ? found : -found - 2;
    return first[range] + number - numbers[range];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodePoints codePoints && text.equals(codePoints.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The text form. */
  @Override
  public String toString() {
    return text;
  }
}
