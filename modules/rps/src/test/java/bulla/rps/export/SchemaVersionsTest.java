package bulla.rps.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bulla.commonops.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaVersionsTest {
  @Test
  void thePublishedVersionsAreServed() {
    assertThat(SchemaVersions.negotiate("1", "1")).isEqualTo(new SchemaVersions(1, 1));
  }

  @Test
  void whoSaysNoVersionGetsTheFirst() {
    assertThat(SchemaVersions.negotiate(null, null)).isEqualTo(new SchemaVersions(1, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2", "-1", "+1", "01", "1.0", " 1", "", "one", "99999999999", "١"})
  void anUnknownVersionIsRefusedWithTheSupportedOnes(String wanted) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> SchemaVersions.negotiate(wanted, "1"))
        .satisfies(problem -> assertRefused(problem, "version"));
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> SchemaVersions.negotiate("1", wanted))
        .satisfies(problem -> assertRefused(problem, "coreVersion"));
  }

  private static void assertRefused(Problem problem, String parameter) {
    assertThat(problem.type()).isEqualTo(RpsProblem.UNSUPPORTED_VERSION);
    assertThat(problem.type().status()).isEqualTo(400);
    assertThat(problem.detail()).isEqualTo(parameter + " must be one of [1]");
    assertThat(problem.member()).contains(parameter);
  }
}
