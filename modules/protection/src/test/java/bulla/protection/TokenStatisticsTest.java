package bulla.protection;

import static bulla.protection.Keys.NO_IV;
import static bulla.protection.Keys.protection;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Whether tokens look random: each bound is so wide that a random function would break it less than
 * once in a million times, and the values are fixed, so that the outcome is.
 */
class TokenStatisticsTest {
  private static final int VALUES = 20_000;
  private static final int FEWER = 5_000;
  private static final int LENGTH = 16;

  /**
   * @param clearRadix of how many symbols values are
   * @param length how many a value has
   * @param radix of how many symbols tokens are
   * @param token the symbols of a value's token
   * @param values how many running values there are
   * @param mostChiSquared the bound for each place of their tokens
   */
  private record Element(
      String name,
      int clearRadix,
      int length,
      int radix,
      Function<int[], int[]> token,
      int values,
      double mostChiSquared) {
    /** Values that differ little from each other: what a column of running numbers holds. */
    int[] tokenOf(int number) {
      var value = new int[length];
      int rest = number;
      for (int at = length - 1; at >= 0; at--) {
        value[at] = rest % clearRadix;
        rest /= clearRadix;
      }
      return token.apply(value);
    }
  }

  /**
   * There are radix - 1 degrees of freedom, whose deviation is sqrt(2 (radix - 1)): for 9, 10, 26,
   * 49, 60, 62, 64, 94, 161, 191 and 256 symbols the bound is 44, 47, 86, 130, 150, 153, 157, 206,
   * 307, 350 and 440, and is passed with a probability below 1e-6.
   */
  private static double ofRandom(int radix) {
    int freedom = radix - 1;
    return freedom + 8 * Math.sqrt(2.0 * freedom) + 4;
  }

  /**
   * Capital letters are further from even, as {@code docs/tokenization.md} says: some of the pairs
   * of values that differ at one end show it by equal tokens at the other. 187 was measured with
   * these values and this key.
   */
  private static final double OF_CAPITALS = 200;

  private final List<Element> elements =
      List.of(
          of(new NumericToken(Tokenizer.SLT_1_3, 0, 0, true, AllowShort.YES), Alphabet.DIGITS),
          of(new NumericToken(Tokenizer.SLT_2_3, 0, 0, true, AllowShort.YES), Alphabet.DIGITS),
          of(new NumericToken(Tokenizer.SLT_2_6, 0, 0, true, AllowShort.YES), Alphabet.DIGITS),
          of(new NumericToken(Tokenizer.SLT_2_3, 0, 0, false, null), Alphabet.DIGITS),
          of(
              new UpperAlphaToken(Tokenizer.SLT_1_3, 0, 0, true, null),
              Alphabet.UPPER_ALPHA,
              Alphabet.UPPER_ALPHA,
              "",
              VALUES,
              OF_CAPITALS),
          of(new AlphaNumericToken(Tokenizer.SLT_2_3, 0, 0, true, null), Alphabet.ALPHANUMERIC),
          ofFewer(new AlphaToken(null, 0, 0, true, null), Alphabet.ALPHA),
          ofFewer(
              new UpperAlphaNumericToken(Tokenizer.SLT_2_3, 0, 0, true, null),
              Alphabet.UPPER_ALPHANUMERIC),
          ofFewer(
              new CreditCardToken(Tokenizer.SLT_1_3, 0, 0, null, null, null, null),
              Alphabet.DIGITS),
          ofFewer(new LowerAsciiToken(null, 0, 0, true, AllowShort.YES), Alphabet.LOWER_ASCII),
          ofFewer(new PrintableToken(null, 0, 0, true, AllowShort.YES), Alphabet.PRINTABLE),
          of(
              new EmailToken(Tokenizer.SLT_1_3, true, AllowShort.YES),
              Alphabet.ALPHANUMERIC,
              Alphabet.ALPHANUMERIC,
              "@b.example",
              FEWER,
              ofRandom(62)),
          of(
              new DecimalToken(null, null, null),
              Alphabet.DIGITS,
              Alphabet.DIGITS_WITHOUT_ZERO,
              "",
              FEWER,
              ofRandom(9)),
          integers(),
          bytes(),
          of(
              new UnicodeToken(null),
              Alphabet.LOWER_ASCII,
              Alphabet.ALPHANUMERIC,
              "",
              FEWER,
              ofRandom(62)),
          of(
              new UnicodeBase64Token(null),
              Alphabet.LOWER_ASCII,
              Alphabet.BASE64,
              "",
              FEWER,
              ofRandom(64)),
          of(Tokenizer.SLT_1_3, CodePoints.parse("0391-03A1,03A3-03A9,03B1-03C9")),
          of(Tokenizer.SLT_X_1, CodePoints.parse("0100-01A0")),
          dates(new DateToken(Tokenizer.SLT_1_3, null), 3),
          dates(new DateToken(Tokenizer.SLT_2_6, null), 3),
          dates(new DateTimeToken(null, true, false, null), 3),
          dates(new DateTimeToken(null, true, false, null), 6),
          of(new FpeNumeric(null, null, null, null, null), Alphabet.DIGITS));

