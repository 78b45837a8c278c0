package bulla.commonops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bulla.commonops.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  @Test
  void absentParametersMeanTheFirstHundred() {
    assertThat(Page.of(null, null)).isEqualTo(new Page(0, 100));
  }

  @Test
  void givenParametersAreTaken() {
    assertThat(Page.of("4", "1000")).isEqualTo(new Page(4, 1000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001", "-1", "x", "", "1e3", "99999999999"})
  void aBadMaxIsRefusedByName(String max) {
    var problem = catchThrowableOfType(Problem.class, () -> Page.of(null, max));
    assertThat(problem.member()).contains("max");
    assertThat(problem.type().status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "", "2147483647"})
  void aBadFirstIsRefusedByName(String first) {
    var problem = catchThrowableOfType(Problem.class, () -> Page.of(first, null));
    assertThat(problem.member()).contains("first");
  }

  @Test
  void thePageThatShowsTheEndOfTheListSaysHowLongItIs() {
    assertThat(Page.of("20", "10").total(3, () -> 99)).isEqualTo(23);
    assertThat(Page.of(null, "10").total(0, () -> 99)).isZero();
    assertThat(Page.of("20", "10").total(10, () -> 99)).isEqualTo(99);
    assertThat(Page.of("200", "10").total(0, () -> 99)).isEqualTo(99);
  }
}
