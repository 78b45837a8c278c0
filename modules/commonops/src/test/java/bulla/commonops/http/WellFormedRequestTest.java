package bulla.commonops.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole requests are in the integration tests. */
class WellFormedRequestTest {
  private static final String SYMBOLS = "-._~=&+:/?";

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "bulla_1.example.", "192.0.2.1", "[::1]", "[2001:db8::1]"})
  void aNameOrAnAddressIsAHost(String name) {
    assertThat(WellFormedRequest.isHost(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a b", "a?b", "u@h", "[1.2.3.4]", "[:::]", "[1]", "::1", "[]"})
  void anythingElseIsNot(String name) {
    assertThat(WellFormedRequest.isHost(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "max=25&first=0", "name=J%C3%BCrgen", "a=%25zz", "&&==", "%e2%82%ac", "%7c"})
  void whatCanBeDecodedIsWellFormed(String part) {
    assertThat(WellFormedRequest.isWellFormed(part, SYMBOLS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "max=%",
        "max=%2",
        "max=%zz",
        "max=%2z&first=0",
        "a=%c0%af",
        "a=%ff",
        "a=é",
        "a b",
        "a\u0000",
        "a|b",
        "{x}",
        "<x>",
        "\"",
        "^",
        "`",
        "\\",
        "#",
        "a\u0131"
      })
  void whatCannotOrHasAnotherSymbolIsNot(String part) {
    assertThat(WellFormedRequest.isWellFormed(part, SYMBOLS)).isFalse();
  }
}
