package bulla.protection;

import static bulla.protection.Keys.NO_IV;
import static bulla.protection.Keys.protection;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whether tokens look random: each bound is so wide that a random function would break it less than
 * once in a million times, and the values are fixed, so that the outcome is.
 */
class TokenStatisticsTest {
  private static final int VALUES = 20_000;
  private static final int LENGTH = 16;

  private static final Protection[] ELEMENTS = {
    protection(new NumericToken(Tokenizer.SLT_1_3, 0, 0, true, AllowShort.YES)),
    protection(new NumericToken(Tokenizer.SLT_2_3, 0, 0, true, AllowShort.YES)),
    protection(new NumericToken(Tokenizer.SLT_2_6, 0, 0, true, AllowShort.YES)),
    protection(new FpeNumeric(null, null, null, null, null))
  };

  /** Values that differ little from each other: what a column of running numbers holds. */
  private static String value(int i) {
    return "%016d".formatted(i);
  }

  @Test
  void everyDigitIsEquallyLikelyInEveryPlace() {
    for (var element : ELEMENTS) {
      var counts = new int[LENGTH][10];
      for (int i = 0; i < VALUES; i++) {
        String token = element.protect(value(i), NO_IV);
        for (int at = 0; at < LENGTH; at++) {
          counts[at][token.charAt(at) - '0']++;
        }
      }
      for (int[] ofPlace : counts) {
        double chiSquared = 0;
        for (int count : ofPlace) {
          double difference = count - VALUES / 10.0;
          chiSquared += difference * difference / (VALUES / 10.0);
        }
        // 9 degrees of freedom: above 46 with a probability of 6e-7.
        assertThat(chiSquared).isLessThan(50);
      }
    }
  }

  @Test
  void oneChangedDigitChangesEveryPlaceOfTheTokenNineTimesInTen() {
    var random = new Random(1);
    for (var element : ELEMENTS) {
      for (int changed : new int[] {0, 7, 15}) {
        var different = new int[LENGTH];
        int pairs = 4000;
        for (int i = 0; i < pairs; i++) {
          String one =
              random.ints(LENGTH, 0, 10).mapToObj(Integer::toString).reduce("", String::concat);
          char[] other = one.toCharArray();
          other[changed] = (char) ('0' + (other[changed] - '0' + 1 + random.nextInt(9)) % 10);
          String token = element.protect(one, NO_IV);
          String otherToken = element.protect(new String(other), NO_IV);
          for (int at = 0; at < LENGTH; at++) {
            different[at] += token.charAt(at) == otherToken.charAt(at) ? 0 : 1;
          }
        }
        for (int count : different) {
          // 0.9 with a standard deviation of 0.0047 among 4,000 pairs.
          assertThat((double) count / pairs).isBetween(0.875, 0.925);
        }
      }
    }
  }
}
