package bulla.commonops.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlViolationTest {
  @ParameterizedTest
  @CsvSource({
    "UNIQUE,23505",
    "REFERENCE,23503",
    "TOO_LONG,22001",
    "CONTENTION,40001",
    "CONTENTION,40XL1",
    "CONTENTION,55P03"
  })
  void aViolationIsFoundAmongTheCauses(SqlViolation violation, String state) {
    var wrapped = new IllegalStateException(new RuntimeException(new SQLException("x", state)));
    for (SqlViolation one : SqlViolation.values()) {
      assertThat(one.caused(wrapped)).as("%s by %s", one, state).isEqualTo(one == violation);
    }
    assertThat(violation.caused(new SQLException("x", (String) null))).isFalse();
  }
}
