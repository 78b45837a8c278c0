package bulla.protection;

import static bulla.protection.Keys.NO_IV;
import static bulla.protection.Keys.protection;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whole domains, those that are small enough to walk: under an external IV, values and tokens are
 * one to one, and under another one in another way. {@link BinaryTokensTest} does the same of
 * bytes, with fewer of them; even the shortest values of {@link FpeCreditCard} are too many.
 */
class WholeDomainsTest {
  private static final List<byte[]> IVS = List.of(new byte[] {1}, new byte[] {2, 3});

  /**
   * Of two random permutations of any size, one value on average has the same token in both; that
   * ten or more have is less likely than one in a million.
   */
  private static final int MOST_THE_SAME = 9;

  private record Domain(Protection element, List<String> values, Predicate<String> ofTokens) {
    /** Its tokens are its values. */
    Domain(Protection element, List<String> values) {
      this(element, values, new HashSet<>(values)::contains);
    }

    Domain(ProtectionMethod method, List<String> values) {
      this(protection(method), values);
    }

    Domain(ProtectionMethod method, List<String> values, String ofTokens) {
      this(protection(method), values, Pattern.compile(ofTokens).asMatchPredicate());
    }

    String name() {
      return element.method().toString();
    }
  }

  /** All texts of so many symbols. */
  private static List<String> texts(String symbols, int length) {
    List<String> texts = List.of("");
    for (int i = 0; i < length; i++) {
      texts =
          texts.stream()
              .flatMap(start -> symbols.codePoints().mapToObj(c -> start + Character.toString(c)))
              .toList();
    }
    return texts;
  }

  private static String symbols(Alphabet alphabet) {
    var symbols = new StringBuilder();
    IntStream.range(0, alphabet.size()).forEach(i -> symbols.append(alphabet.symbol(i)));
    return symbols.toString();
  }