  private static Element of(ProtectionMethod method, Alphabet symbols) {
    return of(method, symbols, symbols, "", VALUES, ofRandom(symbols.size()));
  }

  private static Element ofFewer(ProtectionMethod method, Alphabet symbols) {
    return of(method, symbols, symbols, "", FEWER, ofRandom(symbols.size()));
  }

  /**
   * @param rest what stands behind the symbols of each value, and stays
   */
  private static Element of(
      ProtectionMethod method,
      Alphabet ofClear,
      Alphabet ofToken,
      String rest,
      int values,
      double mostChiSquared) {
    Protection protection = protection(method);
    return new Element(
        method.key(),
        ofClear.size(),
        LENGTH,
        ofToken.size(),
        value -> {
          var clear = new StringBuilder();
          for (int number : value) {
            clear.append(ofClear.symbol(number));
          }
          String token = protection.protect(clear + rest, NO_IV);
          return token
              .substring(0, token.length() - rest.length())
              .chars()
              .map(c -> ofToken.number((char) c))
              .toArray();
        },
        values,
        mostChiSquared);
  }

  /** Integers of four bytes. */
  private static Element integers() {
    Protection protection = protection(new IntegerToken(4, null));
    return new Element(
        "integerToken",
        256,
        4,
        256,
        value -> {
          int clear = value[0] << 24 | value[1] << 16 | value[2] << 8 | value[3];
          int token = Integer.parseInt(protection.protect(Integer.toString(clear), NO_IV));
          return new int[] {token >>> 24, token >>> 16 & 0xff, token >>> 8 & 0xff, token & 0xff};
        },
        FEWER,
        ofRandom(256));
  }

  /** Bytes between clear ends that stay the same: other tests have this element's table too. */
  private static Element bytes() {
    Protection protection = protection(new BinaryToken(Tokenizer.SLT_1_3, 1, 1));
    return new Element(
        "binaryToken",
        256,
        LENGTH,
        256,
        value -> {
          var clear = new byte[1 + LENGTH + 1];
          for (int at = 0; at < LENGTH; at++) {
            clear[1 + at] = (byte) value[at];
          }
          byte[] token = protection.protect(clear);
          return IntStream.range(1, token.length - 1).map(at -> token[at] & 0xff).toArray();
        },
        FEWER,
        ofRandom(256));
  }

  private static Element of(Tokenizer tokenizer, CodePoints symbols) {
    var method = new UnicodeGen2Token(tokenizer, "1", null, 0, 0, true, AllowShort.YES);
    Protection protection = protection(method, symbols);
    return new Element(
        "unicodeGen2Token of " + symbols.size(),
        symbols.size(),
        LENGTH,
        symbols.size(),
        value -> {
          int[] clear = IntStream.of(value).map(symbols::codePoint).toArray();
          String token = protection.protect(new String(clear, 0, LENGTH), NO_IV);
          return token.codePoints().map(symbols::number).toArray();
        },
        VALUES,
        ofRandom(symbols.size()));
  }

  /**
   * Days from 1700 on, by three digits in base 60, and a time of day by three more. A token has two
   * places for its day, and two for its second: in which sixtieth of them all it lies, and the
   * remainder by 60. Of COUNT days these differ by one among more than 16,000, which so few values
   * do not show.
   *
   * @param length 3 without a time, 6 with one
   */
  private static Element dates(ProtectionMethod method, int length) {
    Protection protection = protection(method);
    return new Element(
        method + (length == 3 ? "" : " with a time"),
        60,
        length,
        60,
        value -> {
          int date =
              Days.date(Days.number(1700, 1, 1) + (value[0] * 60 + value[1]) * 60 + value[2]);
          String clear =
              "%04d-%02d-%02d".formatted(Days.year(date), Days.month(date), Days.day(date));
          if (length == 3) {
            int day = day(protection.protect(clear, NO_IV));
            return new int[] {day * 60 / Days.COUNT, day % 60};
          }
          clear += " %02d:%02d:%02d".formatted(value[3] % 24, value[4], value[5]);
          String token = protection.protect(clear, NO_IV);
          int day = day(token);
          int second = LocalTime.parse(token.substring(11)).toSecondOfDay();
          return new int[] {day * 60 / Days.COUNT, day % 60, second / 1440, second % 60};
        },
        VALUES,
        ofRandom(60));
  }

