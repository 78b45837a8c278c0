package bulla.auditchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
  // RFC 8785, section 3.2.2, without its numbers that are not whole.
  @Test
  void theSampleOfTheStandard() {
    String sample =
        """
        {
          "numbers": [333333333, 4, 2, 0],
          "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
          "literals": [null, true, false]
        }
        """;
    assertThat(CanonicalJson.of(sample))
        .isEqualTo(
            "{\"literals\":[null,true,false],\"numbers\":[333333333,4,2,0],"
                + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  // RFC 8785, section 3.2.3.
  @Test
  void membersAreSortedAtEveryDepth() {
    assertThat(CanonicalJson.of("{\"b\":{\"z\":1,\"a\":[{\"y\":2,\"x\":-3}]},\"a\":{}}"))
        .isEqualTo("{\"a\":{},\"b\":{\"a\":[{\"x\":-3,\"y\":2}],\"z\":1}}");
    assertThat(CanonicalJson.of("{\"\ufb33\":1,\"\ud83d\ude00\":2,\"\u20ac\":3,\"\\r\":4}"))
        .isEqualTo("{\"\\r\":4,\"\u20ac\":3,\"\ud83d\ude00\":2,\"\ufb33\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[1,2] | [2,1]",
        "{\"a\":null} | {}",
        "{\"a\":1} | {\"a\":\"1\"}",
        "{\"a\":\"b\"} | {\"A\":\"b\"}",
        "[] | {}"
      })
  void differentValuesHaveDifferentForms(String one, String other) {
    assertThat(CanonicalJson.of(one)).isNotEqualTo(CanonicalJson.of(other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1",
        "{\"a\":}",
        "{\"a\":1,\"a\":1}",
        "{} {}",
        "1.5",
        "1e3",
        "9007199254740992",
        "99999999999999999999999",
        "NaN",
        "\"\\ud83d\"",
        "{\"\\ude00\":1}"
      })
  void whatHasNoCanonicalFormIsRefused(String json) {
    assertThatThrownBy(() -> CanonicalJson.of(json)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nestingIsBounded() {
    String deep = "[".repeat(64) + "]".repeat(64);
    assertThat(CanonicalJson.of(deep)).isEqualTo(deep);
    assertThatThrownBy(() -> CanonicalJson.of("[" + deep + "]"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
