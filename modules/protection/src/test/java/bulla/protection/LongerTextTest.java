package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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
    int[] encoded = longer.encode(symbols, length);
    assertThat(encoded).hasSize(longer.longerLength(length));
    for (int digit : encoded) {
      assertThat(digit).isBetween(0, radix - 1);
    }
    assertThat(longer.decode(encoded, encoded.length)).isEqualTo(symbols);
  }

  @Property
  void whatDecodesIsWhatWasEncoded(
      @ForAll @IntRange(min = 3, max = 60) int length, @ForAll Random random) {
    var longer = new LongerText(10, 3);
    var digits = new int[length];
    for (int i = 0; i < length; i++) {
      digits[i] = random.nextInt(10);
    }
    int[] decoded = longer.decode(digits, length);
    if (decoded.length > 0) {
      assertThat(longer.encode(decoded, decoded.length)).isEqualTo(digits);
    }
  }
}
