package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class ModulusTest {
  @Property
  void theRemainderOf96BitsIsExact(
      @ForAll long high,
      @ForAll int low,
      @ForAll @LongRange(min = 8, max = (1L << 61) - 1) long modulus) {
    BigInteger number = unsigned(high).shiftLeft(32).add(unsigned(low & 0xffffffffL));
    assertThat(new Modulus(modulus).remainder(high, low))
        .isEqualTo(number.mod(BigInteger.valueOf(modulus)).longValueExact());
  }

  /**
   * There the estimated quotient is the right one or one less, as the reciprocal was rounded; among
   * numbers at random one in a million is such a one.
   */
  @Example
  void theRemainderOf96BitsIsExactBesideMultiples() {
    var random = new Random(6);
    for (int i = 0; i < 2000; i++) {
      BigInteger modulus = new BigInteger(60, random).setBit(34 + random.nextInt(27));
      BigInteger quotient = BigInteger.valueOf(1 + Integer.toUnsignedLong(random.nextInt()) / 2);
      BigInteger dividend =
          quotient.multiply(modulus).add(BigInteger.valueOf(random.nextInt(3) - 1));
      assertThat(
              new Modulus(modulus.longValueExact())
                  .remainder(dividend.shiftRight(32).longValue(), dividend.intValue()))
          .isEqualTo(dividend.mod(modulus).longValueExact());
    }
  }

  /** Beside multiples, and where what the quotients leave out is the most. */
  @Example
  void theRemaindersOfManyNumbersAreExactOrOneModulusTooLarge() {
    var random = new Random(7);
    modulesOfMany(random)
        .forEach(
            value -> {
              long most = Long.divideUnsigned(-1, value);
              long[] numbers =
                  LongStream.concat(
                          LongStream.of(0, 1, -1, most, 0xffffffffL, -1L << 32),
                          LongStream.range(0, 60)
                              .map(i -> Long.remainderUnsigned(random.nextLong(), most) * value)
                              .flatMap(n -> LongStream.of(n - 1, n, n + 1, n | 0xffffffffL)))
                      .toArray();
              long[] remainders = numbers.clone();
              new Modulus(value).remainders(remainders, remainders.length);
              for (int i = 0; i < numbers.length; i++) {
                assertThat(remainders[i]).isBetween(0L, 2 * value - 1);
                assertThat(remainders[i] % value)
                    .as("%s modulo %d", Long.toUnsignedString(numbers[i]), value)
                    .isEqualTo(Long.remainderUnsigned(numbers[i], value));
              }
            });
  }

  @Example
  void sumsAndDifferencesOfManyNumbersAreReduced() {
    var random = new Random(8);
    LongStream.concat(modulesOfMany(random), LongStream.of((1L << 61) - 1, 1L << 60))
        .forEach(
            value -> {
              long[] reduced = {0, 0, 0, 0, value - 1, value - 1, value - 1, value - 1, value / 2};
              long[] others = {
                0, value - 1, value, 2 * value - 1, 0, value - 1, value, 2 * value - 1, value / 3
              };
              var modulus = new Modulus(value);
              long[] sums = reduced.clone();
              modulus.add(sums, others, sums.length);
              long[] differences = reduced.clone();
              modulus.subtract(differences, others, differences.length);
              for (int i = 0; i < reduced.length; i++) {
                assertThat(sums[i]).isEqualTo((reduced[i] + others[i]) % value);
                assertThat(differences[i]).isEqualTo(Math.floorMod(reduced[i] - others[i], value));
              }
            });
  }

  @Example
  void onlySoManyNumbersChangeAsAreAskedFor() {
    var modulus = new Modulus(10);
    long[] numbers = {25, 25, 25};
    modulus.remainders(numbers, 1);
    assertThat(Arrays.copyOfRange(numbers, 1, 3)).containsOnly(25);
    long[] reduced = {3, 3, 3};
    modulus.add(reduced, new long[] {4, 4, 4}, 2);
    assertThat(reduced).containsExactly(7, 7, 3);
    modulus.subtract(reduced, new long[] {8, 8, 8}, 1);
    assertThat(reduced).containsExactly(9, 7, 3);
  }

  @Example
  void remaindersOfManyNumbersAreOfSmallModulesAlone() {
    var tooLarge = new Modulus(Modulus.MAX_OF_REMAINDERS + 1);
    assertThatThrownBy(() -> tooLarge.remainders(new long[1], 1))
        .isInstanceOf(IllegalStateException.class);
  }

  private static LongStream modulesOfMany(Random random) {
    return LongStream.concat(
            LongStream.concat(
                LongStream.rangeClosed(2, 300),
                LongStream.rangeClosed(8, 32)
                    .flatMap(bits -> LongStream.of(-1, 0, 1).map(i -> (1L << bits) + i))),
            LongStream.concat(
                LongStream.of(100_000_000, 1_000_000_000, 916_132_832, 2_176_782_336L),
                random.longs(500, 2, 1L << 32)))
        .filter(value -> value <= Modulus.MAX_OF_REMAINDERS);
  }

  private static BigInteger unsigned(long number) {
    return new BigInteger(Long.toUnsignedString(number));
  }
}