  private static String symbols(CodePoints alphabet) {
    return IntStream.range(0, alphabet.size())
        .map(alphabet::codePoint)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static List<String> pairs(Alphabet alphabet) {
    return texts(symbols(alphabet), 2);
  }

  private static List<String> upToPairs(String symbols) {
    return Stream.concat(texts(symbols, 1).stream(), texts(symbols, 2).stream()).toList();
  }

  private static List<String> with(List<String> values, String before, String behind) {
    return values.stream().map(value -> before + value + behind).toList();
  }

  private static void areOneToOneUnderEachIv(Domain... domains) {
    for (Domain domain : domains) {
      List<List<String>> tokens = IVS.stream().map(iv -> tokens(domain, iv)).toList();
      areUnrelated(domain.name(), tokens.get(0), tokens.get(1));
    }
  }

  private static List<String> tokens(Domain domain, byte[] iv) {
    String[] values = domain.values.toArray(String[]::new);
    String[] tokens = domain.element.protectAll(values, iv).valuesOrThrow();
    assertThat(new HashSet<>(Arrays.asList(tokens))).as(domain.name()).hasSameSizeAs(values);
    assertThat(Arrays.stream(tokens).allMatch(domain.ofTokens)).as(domain.name()).isTrue();
    var back = new String[values.length];
    Arrays.setAll(back, i -> domain.element.unprotect(tokens[i], iv));
    assertThat(back).as(domain.name()).isEqualTo(values);
    return List.of(tokens);
  }

  /** What became of the same values in two ways. */
  static void areUnrelated(String name, List<String> tokens, List<String> others) {
    assertThat(tokens).hasSameSizeAs(others);
    long same =
        IntStream.range(0, tokens.size()).filter(i -> tokens.get(i).equals(others.get(i))).count();
    assertThat(same).as(name).isLessThanOrEqualTo(MOST_THE_SAME);
  }

  /** Four digits are more than a block of three. */
  @Test
  void digitsArePermuted() {
    List<String> digits = texts("0123456789", 4);
    for (Tokenizer tokenizer : Keys.TOKENIZERS) {
      areOneToOneUnderEachIv(
          new Domain(new NumericToken(tokenizer, 0, 0, true, AllowShort.YES), digits),
          new Domain(
              new NumericToken(tokenizer, 1, 1, true, AllowShort.YES), with(digits, "x", "7")));
    }
    areOneToOneUnderEachIv(
        new Domain(new FpeNumeric(2, true, null, null, null), digits),
        new Domain(new FpeNumeric(2, true, null, 1, 1), with(digits, "x", "7")));
  }

  @Test
  void shortTextsOfEveryAlphabetArePermuted() {
    List<String> addresses = with(pairs(Alphabet.ALPHANUMERIC), "", "@b");
    for (Tokenizer tokenizer : List.of(Tokenizer.SLT_1_3, Tokenizer.SLT_2_3)) {
      areOneToOneUnderEachIv(
          new Domain(
              new UpperAlphaToken(tokenizer, 0, 0, true, AllowShort.YES),
              texts(symbols(Alphabet.UPPER_ALPHA), 3)),
          new Domain(new AlphaToken(tokenizer, 0, 0, true, AllowShort.YES), pairs(Alphabet.ALPHA)),
          new Domain(
              new AlphaNumericToken(tokenizer, 0, 0, true, AllowShort.YES),
              pairs(Alphabet.ALPHANUMERIC)),
          new Domain(
              new UpperAlphaNumericToken(tokenizer, 0, 0, true, AllowShort.YES),
              pairs(Alphabet.UPPER_ALPHANUMERIC)),
          new Domain(new EmailToken(tokenizer, true, AllowShort.YES), addresses));
    }
    areOneToOneUnderEachIv(
        new Domain(
            new LowerAsciiToken(null, 0, 0, true, AllowShort.YES), pairs(Alphabet.LOWER_ASCII)),
        new Domain(
            new PrintableToken(null, 0, 0, true, AllowShort.YES), pairs(Alphabet.PRINTABLE)));
  }

  @Test
  void pairsOfEveryAlphabetArePermutedByFf1() {
    areOneToOneUnderEachIv(
        new Domain(new FpeAlpha(2, true, null, null, null), pairs(Alphabet.ALPHA)),
        new Domain(new FpeAlphaNumeric(2, true, null, null, null), pairs(Alphabet.ALPHANUMERIC)),
        new Domain(new FpeLatin1Alpha(2, true, null, null, null), pairs(Alphabet.LATIN1_ALPHA)),
        new Domain(
            new FpeLatin1AlphaNumeric(2, true, null, null, null),
            pairs(Alphabet.LATIN1_ALPHANUMERIC)));
  }

  private final CodePoints ten = CodePoints.parse("1F600-1F609");
  private final CodePoints fewestOfChains = CodePoints.parse("0100-01A0");

  private static Protection of(Tokenizer tokenizer, CodePoints alphabet, boolean preserving) {
    AllowShort allowShort = preserving ? AllowShort.YES : null;
    return protection(
        new UnicodeGen2Token(tokenizer, "1", null, 0, 0, preserving, allowShort), alphabet);
  }

  @Test
  void codePointsArePermuted() {
    areOneToOneUnderEachIv(
        new Domain(of(Tokenizer.SLT_1_3, ten, true), texts(symbols(ten), 4)),
        new Domain(of(Tokenizer.SLT_X_1, fewestOfChains, true), texts(symbols(fewestOfChains), 2)));
  }

  @Test
  void allIntegersOfTwoBytesArePermuted() {
    List<String> integers =
        IntStream.rangeClosed(Short.MIN_VALUE, Short.MAX_VALUE)
            .mapToObj(Integer::toString)
            .toList();
    areOneToOneUnderEachIv(new Domain(new IntegerToken(2, null), integers));
  }

  private static Predicate<String> ofLuhnSum(int remainder) {
    return card -> {
      int sum = 0;
      for (int i = 0; i < card.length(); i++) {
        int digit = card.charAt(card.length() - 1 - i) - '0';
        sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
      }
      return sum % 10 == remainder;
    };
  }

  @Test
  void cardsOfEveryKindHaveTheirOwnTokens() {
    List<String> cards = texts("0123456789", 4);
    List<String> ofNetworks = cards.stream().filter(card -> card.matches("[2-6].*")).toList();
    List<String> longer = texts("0123456789", 5);
    List<String> valid = longer.stream().filter(ofLuhnSum(0)).toList();
    List<String> invalid = longer.stream().filter(ofLuhnSum(5)).toList();
    for (Tokenizer tokenizer : List.of(Tokenizer.SLT_1_3, Tokenizer.SLT_2_3)) {
      var luhn = new CreditCardToken(tokenizer, 0, 0, true, null, null, null);
      areOneToOneUnderEachIv(
          new Domain(new CreditCardToken(tokenizer, 0, 0, null, null, null, null), cards),
          new Domain(
              new CreditCardToken(tokenizer, 0, 0, null, true, 2, null),
              cards,
              "[0-9][A-J][0-9]{2}"),
          new Domain(
              new CreditCardToken(tokenizer, 0, 0, null, null, null, true),
              ofNetworks,
              "[01789][0-9]{3}"),
          new Domain(protection(luhn), valid, new HashSet<>(invalid)::contains));
    }
  }

  @Test
  void shortValuesHaveTheirOwnLongerTokens() {
    List<String> ascii = upToPairs(symbols(CodePoints.parse("0020-007F")));
    for (Tokenizer tokenizer : List.of(Tokenizer.SLT_1_3, Tokenizer.SLT_2_3)) {
      areOneToOneUnderEachIv(
          new Domain(
              new NumericToken(tokenizer, 0, 0, false, null), upToPairs("0123456789"), "[0-9]{3}"),
          new Domain(
              new UpperAlphaToken(tokenizer, 0, 0, false, null),
              upToPairs(symbols(Alphabet.UPPER_ALPHA)),
              "[A-Z]{3}"),
          new Domain(
              new EmailToken(tokenizer, false, null),
              with(upToPairs(symbols(Alphabet.ALPHANUMERIC)), "", "@b"),
              "[0-9a-zA-Z]{3}@b"),
          new Domain(new UnicodeToken(tokenizer), ascii, "[0-9a-zA-Z]{3}"),
          new Domain(new UnicodeBase64Token(tokenizer), ascii, "[0-9a-zA-Z+/]{3}"));
    }
    areOneToOneUnderEachIv(
        new Domain(
            of(Tokenizer.SLT_1_3, ten, false),
            upToPairs(symbols(ten)),
            Pattern.compile("[\\x{1F600}-\\x{1F609}]{3}").asMatchPredicate()),
        new Domain(
            of(Tokenizer.SLT_X_1, fewestOfChains, false),
            upToPairs(symbols(fewestOfChains)),
            Pattern.compile("[\u0100-\u01A0]{3}").asMatchPredicate()));
  }

  private static List<String> days(IntPredicate ofDate) {
    return IntStream.range(0, Days.COUNT)
        .map(Days::date)
        .filter(ofDate)
        .mapToObj(
            date -> "%04d-%02d-%02d".formatted(Days.year(date), Days.month(date), Days.day(date)))
        .toList();
  }

  private static String withoutMonth(String date) {
    return date.substring(0, 4) + date.substring(7);
  }

  /** Dates have no external IV, but what stays clear of them is one. */
  @Test
  void everyClearYearAndMonthPermutesItsDaysInItsOwnWay() {
    var ofYear = new DateTimeToken(null, null, null, DateInClear.YEAR);
    List<List<String>> byYear =
        IntStream.of(2011, 2013)
            .mapToObj(year -> new Domain(ofYear, days(date -> Days.year(date) == year)))
            .map(domain -> tokens(domain, NO_IV))
            .map(tokens -> tokens.stream().map(token -> token.substring(5)).toList())
            .toList();
    areUnrelated("year", byYear.get(0), byYear.get(1));
    var ofMonth = new DateTimeToken(null, null, null, DateInClear.MONTH);
    List<List<String>> byMonth =
        IntStream.of(1, 3)
            .mapToObj(month -> new Domain(ofMonth, days(date -> Days.month(date) == month)))
            .map(domain -> tokens(domain, NO_IV))
            .map(tokens -> tokens.stream().map(WholeDomainsTest::withoutMonth).toList())
            .toList();
    areUnrelated("month", byMonth.get(0), byMonth.get(1));
  }
}
