package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class LongerTextTest {
  @Example
  void theLimitsAreThePublishedOnes() {
    assertThat(new LongerText(10, 3).maxLength()).isEqualTo(3933);
    assertThat(new LongerText(62, 3).maxLength()).isEqualTo(4080);
    assertThat(new LongerText(10, 3).longerLength(3933)).isEqualTo(4096);
    assertThat(new LongerText(62, 3).longerLength(4080)).isEqualTo(4096);
  }

  /** The length is computed in floating point; no length may come out one too small or large. */
  @Example
  void theLongerLengthIsTheLeastThatHoldsEveryText() {
    for (int radix : new int[] {10, 62, 161, 100_000}) {
      var longer = new LongerText(radix, 3);
      BigInteger texts = BigInteger.valueOf(radix + 1L);
      BigInteger held = BigInteger.valueOf(radix).pow(longer.longerLength(3) - 1);
      int length = longer.longerLength(3) - 1;
      texts = texts.pow(3);
      for (int n = 3; n <= longer.maxLength(); n++) {
        while (held.compareTo(texts) < 0) {
          held = held.multiply(BigInteger.valueOf(radix));
          length++;
        }
        assertThat(longer.longerLength(n)).isEqualTo(length);
        assertThat(length - n).isLessThanOrEqualTo(longer.mostMore());
        texts = texts.multiply(BigInteger.valueOf(radix + 1L));
      }
    }
  }

  @Property
  void everyTextComesBack(
      @ForAll @IntRange(min = 1, max = 300) int length,
      @ForAll boolean digits,
      @ForAll boolean extremes,
      @ForAll Random random) {
    int radix = digits ? 10 : 62;
    var longer = new LongerText(radix, 3);
    var symbols = new int[length];
    for (int i = 0; i < length; i++) {
      int drawn = random.nextInt(extremes ? 2 : radix);
      symbols[i] = extremes ? drawn * (radix - 1) : drawn;
    }
    int[] numerals = Arrays.copyOf(symbols, longer.longerLength(length));
    assertThat(longer.encode(numerals, length)).isEqualTo(numerals.length);
    for (int digit : numerals) {
      assertThat(digit).isBetween(0, radix - 1);
    }
    assertThat(longer.decode(numerals, numerals.length)).isEqualTo(length);
    assertThat(numerals).startsWith(symbols);
    assertThat(Scratch.own().limbs(1)).containsOnly(0);
  }

  /** As the class says it: the digits of one number in two bases. */
  @Property
  void theLongerFormIsTheSameNumber(
      @ForAll @IntRange(min = 1, max = 120) int length,
      @ForAll @From("bases") int[] bases,
      @ForAll Random random) {
    var longer = new LongerText(bases[0], bases[1], 3);
    var numerals = new int[Math.max(length, longer.longerLength(length))];
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < length; i++) {
      numerals[i] = random.nextInt(bases[0]);
      number =
          number
              .multiply(BigInteger.valueOf(bases[0] + 1L))
              .add(BigInteger.valueOf(numerals[i] + 1L));
    }
    int count = longer.encode(numerals, length);
    BigInteger written = BigInteger.ZERO;
    for (int i = 0; i < count; i++) {
      written = written.multiply(BigInteger.valueOf(bases[1])).add(BigInteger.valueOf(numerals[i]));
    }
    assertThat(written).isEqualTo(number);
  }

  /** How many symbols the text is of, and the token. */
  @Provide
  Arbitrary<int[]> bases() {
    return Arbitraries.of(
        new int[] {10, 10},
        new int[] {26, 26},
        new int[] {62, 62},
        new int[] {256, 64},
        new int[] {256, 62},
        new int[] {46_340, 46_340},
        new int[] {120_000, 120_000});
  }

  @Property
  void whatDecodesIsWhatWasEncoded(
      @ForAll @IntRange(min = 3, max = 60) int length, @ForAll Random random) {
    var longer = new LongerText(10, 3);
    var digits = new int[length];
    for (int i = 0; i < length; i++) {
      digits[i] = random.nextInt(10);
    }
    int[] numerals = digits.clone();
    int decoded = longer.decode(numerals, length);
    if (decoded > 0) {
      assertThat(longer.encode(numerals, decoded)).isEqualTo(length);
      assertThat(numerals).isEqualTo(digits);
    }
  }
}
