package bulla.commonops.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationIdTest {
  @Test
  void theCallersOwnIsKept() {
    assertThat(CorrelationId.of("job-7_a.B")).isEqualTo("job-7_a.B");
    assertThat(CorrelationId.of("x".repeat(64))).hasSize(64);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"two words", "a\nb", "<b>", "\u00e9"})
  void whatIsNoneIsReplaced(String given) {
    assertThat(CorrelationId.of(given)).matches("[0-9a-f-]{36}");
    assertThat(CorrelationId.of("x".repeat(65))).matches("[0-9a-f-]{36}");
  }
}
