package bulla.commonops.authentication;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.authentication.WaysIn.Way;
import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaysInTest {
  private final WaysIn ways = new WaysIn(Set.of("auth", "pim"), Set.of("none"), Set.of("rps"));

  @ParameterizedTest
  @CsvSource({"BEARER,/pty/v1/auth", "BEARER,/pty/v2/pim", "CERTIFICATE,/pty/v1/rps"})
  void anApiAcceptsWhatIsSwitchedOnForIt(Way way, String contextPath) {
    assertThatCode(() -> ways.require(way, contextPath)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "BEARER,/pty/v1/rps",
    "BASIC,/pty/v1/auth",
    "BASIC,/pty/v2/pim",
    "BASIC,/pty/v1/rps",
    "CERTIFICATE,/pty/v1/auth",
    "CERTIFICATE,/pty/v2/pim",
    "CERTIFICATE,/pty/v1/rps/",
    "CERTIFICATE,''"
  })
  void anApiRefusesWhatIsNot(Way way, String contextPath) {
    assertThatThrownBy(() -> ways.require(way, contextPath))
        .isInstanceOfSatisfying(
            Problem.class,
            problem ->
                org.assertj.core.api.Assertions.assertThat(problem.type())
                    .isEqualTo(CommonProblem.UNAUTHENTICATED));
  }
}
