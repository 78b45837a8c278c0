package bulla.protection;

import static bulla.protection.Keys.NO_IV;
import static bulla.protection.Keys.protection;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whether tokens look random: each bound is so wide that a random function would break it less than
 * once in a million times, and the values are fixed, so that the outcome is.
 */
class TokenStatisticsTest {
  private static final int VALUES = 20_000;
  private static final int LENGTH = 16;

  private record Element(Protection protection, Alphabet symbols) {
    int radix() {
      return symbols.size();
    }

    /**
     * How many of the pairs of values that differ at one end show it by equal tokens at the other,
     * as {@code docs/tokenization.md} says. Values of running numbers are such, and each such pair
     * is counted twice in one place: the mean of chi-square grows by the number of values times
     * this. Digits stay far below; letters, of which a table of three has 676 states, do not.
     */
    double equalEnds() {
      return radix() == 26 ? Math.pow(LENGTH / 676.0, 2) : 0;
    }

    /** Values that differ little from each other: what a column of running numbers holds. */
    String value(int i) {
      var value = new StringBuilder();
      int rest = i;
      for (int at = 0; at < LENGTH; at++) {
        value.append(symbols.symbol(rest % radix()));
        rest /= radix();
      }
      return value.reverse().toString();
    }

    String token(int i) {
      return protection.protect(value(i), NO_IV);
    }
  }

  private static final List<Element> ELEMENTS =
      List.of(
          of(new NumericToken(Tokenizer.SLT_1_3, 0, 0, true, AllowShort.YES), Alphabet.DIGITS),
          of(new NumericToken(Tokenizer.SLT_2_3, 0, 0, true, AllowShort.YES), Alphabet.DIGITS),
          of(new NumericToken(Tokenizer.SLT_2_6, 0, 0, true, AllowShort.YES), Alphabet.DIGITS),
          of(new NumericToken(Tokenizer.SLT_2_3, 0, 0, false, null), Alphabet.DIGITS),
          of(new UpperAlphaToken(Tokenizer.SLT_1_3, 0, 0, true, null), Alphabet.UPPER_ALPHA),
          of(new AlphaNumericToken(Tokenizer.SLT_2_3, 0, 0, true, null), Alphabet.ALPHANUMERIC),
          of(new FpeNumeric(null, null, null, null, null), Alphabet.DIGITS));

  private static Element of(ProtectionMethod method, Alphabet symbols) {
    return new Element(protection(method), symbols);
  }

  @Test
  void everySymbolIsEquallyLikelyInEveryPlace() {
    for (Element element : ELEMENTS) {
      int radix = element.radix();
      var counts = new int[element.token(0).length()][radix];
      for (int i = 0; i < VALUES; i++) {
        String token = element.token(i);
        assertThat(token).hasSize(counts.length);
        for (int at = 0; at < counts.length; at++) {
          counts[at][element.symbols.number(token.charAt(at))]++;
        }
      }
      double expected = (double) VALUES / radix;
      for (int[] ofPlace : counts) {
        double chiSquared = 0;
        for (int count : ofPlace) {
          chiSquared += (count - expected) * (count - expected) / expected;
        }
        // radix - 1 degrees of freedom, whose deviation is sqrt(2 (radix - 1)): for 10, 26 and 62
        // symbols the bound is 47, 86 and 153, and is passed with a probability below 1e-6.
        int freedom = radix - 1;
        double ofRandom = freedom + 8 * Math.sqrt(2.0 * freedom) + 4;
        assertThat(chiSquared).isLessThan(ofRandom * (1 + VALUES * element.equalEnds()));
      }
    }
  }

  @Test
  void oneChangedSymbolChangesEveryPlaceOfTheToken() {
    var random = new Random(1);
    for (Element element : ELEMENTS) {
      int radix = element.radix();
      for (int changed : new int[] {0, 7, 15}) {
        var different = new int[element.token(0).length()];
        int pairs = 4000;
        for (int i = 0; i < pairs; i++) {
          int[] one = random.ints(LENGTH, 0, radix).toArray();
          int[] other = one.clone();
          other[changed] = (other[changed] + 1 + random.nextInt(radix - 1)) % radix;
          String token = token(element, one);
          String otherToken = token(element, other);
          for (int at = 0; at < different.length; at++) {
            different[at] += token.charAt(at) == otherToken.charAt(at) ? 0 : 1;
          }
        }
        double likely = 1 - 1.0 / radix;
        double deviation = Math.sqrt(likely * (1 - likely) / pairs);
        for (int count : different) {
          assertThat((double) count / pairs)
              .isBetween(likely - 5.5 * deviation, likely + 5.5 * deviation);
        }
      }
    }
  }

  private static String token(Element element, int[] numbers) {
    var clear = new StringBuilder();
    for (int number : numbers) {
      clear.append(element.symbols.symbol(number));
    }
    return element.protection.protect(clear.toString(), NO_IV);
  }
}
