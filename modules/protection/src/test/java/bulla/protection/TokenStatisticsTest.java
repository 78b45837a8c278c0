package bulla.protection;

import static bulla.protection.Keys.NO_IV;
import static bulla.protection.Keys.protection;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
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
   * 62, 94, 191 and 256 symbols the bound is 44, 47, 86, 153, 206, 350 and 440, and is passed with
   * a probability below 1e-6.
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
          bytes(),
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
  private static Element bytes() {
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
