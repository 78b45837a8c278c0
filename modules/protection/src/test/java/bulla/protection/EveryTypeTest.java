package bulla.protection;

import static bulla.protection.Keys.KEY;
import static bulla.protection.Keys.NO_IV;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.secrets.SecretBytes;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the token types of an alphabet, and the FPE ones, have in common. */
class EveryTypeTest {
  private record Type(
      String symbols, int longest, Protection preserving, Protection strict, Protection longer) {}

  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGITS = "0123456789";

  private final Type[] types = {
    new Type(
        LOWER + UPPER,
        4076,
        of(new AlphaToken(Tokenizer.SLT_1_3, 0, 0, true, AllowShort.YES)),
        of(new AlphaToken(Tokenizer.SLT_2_3, 0, 0, true, null)),
        of(new AlphaToken(Tokenizer.SLT_2_3, 0, 0, false, null))),
    new Type(
        UPPER,
        4049,
        of(new UpperAlphaToken(Tokenizer.SLT_2_3, 0, 0, true, AllowShort.YES)),
        of(new UpperAlphaToken(Tokenizer.SLT_2_3, 0, 0, true, null)),
        of(new UpperAlphaToken(Tokenizer.SLT_1_3, 0, 0, false, null))),
    new Type(
        DIGITS + UPPER,
        4064,
        of(new UpperAlphaNumericToken(Tokenizer.SLT_2_3, 0, 0, true, AllowShort.YES)),
        of(new UpperAlphaNumericToken(Tokenizer.SLT_1_3, 0, 0, true, null)),
        of(new UpperAlphaNumericToken(Tokenizer.SLT_2_3, 0, 0, false, null))),
    new Type(
        characters(0x21, 0x7E),
        4086,
        of(new LowerAsciiToken(null, 0, 0, true, AllowShort.YES)),
        of(new LowerAsciiToken(null, 0, 0, true, null)),
        of(new LowerAsciiToken(null, 0, 0, false, null))),
    new Type(
        (characters(0x20, 0x7E) + characters(0xA0, 0xFF))
            .replace('\u00A4', '\u20AC')
            .replace('\u00A6', '\u0160')
            .replace('\u00A8', '\u0161')
            .replace('\u00B4', '\u017D')
            .replace('\u00B8', '\u017E')
            .replace('\u00BC', '\u0152')
            .replace('\u00BD', '\u0153')
            .replace('\u00BE', '\u0178'),
        4091,
        of(new PrintableToken(null, 0, 0, true, AllowShort.YES)),
        of(new PrintableToken(null, 0, 0, true, null)),
        of(new PrintableToken(null, 0, 0, false, null)))
  };

  private static Protection of(ProtectionMethod method) {
    return Keys.protection(method);
  }

  private static String characters(int first, int last) {
    var range = new StringBuilder();
    for (int i = first; i <= last; i++) {
      range.append((char) i);
    }
    return range.toString();
  }

  private static String text(Random random, String symbols, int length) {
    var text = new StringBuilder();
    random.ints(length, 0, symbols.length()).forEach(i -> text.append(symbols.charAt(i)));
    return text.toString();
  }