  private static int day(String token) {
    return Days.number(
        DateTokens.digits(token, 0, 4),
        DateTokens.digits(token, 5, 2),
        DateTokens.digits(token, 8, 2));
  }

  @Test
  void everySymbolIsEquallyLikelyInEveryPlace() {
    for (Element element : elements) {
      var counts = new int[element.tokenOf(0).length][element.radix];
      for (int i = 0; i < element.values; i++) {
        int[] token = element.tokenOf(i);
        assertThat(token).hasSize(counts.length);
        for (int at = 0; at < counts.length; at++) {
          counts[at][token[at]]++;
        }
      }
      double expected = (double) element.values / element.radix;
      for (int[] ofPlace : counts) {
        double chiSquared = 0;
        for (int count : ofPlace) {
          chiSquared += (count - expected) * (count - expected) / expected;
        }
        assertThat(chiSquared).as(element.name).isLessThan(element.mostChiSquared);
      }
    }
  }

  /**
   * The smallest number of successes that is not rarer than one in two million among so many trials
   * of a probability, by the binomial distribution itself: with few successes expected, as places
   * that stay the same are where there are many symbols, a normal one is far from it.
   */
  private static int leastOf(int trials, double probability) {
    double logarithm = trials * Math.log1p(-probability);
    double below = Math.exp(logarithm);
    int successes = 0;
    while (below <= 5e-7) {
      logarithm += Math.log((trials - successes) / (successes + 1.0));
      logarithm += Math.log(probability) - Math.log1p(-probability);
      below += Math.exp(logarithm);
      successes++;
    }
    return successes;
  }

  private static void isLikely(Element element, int same, int compared) {
    double likely = 1.0 / element.radix;
    assertThat(same)
        .as(element.name)
        .isBetween(leastOf(compared, likely), compared - leastOf(compared, 1 - likely));
  }

  /** Values that follow each other: days, seconds, numbers. */
  @Test
  void neighboursHaveUnrelatedTokens() {
    for (Element element : elements) {
      int[] before = element.tokenOf(0);
      var same = new int[before.length];
      for (int i = 1; i <= FEWER; i++) {
        int[] token = element.tokenOf(i);
        for (int at = 0; at < same.length; at++) {
          same[at] += token[at] == before[at] ? 1 : 0;
        }
        before = token;
      }
      for (int count : same) {
        isLikely(element, count, FEWER);
      }
    }
  }

  @Test
  void theBoundsAreThoseOfTheBinomialDistribution() {
    assertThat(leastOf(1, 0.5)).isZero();
    assertThat(leastOf(20, 0.5)).isZero();
    assertThat(leastOf(21, 0.5)).isEqualTo(1);
    assertThat(leastOf(1000, 0.5)).isEqualTo(423);
    // With 256 symbols a place may stay the same in none of 1,000 pairs, and in 17, but not in 18.
    assertThat(leastOf(1000, 1.0 / 256)).isZero();
    assertThat(1000 - leastOf(1000, 255.0 / 256)).isEqualTo(17);
  }

  /** Each place on its own, and all together: in one place it may be that none stays the same. */
  @Test
  void oneChangedSymbolChangesEveryPlaceOfTheToken() {
    var random = new Random(1);
    for (Element element : elements) {
      int sameInAll = 0;
      int comparedInAll = 0;
      for (int changed : new int[] {0, element.length / 2 - 1, element.length - 1}) {
        var same = new int[element.tokenOf(0).length];
        int pairs = element.values / 5;
        for (int i = 0; i < pairs; i++) {
          int[] one = random.ints(element.length, 0, element.clearRadix).toArray();
          int[] other = one.clone();
          int change = 1 + random.nextInt(element.clearRadix - 1);
          other[changed] = (other[changed] + change) % element.clearRadix;
          int[] token = element.token.apply(one);
          int[] otherToken = element.token.apply(other);
          for (int at = 0; at < same.length; at++) {
            same[at] += token[at] == otherToken[at] ? 1 : 0;
          }
        }
        for (int count : same) {
          isLikely(element, count, pairs);
          sameInAll += count;
          comparedInAll += pairs;
        }
      }
      assertThat(leastOf(comparedInAll, 1.0 / element.radix)).isPositive();
      isLikely(element, sameInAll, comparedInAll);
    }
  }
}
