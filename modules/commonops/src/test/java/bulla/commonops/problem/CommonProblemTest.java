package bulla.commonops.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CommonProblemTest {
  @Test
  void everyProblemHasAnErrorStatusAndATitleWithoutAFullStop() {
    assertThat(Arrays.stream(CommonProblem.values()))
        .allSatisfy(
            problem -> {
              assertThat(problem.status()).isBetween(400, 599);
              assertThat(problem.title()).isNotBlank().doesNotEndWith(".");
            });
  }

  @Test
  void theTypeIsAUriThatNamesTheProblem() {
    assertThat(ProblemDocument.uri(CommonProblem.MALFORMED_JSON))
        .isEqualTo("urn:bulla:problem:malformed-json");
  }

  @Test
  void aProblemCanSayWhenToTryAgain() {
    assertThat(CommonProblem.TOO_MANY_REQUESTS.because("Wait").retryAfter(7).retryAfterSeconds())
        .isEqualTo(7);
  }
}