  private static byte[] bytes(Random random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Tag("tables")
  @Property(tries = 2)
  void everyLengthComesBackInItsAlphabet(@ForAll Random random) {
    for (int length = 1; length <= 64; length++) {
      byte[] iv = bytes(random, random.nextInt(257));
      for (Type type : types) {
        String clear = text(random, type.symbols, length);
        String token = type.preserving.protect(clear, iv);
        assertThat(token).hasSize(length);
        assertThat(token.chars().allMatch(c -> alphabet(type).number((char) c) >= 0)).isTrue();
        assertThat(type.preserving.unprotect(token, iv)).isEqualTo(clear);
        String longer = type.longer.protect(clear, iv);
        assertThat(longer).hasSizeGreaterThan(length);
        assertThat(type.longer.unprotect(longer, iv)).isEqualTo(clear);
      }
    }
  }

  /** Characters that are no symbols of the type, a pair of surrogates among them. */
  private static List<String> delimiters(Type type) {
    return Stream.of("-", ".", " ", "5", "x", "\n", "\u00E9", "\u0100", "\uD83D\uDE00")
        .filter(one -> alphabet(type).number(one.charAt(0)) < 0)
        .toList();
  }

  private static String withoutSymbols(Type type, String text) {
    return text.codePoints()
        .filter(c -> c > Character.MAX_VALUE || alphabet(type).number((char) c) < 0)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static BitSet places(Type type, String text) {
    return alphabet(type).positions(text, 0, text.length());
  }

  @Tag("tables")
  @Property(tries = 10)
  void delimitersStayInPlace(@ForAll Random random) {
    for (Type type : types) {
      List<String> delimiters = delimiters(type);
      assertThat(delimiters).hasSizeGreaterThan(2);
      for (int pieces = 1; pieces <= 12; pieces++) {
        var clear = new StringBuilder(text(random, type.symbols, 3));
        for (int i = 0; i < pieces; i++) {
          clear.append(delimiters.get(random.nextInt(delimiters.size())));
          clear.append(text(random, type.symbols, random.nextInt(4)));
        }
        String value = clear.toString();
        for (Protection element : List.of(type.preserving, type.strict)) {
          String token = element.protect(value, NO_IV);
          assertThat(places(type, token)).isEqualTo(places(type, value));
          assertThat(withoutSymbols(type, token)).isEqualTo(withoutSymbols(type, value));
          assertThat(element.unprotect(token, NO_IV)).isEqualTo(value);
        }
        String longer = type.longer.protect(value, NO_IV);
        assertThat(withoutSymbols(type, longer)).isEqualTo(withoutSymbols(type, value));
        // What the token has more stands behind its last symbol.
        int last = places(type, value).length() - 1;
        assertThat(places(type, longer).get(0, last + 1)).isEqualTo(places(type, value));
        assertThat(type.longer.unprotect(longer, NO_IV)).isEqualTo(value);
      }
    }
  }

  private static Alphabet alphabet(Type type) {
    return switch (type.longest) {
      case 4076 -> Alphabet.ALPHA;
      case 4049 -> Alphabet.UPPER_ALPHA;
      case 4064 -> Alphabet.UPPER_ALPHANUMERIC;
      case 4086 -> Alphabet.LOWER_ASCII;
      default -> Alphabet.PRINTABLE;
    };
  }

  @Tag("tables")
  @Example
  void thePublishedLengthsHoldAtEveryEdge() {
    for (Type type : types) {
      String symbol = type.symbols.substring(type.symbols.length() - 1);
      for (int length : new int[] {1, 2, 3, 4095, 4096}) {
        comesBack(type.preserving, symbol.repeat(length));
      }
      refused(ReturnCode.DATA_TOO_LONG, () -> type.preserving.protect(symbol.repeat(4097), NO_IV));
      for (int length : new int[] {3, 4, 4095, 4096}) {
        comesBack(type.strict, symbol.repeat(length));
      }
      refused(ReturnCode.DATA_TOO_SHORT, () -> type.strict.protect(symbol.repeat(2), NO_IV));
      refused(ReturnCode.DATA_TOO_LONG, () -> type.strict.protect(symbol.repeat(4097), NO_IV));
      for (int length : new int[] {1, 2, 3, type.longest - 1, type.longest}) {
        comesBack(type.longer, symbol.repeat(length));
      }
      refused(
          ReturnCode.DATA_TOO_LONG,
          () -> type.longer.protect(symbol.repeat(type.longest + 1), NO_IV));
    }
  }

  private static void comesBack(Protection protection, String clear) {
    assertThat(protection.unprotect(protection.protect(clear, NO_IV), NO_IV)).isEqualTo(clear);
  }

  private static void refused(ReturnCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProtectionException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Example
  void allValuesOfTwoSymbolsHaveTheirOwnTokens() {
    for (Type type : types) {
      Set<String> tokens = new HashSet<>();
      int count = 0;
      for (char first : type.symbols.toCharArray()) {
        for (char second : type.symbols.toCharArray()) {
          tokens.add(type.preserving.protect("" + first + second, NO_IV));
          count++;
        }
      }
      assertThat(tokens).hasSize(count);
    }
  }

  @Example
  void theAlphabetsHaveThePublishedSizes() {
    assertThat(Alphabet.LOWER_ASCII.size()).isEqualTo(94);
    assertThat(Alphabet.PRINTABLE.size()).isEqualTo(191);
    assertThat(Alphabet.LATIN1_ALPHA.size()).isEqualTo(114);
    assertThat(Alphabet.LATIN1_ALPHANUMERIC.size()).isEqualTo(124);
  }

  @Property(tries = 3)
  void everyFpeTypeComesBackInItsAlphabet(@ForAll Random random) {
    for (int length = 4; length <= 64; length++) {
      int tweakLength = random.nextInt(257);
      byte[] tweak = bytes(random, tweakLength);
      String latin1 = UPPER + LOWER + "\u00C0\u00D6\u00D8\u00F6\u00F8\u00FF";
      fpe(
          new FpeAlpha(null, null, null, null, null),
          LOWER + UPPER,
          "[a-zA-Z]+",
          length,
          tweak,
          random);
      fpe(
          new FpeAlphaNumeric(null, null, null, null, null),
          DIGITS + LOWER + UPPER,
          "[0-9a-zA-Z]+",
          length,
          tweak,
          random);
      fpe(
          new FpeLatin1Alpha(null, null, null, null, null),
          latin1,
          "[a-zA-Z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u00FF]+",
          length,
          tweak,
          random);
      fpe(
          new FpeLatin1AlphaNumeric(null, null, null, null, null),
          DIGITS + latin1,
          "[0-9a-zA-Z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u00FF]+",
          length,
          tweak,
          random);
    }
  }

  private static void fpe(
      ProtectionMethod method,
      String symbols,
      String ofAlphabet,
      int length,
      byte[] tweak,
      Random random) {
    var fpe = of(method);
    String clear = text(random, symbols, length) + " \u00D7-";
    String token = fpe.protect(clear, tweak);
    assertThat(token).hasSameSizeAs(clear).endsWith(" \u00D7-").isNotEqualTo(clear);
    assertThat(token.substring(0, length)).matches(ofAlphabet);
    assertThat(fpe.unprotect(token, tweak)).isEqualTo(clear);
  }

  @Example
  void domainsUnderAMillionAreRefusedUnlessTheElementSaysSo() {
    assertThat(new FpeAlpha(null, null, null, null, null).minLength()).isEqualTo(4);
    assertThat(new FpeLatin1Alpha(null, null, null, null, null).minLength()).isEqualTo(3);
    assertThatThrownBy(() -> new FpeAlpha(3, null, null, null, null))
        .isInstanceOf(InvalidMethodException.class);
    assertThatThrownBy(() -> new FpeAlphaNumeric(3, false, null, null, null))
        .isInstanceOf(InvalidMethodException.class);
    assertThatThrownBy(() -> new FpeLatin1AlphaNumeric(2, null, null, null, null))
        .isInstanceOf(InvalidMethodException.class);
    assertThat(new FpeLatin1AlphaNumeric(2, true, null, null, null).minLength()).isEqualTo(2);
    refused(
        ReturnCode.DATA_TOO_SHORT,
        () -> of(new FpeAlpha(null, null, null, null, null)).protect("abc", NO_IV));
  }

  @Tag("tables")
  @Property(tries = 200)
  void everyIntegerBecomesOneOfItsSize(
      @ForAll long number, @ForAll @IntRange(max = 20) int ivLength, @ForAll Random random) {
    byte[] iv = bytes(random, ivLength);
    integer(2, number << 48 >> 48, iv);
    integer(4, number << 32 >> 32, iv);
    integer(8, number, iv);
  }

  private final Protection[] integers = {
    of(new IntegerToken(2, null)), of(new IntegerToken(4, null)), of(new IntegerToken(8, null))
  };

  private Protection integer(int size) {
    return integers[size == 2 ? 0 : size / 4];
  }

  private void integer(int size, long number, byte[] iv) {
    String token = integer(size).protect(Long.toString(number), iv);
    long value = Long.parseLong(token);
    int unused = 64 - 8 * size;
    assertThat(value << unused >> unused).isEqualTo(value);
    assertThat(integer(size).unprotect(token, iv)).isEqualTo(Long.toString(number));
  }

  @Example
  void allIntegersOfTwoBytesHaveTheirOwnTokens() {
    Set<String> tokens = new HashSet<>();
    for (int i = Short.MIN_VALUE; i <= Short.MAX_VALUE; i++) {
      tokens.add(integer(2).protect(Integer.toString(i), NO_IV));
    }
    assertThat(tokens).hasSize(65536);
  }

  @Example
  void whatIsNotAnIntegerOfTheSizeIsRefused() {
    for (String value : new String[] {"32768", "-32769", "+1", "01", "-0", "1.0", "x", " 1"}) {
      refused(ReturnCode.CONTENT_NOT_VALID, () -> integer(2).protect(value, NO_IV));
    }
    refused(ReturnCode.CONTENT_NOT_VALID, () -> integer(8).protect("9223372036854775808", NO_IV));
    refused(ReturnCode.INPUT_OUT_OF_LIMITS, () -> integer(2).protect("1", new byte[257]));
  }

  private final Protection[] dates = {
    of(new DateToken(Tokenizer.SLT_2_3, "YYYY-MM-DD")),
    of(new DateToken(Tokenizer.SLT_1_6, "DD/MM/YYYY")),
    of(new DateToken(Tokenizer.SLT_1_3, "MM.DD.YYYY"))
  };

  @Property(tries = 500)
  void everyDateBecomesADateInItsNotation(@ForAll @IntRange(max = 999_000) int day) {
    int date = Days.date(day);
    assertThat(Days.number(Days.year(date), Days.month(date), Days.day(date))).isEqualTo(day);
    String[] values = {
      "%04d/%02d/%02d".formatted(Days.year(date), Days.month(date), Days.day(date)),
      "%02d-%02d-%04d".formatted(Days.day(date), Days.month(date), Days.year(date)),
      "%02d.%02d.%04d".formatted(Days.month(date), Days.day(date), Days.year(date))
    };
    for (int i = 0; i < dates.length; i++) {
      String token = dates[i].protect(values[i], NO_IV);
      assertThat(token.replaceAll("[0-9]", "0")).isEqualTo(values[i].replaceAll("[0-9]", "0"));
      assertThat(dates[i].unprotect(token, NO_IV)).isEqualTo(values[i]);
    }
  }

  @Example
  void theDaysAreThoseOfThePublishedRange() {
    assertThat(Days.number(600, 1, 1)).isZero();
    assertThat(Days.number(3337, 11, 27)).isEqualTo(Days.COUNT - 1);
    assertThat(Days.number(3337, 11, 28)).isNegative();
    assertThat(Days.number(599, 12, 31)).isNegative();
    assertThat(Days.number(1582, 10, 15)).isEqualTo(Days.number(1582, 10, 4) + 1);
    for (int day = 5; day <= 14; day++) {
      assertThat(Days.number(1582, 10, day)).isNegative();
    }
    assertThat(Days.number(1700, 2, 29)).isNegative();
    assertThat(Days.number(1500, 2, 29)).isPositive();
    assertThat(Days.number(2012, 13, 1)).isNegative();
    assertThat(Days.number(2012, 0, 1)).isNegative();
    var expected = new java.util.GregorianCalendar(600, 0, 1);
    for (int day = 0; day < Days.COUNT; day++) {
      int date = Days.date(day);
      if (Days.year(date) != expected.get(java.util.Calendar.YEAR)
          || Days.month(date) != expected.get(java.util.Calendar.MONTH) + 1
          || Days.day(date) != expected.get(java.util.Calendar.DATE)) {
        throw new AssertionError(day + " is " + date);
      }
      if (Days.ofPlace(Days.month(date), Days.placeInAll(date, day)) != day) {
        throw new AssertionError(date + " has another place in its month");
      }
      expected.add(java.util.Calendar.DATE, 1);
    }
  }

  @Example
  void whatIsNotADateIsRefused() {
    refused(ReturnCode.DATA_TOO_SHORT, () -> dates[0].protect("2012-02-2", NO_IV));
    refused(ReturnCode.DATA_TOO_LONG, () -> dates[0].protect("2012-02-299", NO_IV));
    for (String value : new String[] {"2012-02/29", "2012_02_29", "2011-02-29", "20x2-02-29"}) {
      refused(ReturnCode.CONTENT_NOT_VALID, () -> dates[0].protect(value, NO_IV));
    }
    refused(ReturnCode.UNSUPPORTED_ACTION, () -> dates[0].protect("2012-02-29", new byte[] {1}));
  }

  private static final String[] TIMES = {
    "", " 23:59:59", "T00:00:00", " 12:34:56.789", "T12:34:56,000001", " 01:02:03.123456789"
  };

  @Property(tries = 200)
  void everyDateTimeComesBackWithWhatStaysClear(
      @ForAll @IntRange(max = 999_000) int day,
      @ForAll boolean tokenizeTime,
      @ForAll DateInClear inClear,
      @ForAll boolean distinguishable) {
    boolean apart = distinguishable && inClear == DateInClear.NONE;
    var dateTime = of(new DateTimeToken(null, tokenizeTime, apart, inClear));
    int date = Days.date(day);
    for (String time : TIMES) {
      String clear =
          "%04d-%02d-%02d".formatted(Days.year(date), Days.month(date), Days.day(date)) + time;
      String token = dateTime.protect(clear, NO_IV);
      assertThat(token.replaceAll("[0-9]", "0")).isEqualTo(clear.replaceAll("[0-9]", "0"));
      assertThat(dateTime.unprotect(token, NO_IV)).isEqualTo(clear);
      if (inClear == DateInClear.YEAR) {
        assertThat(token).startsWith(clear.substring(0, 4));
      }
      if (inClear == DateInClear.MONTH) {
        assertThat(token.substring(5, 7)).isEqualTo(clear.substring(5, 7));
      }
      if (!tokenizeTime) {
        assertThat(token).endsWith(time);
      }
      if (apart) {
        assertThat(token.substring(0, 10)).isGreaterThan("3337-11-27");
        refused(ReturnCode.CONTENT_NOT_VALID, () -> dateTime.unprotect(clear, NO_IV));
      }
    }
  }

  /** All dates are more than a test can walk with each of their times. */
  @Example
  void allSecondsOfADayHaveTheirOwnTokens() {
    var dateTime = of(new DateTimeToken(null, true, null, null));
    Set<String> tokens = new HashSet<>();
    for (int second = 0; second < 86_400; second++) {
      String clear =
          "2012-02-29 %02d:%02d:%02d".formatted(second / 3600, second / 60 % 60, second % 60);
      String token = dateTime.protect(clear, NO_IV);
      assertThat(dateTime.unprotect(token, NO_IV)).isEqualTo(clear);
      tokens.add(token);
    }
    assertThat(tokens).hasSize(86_400);
  }

  @Example
  void whatIsNotADateTimeIsRefused() {
    var dateTime = of(new DateTimeToken(null, true, null, null));
    String[] values = {
      "2012-02-29x23:59:59", "2012-02-29 24:00:00", "2012-02-29 23:60:00", "2012-02-29 23:59:60",
      "2012-02-29 23:59:5", "2012-02-29 23:59:59.", "2012-02-29 23:59:59.12", "2012-02-29 23.59.59",
      "1582-10-10", "3337-11-28", "2012-02-29 23:59:59;123"
    };
    for (String value : values) {
      refused(ReturnCode.CONTENT_NOT_VALID, () -> dateTime.protect(value, NO_IV));
    }
    refused(ReturnCode.UNSUPPORTED_ACTION, () -> dateTime.protect("2012-02-29", new byte[1]));
    refused(ReturnCode.DATA_TOO_SHORT, () -> dateTime.protect("2012-2-29", NO_IV));
    refused(
        ReturnCode.DATA_TOO_LONG, () -> dateTime.protect("2012-02-29 01:02:03.1234567890", NO_IV));
    assertThatThrownBy(() -> new DateTimeToken(null, null, true, DateInClear.YEAR))
        .isInstanceOf(InvalidMethodException.class);
  }

  /** Tokens that are told apart are the days behind the last one, as many as there are days. */
  @Example
  void theDaysOfTokensThatAreToldApartFollowTheLastDay() {
    var apart = of(new DateTimeToken(null, null, true, null));
    assertThat(text(Days.date(Days.COUNT))).isEqualTo("3337-11-28");
    for (int day : new int[] {Days.COUNT, Days.COUNT + 33, Days.COUNT + 34, 2 * Days.COUNT - 1}) {
      String token = text(Days.date(day));
      assertThat(apart.protect(apart.unprotect(token, NO_IV), NO_IV)).isEqualTo(token);
    }
    assertThat(text(Days.date(Days.COUNT + 33))).isEqualTo("3337-12-31");
    for (int day : new int[] {Days.COUNT - 1, 2 * Days.COUNT}) {
      String token = text(Days.date(day));
      refused(ReturnCode.CONTENT_NOT_VALID, () -> apart.unprotect(token, NO_IV));
    }
    for (String token : List.of("3400-00-01", "3400-13-01", "3400-02-29", "3400-01-00")) {
      refused(ReturnCode.CONTENT_NOT_VALID, () -> apart.unprotect(token, NO_IV));
    }
  }

  private static String text(int date) {
    return "%04d-%02d-%02d".formatted(Days.year(date), Days.month(date), Days.day(date));
  }

  @Tag("tables")
  @Example
  void allDaysOfAYearAndOfAMonthHaveTheirOwnTokens() {
    var year = of(new DateTimeToken(null, null, null, DateInClear.YEAR));
    var month = of(new DateTimeToken(null, null, null, DateInClear.MONTH));
    Set<String> tokens = new HashSet<>();
    for (int day = Days.number(2012, 1, 1); day < Days.number(2013, 1, 1); day++) {
      int date = Days.date(day);
      tokens.add(
          year.protect(
              "%04d-%02d-%02d".formatted(Days.year(date), Days.month(date), Days.day(date)),
              NO_IV));
    }
    assertThat(tokens).hasSize(366).allMatch(token -> token.startsWith("2012-"));
    tokens.clear();
    int count = 0;
    for (int day = 0; day < Days.COUNT; day++) {
      int date = Days.date(day);
      if (Days.month(date) == 2) {
        count++;
        tokens.add(
            month.protect(
                "%04d-%02d-%02d".formatted(Days.year(date), Days.month(date), Days.day(date)),
                NO_IV));
      }
    }
    assertThat(tokens).hasSize(count).allMatch(token -> token.substring(5, 7).equals("02"));
  }

  private final Protection decimal = of(new DecimalToken(null, null, null));

  @Property(tries = 300)
  void everyDecimalKeepsItsSignItsSeparatorAndThePlacesBehindIt(
      @ForAll @IntRange(min = 1, max = 36) int length,
      @ForAll @IntRange(max = 36) int behind,
      @ForAll Random random) {
    String digits = text(random, DIGITS, length);
    int before = Math.max(0, length - behind);
    for (String sign : new String[] {"", "-", "+"}) {
      for (String separator : new String[] {".", ","}) {
        String clear = sign + digits.substring(0, before) + separator + digits.substring(before);
        String token = decimal.protect(clear, NO_IV);
        assertThat(token).startsWith(sign).doesNotContain("0");
        assertThat(token.length() - clear.length()).isBetween(1, 2);
        assertThat(token.length() - token.indexOf(separator))
            .isEqualTo(clear.length() - clear.indexOf(separator));
        assertThat(decimal.unprotect(token, NO_IV)).isEqualTo(clear);
      }
    }
    assertThat(decimal.unprotect(decimal.protect(digits, NO_IV), NO_IV)).isEqualTo(digits);
  }

  @Example
  void whatIsNotADecimalOrATokenOfOneIsRefused() {
    for (String value : new String[] {"1.2.3", "1-2", "1 2", "1e5", "\u0661"}) {
      refused(ReturnCode.CONTENT_NOT_VALID, () -> decimal.protect(value, NO_IV));
    }
    refused(ReturnCode.DATA_TOO_SHORT, () -> decimal.protect("-.", NO_IV));
    refused(ReturnCode.DATA_TOO_LONG, () -> decimal.protect("1".repeat(37), NO_IV));
    refused(ReturnCode.DATA_TOO_SHORT, () -> of(new DecimalToken(null, 3, 5)).protect("12", NO_IV));
    refused(
        ReturnCode.DATA_TOO_LONG, () -> of(new DecimalToken(null, 3, 5)).protect("123456", NO_IV));
    refused(ReturnCode.CONTENT_NOT_VALID, () -> decimal.unprotect("10", NO_IV));
    refused(ReturnCode.UNSUPPORTED_ACTION, () -> decimal.protect("1", new byte[1]));
    refused(ReturnCode.UNSUPPORTED_ACTION, () -> decimal.unprotect("11", new byte[1]));
    refused(ReturnCode.CONTENT_NOT_VALID, () -> decimal.unprotect("1", NO_IV));
    refused(ReturnCode.CONTENT_NOT_VALID, () -> decimal.unprotect("1".repeat(22), NO_IV));
  }

  @Example
  void allNumbersOfThreeDigitsHaveTheirOwnTokens() {
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      tokens.add(decimal.protect("%03d".formatted(i), NO_IV));
    }
    assertThat(tokens).hasSize(1000);
  }

  private final Protection unicode = of(new UnicodeToken(null));
  private final Protection unicodeBase64 = of(new UnicodeBase64Token(null));

  @Property(tries = 3)
  void everyUnicodeTextComesBackFromAnAsciiToken(@ForAll Random random) {
    for (int length = 1; length <= 64; length++) {
      int ivLength = random.nextInt(21);
      var clear = new StringBuilder();
      random
          .ints(0, 0x30000)
          .filter(c -> c < 0xD800 || c > 0xDFFF)
          .limit(length)
          .forEach(clear::appendCodePoint);
      byte[] iv = bytes(random, ivLength);
      String token = unicode.protect(clear.toString(), iv);
      assertThat(token).matches("[0-9a-zA-Z]+");
      assertThat(unicode.unprotect(token, iv)).isEqualTo(clear.toString());
      String base64 = unicodeBase64.protect(clear.toString(), iv);
      assertThat(base64).matches("[0-9a-zA-Z+/]+");
      assertThat(unicodeBase64.unprotect(base64, iv)).isEqualTo(clear.toString());
    }
  }

  @Example
  void unicodeHasItsLimits() {
    refused(ReturnCode.CONTENT_NOT_VALID, () -> unicode.protect("\uD83D", NO_IV));
    refused(ReturnCode.CONTENT_NOT_VALID, () -> unicode.unprotect("ab-", NO_IV));
    refused(ReturnCode.DATA_TOO_SHORT, () -> unicode.unprotect("ab", NO_IV));
    refused(ReturnCode.INPUT_OUT_OF_LIMITS, () -> unicode.protect("x", new byte[257]));
    refused(ReturnCode.INPUT_OUT_OF_LIMITS, () -> unicode.unprotect("abc", new byte[257]));
    comesBack(unicode, "x".repeat(3046));
    refused(ReturnCode.DATA_TOO_LONG, () -> unicode.protect("x".repeat(3047), NO_IV));
    refused(ReturnCode.DATA_TOO_LONG, () -> unicode.unprotect("x".repeat(4097), NO_IV));
  }

  private final Protection binary = of(new BinaryToken(Tokenizer.SLT_2_3, 0, 0));
  private final Protection binaryEnds = of(new BinaryToken(Tokenizer.SLT_1_3, 1, 1));

  @Tag("tables")
  @Property(tries = 3)
  void allBytesComeBack(@ForAll Random random) {
    for (int length = 3; length <= 64; length++) {
      int ivLength = random.nextInt(257);
      byte[] clear = bytes(random, length);
      byte[] iv = bytes(random, ivLength);
      byte[] token = binary.protect(clear, iv);
      assertThat(token).hasSize(length + 1);
      assertThat(binary.unprotect(token, iv)).isEqualTo(clear);
      if (length < 5) {
        // Nothing is left of them between the clear ends.
        continue;
      }
      byte[] ends = binaryEnds.protect(clear, iv);
      assertThat(ends).startsWith(clear[0]).endsWith(clear[length - 1]);
      assertThat(binaryEnds.unprotect(ends, iv)).isEqualTo(clear);
      assertThat(ends).isNotEqualTo(token);
    }
  }

  @Tag("tables")
  @Example
  void binaryHasItsLimits() {
    for (int length : new int[] {3, 4, 4094, 4095}) {
      var clear = new byte[length];
      assertThat(binary.unprotect(binary.protect(clear))).isEqualTo(clear);
    }
    refused(ReturnCode.DATA_TOO_SHORT, () -> binary.protect(new byte[2]));
    refused(ReturnCode.DATA_TOO_LONG, () -> binary.protect(new byte[4096]));
    refused(ReturnCode.DATA_TOO_SHORT, () -> binary.unprotect(new byte[3]));
    refused(ReturnCode.DATA_TOO_LONG, () -> binary.unprotect(new byte[4097]));
    refused(ReturnCode.DATA_TOO_SHORT, () -> binaryEnds.protect(new byte[4]));
    refused(ReturnCode.INPUT_OUT_OF_LIMITS, () -> binary.protect(new byte[9], new byte[257]));
  }

  private final Protection keepsCase =
      of(new AlphaNumericToken(null, null, null, null, null, true, null));
  private final Protection keepsPlaces =
      of(new AlphaNumericToken(null, null, null, null, null, null, true));

  @Property(tries = 3)
  void caseAndPlacesAreKept(@ForAll Random random) {
    for (int length = 1; length <= 64; length++) {
      String clear = "a" + text(random, DIGITS + LOWER + UPPER + "-.", length);
      String kept = keepsCase.protect(clear, NO_IV);
      assertThat(pattern(kept)).isEqualTo(pattern(clear));
      assertThat(keepsCase.unprotect(kept, NO_IV)).isEqualTo(clear);
      String places = keepsPlaces.protect(clear, NO_IV);
      assertThat(pattern(places).replace('A', 'a')).isEqualTo(pattern(clear).replace('A', 'a'));
      assertThat(keepsPlaces.unprotect(places, NO_IV)).isEqualTo(clear);
    }
  }

  private static String pattern(String value) {
    return value.replaceAll("[0-9]", "0").replaceAll("[a-z]", "a").replaceAll("[A-Z]", "A");
  }

  @Example
  void lettersAreTheIvOfTheDigits() {
    String one = keepsPlaces.protect("abc123456789", NO_IV);
    String other = keepsPlaces.protect("abd123456789", NO_IV);
    assertThat(one.substring(3)).isNotEqualTo(other.substring(3));
    String alone = keepsPlaces.protect("123456789", NO_IV);
    assertThat(keepsPlaces.protect("a123456789", NO_IV).substring(1)).isNotEqualTo(alone);
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i < 26000; i++) {
      tokens.add(keepsCase.protect((char) ('A' + i / 1000) + "%03d".formatted(i % 1000), NO_IV));
    }
    assertThat(tokens).hasSize(26000);
  }

  @Example
  void keepingTakesOneCombinationAlone() {
    var method = new AlphaNumericToken(null, null, null, null, null, true, true);
    assertThat(method.allowShort()).isEqualTo(AllowShort.YES);
    assertThatThrownBy(
            () -> new AlphaNumericToken(Tokenizer.SLT_1_3, null, null, null, null, true, null))
        .isInstanceOf(InvalidMethodException.class);
    assertThatThrownBy(() -> new AlphaNumericToken(null, 1, null, null, null, true, null))
        .isInstanceOf(InvalidMethodException.class);
    assertThatThrownBy(() -> new AlphaNumericToken(null, null, null, false, null, null, true))
        .isInstanceOf(InvalidMethodException.class);
    refused(ReturnCode.UNSUPPORTED_ACTION, () -> keepsCase.protect("a", new byte[1]));
    refused(ReturnCode.UNSUPPORTED_ACTION, () -> keepsCase.unprotect("a", new byte[1]));
    refused(ReturnCode.DATA_TOO_SHORT, () -> keepsCase.unprotect("-", NO_IV));
    refused(ReturnCode.DATA_TOO_LONG, () -> keepsCase.unprotect("a".repeat(4097), NO_IV));
    comesBack(keepsCase, "a".repeat(4096));
    comesBack(keepsPlaces, "0");
    refused(ReturnCode.DATA_TOO_SHORT, () -> keepsCase.protect("-", NO_IV));
    refused(ReturnCode.DATA_TOO_LONG, () -> keepsCase.protect("a".repeat(4097), NO_IV));
  }

  @Property(tries = 3)
  void aCardOfAnInvalidTypeIsToldApart(@ForAll Random random) {
    for (int length = 3; length <= 60; length++) {
      var card = of(new CreditCardToken(null, 0, 2, null, null, null, true));
      String clear = (2 + random.nextInt(5)) + text(random, DIGITS, length + 1);
      String token = card.protect(clear, NO_IV);
      assertThat(token).hasSameSizeAs(clear).matches("[01789][0-9]+");
      assertThat(token).endsWith(clear.substring(clear.length() - 2));
      assertThat(card.unprotect(token, NO_IV)).isEqualTo(clear);
      refused(ReturnCode.CONTENT_NOT_VALID, () -> card.protect("1" + clear, NO_IV));
      refused(ReturnCode.CONTENT_NOT_VALID, () -> card.unprotect(clear, NO_IV));
    }
  }

  @Example
  void bothKindsOfInvalidityTogetherAreOneToOne() {
    var card = of(new CreditCardToken(null, 0, 0, true, null, null, true));
    Set<String> tokens = new HashSet<>();
    int count = 0;
    for (int i = 2000; i < 7000; i++) {
      for (int last = 0; last < 10; last++) {
        String clear = i + "" + last;
        try {
          String token = card.protect(clear, NO_IV);
          assertThat(card.unprotect(token, NO_IV)).isEqualTo(clear);
          tokens.add(token);
          count++;
        } catch (ProtectionException e) {
          assertThat(e.code()).isEqualTo(ReturnCode.CONTENT_NOT_VALID);
        }
      }
    }
    assertThat(count).isEqualTo(5000);
    assertThat(tokens).hasSize(5000);
    assertThatThrownBy(() -> new CreditCardToken(null, 1, 0, null, null, null, true))
        .isInstanceOf(InvalidMethodException.class);
    assertThatThrownBy(() -> new CreditCardToken(null, 0, 0, null, true, 1, true))
        .isInstanceOf(InvalidMethodException.class);
  }

  private final ProtectionMethod[] encryptions = {
    new Aes128CbcEnc(null, null), new Aes128CbcEnc(false, false), new TripleDesCbcEnc(null, null),
    new TripleDesCbcEnc(false, true), new Aes128CuspEnc(null, null), new Aes128CuspEnc(true, true),
    new Aes256CuspEnc(null, null), new Aes256CuspEnc(true, false), new TripleDesCuspEnc(null, null),
    new TripleDesCuspEnc(false, true)
  };

  @Property(tries = 3)
  void everyEncryptionComesBack(@ForAll Random random) {
    for (int length = 0; length <= 64; length++) {
      byte[] clear = bytes(random, length);
      for (var method : encryptions) {
        var encryption = of(method);
        byte[] sealed = encryption.protect(clear);
        assertThat(encryption.unprotect(sealed)).isEqualTo(clear);
      }
      assertThat(of(new Aes256CuspEnc(null, null)).protect(clear)).hasSize(length);
      assertThat(of(new Aes128CuspEnc(true, true)).protect(clear)).hasSize(length + 20);
    }
  }

  @Example
  void cuspIsCbcAndThenTheEncryptedLastBlock() throws Exception {
    byte[] clear = "0123456789abcdefghijk".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    var cipher = javax.crypto.Cipher.getInstance("AES/ECB/NoPadding");
    byte[] key = KEY.with(byte[]::clone);
    cipher.init(javax.crypto.Cipher.ENCRYPT_MODE, new javax.crypto.spec.SecretKeySpec(key, "AES"));
    byte[] first = cipher.doFinal(clear, 0, 16);
    byte[] stream = cipher.doFinal(first);
    byte[] sealed = of(new Aes256CuspEnc(null, null)).protect(clear);
    assertThat(sealed).startsWith(first).hasSize(21);
    for (int i = 16; i < 21; i++) {
      assertThat(sealed[i]).isEqualTo((byte) (clear[i] ^ stream[i - 16]));
    }
  }

  @Example
  void cuspBeginsWithItsIvWhichIsAnotherEveryTime() {
    byte[] clear = new byte[21];
    for (ProtectionMethod method :
        List.of(
            new Aes128CuspEnc(true, false),
            new Aes256CuspEnc(true, true),
            new TripleDesCuspEnc(true, false))) {
      Set<String> starts = new HashSet<>();
      for (int i = 0; i < 20; i++) {
        byte[] sealed = of(method).protect(clear);
        starts.add(java.util.HexFormat.of().formatHex(sealed, 0, 8));
        assertThat(of(method).unprotect(sealed)).isEqualTo(clear);
      }
      assertThat(starts).hasSize(20);
    }
    var none = of(new Aes128CuspEnc(false, false));
    assertThat(none.protect(clear)).isEqualTo(none.protect(clear));
  }

  @Example
  void anAlteredCuspWithCrcFailsAsOne() {
    var encryption = of(new Aes128CuspEnc(true, true));
    byte[] sealed = encryption.protect(new byte[21]);
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      refused(ReturnCode.INTEGRITY_CHECK_FAILED, () -> encryption.unprotect(altered));
    }
    refused(ReturnCode.INTEGRITY_CHECK_FAILED, () -> encryption.unprotect(new byte[19]));
  }

