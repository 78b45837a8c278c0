package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class Number128Test {
  private static BigInteger value(Number128 number) {
    return BigInteger.valueOf(number.high())
        .shiftLeft(64)
        .add(new BigInteger(Long.toUnsignedString(number.low())));
  }

  @Property
  void aNumberIsDividedWithItsRemainder(
      @ForAll @LongRange(min = 0) long high,
      @ForAll long low,
      @ForAll @IntRange(min = 1) int divisor) {
    var number = new Number128();
    number.set(high, low);
    BigInteger[] parts = value(number).divideAndRemainder(BigInteger.valueOf(divisor));
    assertThat(number.divide(divisor)).isEqualTo(parts[1].intValueExact());
    assertThat(value(number)).isEqualTo(parts[0]);
    assertThat(number.isZero()).isEqualTo(parts[0].signum() == 0);
  }
}
