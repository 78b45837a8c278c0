package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DivisorTest {
  private static final long MOST = (1L << 62) - 1;

  /** Next to a multiple a quotient that is off by the least changes. */
  @Test
  void quotientsAreExactBesideEveryMultipleThatIsTried() {
    var random = new Random(4);
    LongStream divisors =
        LongStream.concat(
            LongStream.concat(LongStream.rangeClosed(2, 300), LongStream.of(65_536, 1L << 32)),
            LongStream.concat(
                LongStream.rangeClosed(0, 31).flatMap(i -> LongStream.of((2L << i) + 1, 4L << i)),
                random.longs(2_000, 2, 1L << 32)));
    divisors
        .filter(value -> value <= 1L << 32)
        .forEach(
            value -> {
              var divisor = new Divisor(value);
              LongStream numbers =
                  LongStream.concat(
                      LongStream.of(0, MOST, MOST / value * value),
                      random.longs(50, 0, MOST / value).map(times -> times * value));
              numbers
                  .flatMap(number -> LongStream.of(number - 1, number, number + 1))
                  .filter(number -> number >= 0 && number <= MOST)
                  .forEach(
                      number ->
                          assertThat(divisor.quotient(number))
                              .as("%d / %d", number, value)
                              .isEqualTo(number / value));
            });
  }

  /** On both sides of the number up to which a shorter reciprocal is exact. */
  @Test
  void manyNumbersAreDividedExactly() {
    var random = new Random(5);
    for (long value :
        LongStream.concat(
                LongStream.concat(LongStream.rangeClosed(2, 70_000), LongStream.of(1L << 32)),
                LongStream.concat(
                    LongStream.range(17, 32)
                        .flatMap(
                            bits -> LongStream.of((1L << bits) - 1, 1L << bits, (1L << bits) + 1)),
                    random.longs(2_000, 2, 1L << 32)))
            .toArray()) {
      var divisor = new Divisor(value);
      for (long below : new long[] {1L << 31, (1L << 31) + 1, 1L << 32, MOST + 1}) {
        long times = random.nextInt(1 + (int) Math.min(Integer.MAX_VALUE - 1, below / value));
        long[] dividends = {
          0, below - 1, Math.max(0, times * value - 1), Math.min(below - 1, times * value), 77
        };
        long[] quotients = dividends.clone();
        long[] remainders = {0, 0, 0, 0, 77};
        divisor.divide(quotients, remainders, 4, below);
        for (int i = 0; i < 4; i++) {
          assertThat(quotients[i]).isEqualTo(dividends[i] / value);
          assertThat(remainders[i]).isEqualTo(dividends[i] % value);
        }
        assertThat(quotients[4]).isEqualTo(77);
        assertThat(remainders[4]).isEqualTo(77);
      }
    }
  }
}