  @Example
  void hashesAreHmacAndHaveNoWayBack() {
    // RFC 4231 test case 2, whose key has to be longer here: HMAC pads keys with zeros.
    var padded =
        java.util.Arrays.copyOf("Jefe".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 32);
    byte[] data =
        "what do ya want for nothing?".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    var sha256 = Protection.of(new HmacSha256(), SecretBytes.copyOf(padded));
    assertThat(java.util.HexFormat.of().formatHex(sha256.protect(data)))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    // RFC 2202 test case 2.
    var sha1 = Protection.of(new HmacSha1(), SecretBytes.copyOf(padded));
    assertThat(java.util.HexFormat.of().formatHex(sha1.protect(data)))
        .isEqualTo("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    refused(ReturnCode.UNSUPPORTED_ACTION, () -> sha256.unprotect(new byte[32]));
    refused(ReturnCode.UNSUPPORTED_ACTION, () -> sha1.unprotect(new byte[20]));
  }

  @Example
  void aMonitoredValuePasses() {
    var monitor = of(new Monitor());
    for (Protection none : List.of(monitor, of(new NoEnc(null)))) {
      byte[] bytes = {(byte) 0xc0, 0, 1};
      byte[] passed = none.protect(bytes, new byte[300]);
      assertThat(passed).isEqualTo(bytes).isNotSameAs(bytes);
      assertThat(none.unprotect(bytes)).isEqualTo(bytes).isNotSameAs(bytes);
      assertThat(none.unprotectAll(new byte[][] {bytes}, null).code(0))
          .isEqualTo(ReturnCode.UNPROTECTED);
      refused(ReturnCode.INPUT_OUT_OF_LIMITS, () -> none.protect((byte[]) null));
    }
    assertThat(monitor.protect("clear", NO_IV)).isEqualTo("clear");
    assertThat(monitor.unprotect("clear", NO_IV)).isEqualTo("clear");
  }
}
