package bulla.commonops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormInTimeTest {
  @Test
  void namesAndValuesAreDecoded() {
    assertThat(FormInTime.parameters(null, "loginname=J%C3%BCrgen+B&password=a%26b%3d%2b=c&&x&=y"))
        .containsOnly(
            entry("loginname", new String[] {"J\u00fcrgen B"}),
            entry("password", new String[] {"a&b=+=c"}),
            entry("x", new String[] {""}),
            entry("", new String[] {"y"}));
  }

  @Test
  void theQuerysComeFirstAndNoneIsLost() {
    assertThat(FormInTime.parameters("a=1&b=2", "a=3&a=4"))
        .containsOnly(entry("a", new String[] {"1", "3", "4"}), entry("b", new String[] {"2"}));
  }

  @Test
  void anEmptyFormHasNone() {
    assertThat(FormInTime.parameters(null, "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "a=%2", "a=%zz", "%zz=b", "a=%-1"})
  void malformedPercentEncodingIsRefused(String form) {
    assertThatThrownBy(() -> FormInTime.parameters(null, form))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
