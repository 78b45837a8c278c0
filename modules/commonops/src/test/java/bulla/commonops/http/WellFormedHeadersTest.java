package bulla.commonops.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WellFormedHeadersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "application/json",
        "application/json;q=0",
        "application/json; q=1.000 , text/html;level=1;q=0.123",
        "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8",
        "a/b;Q=1."
      })
  void weightsOfRfc9110AreGood(String accept) {
    assertThat(WellFormedHeaders.hasGoodWeights(accept)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b;q=x",
        "a/b;q=",
        "a/b;q=1.5",
        "a/b;q=-0",
        "a/b;q=0.1234",
        "a/b;q=\"1\"",
        "a/b;q=1, c/d;q=2"
      })
  void everythingElseIsNot(String accept) {
    assertThat(WellFormedHeaders.hasGoodWeights(accept)).isFalse();
  }
}
