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
    assertThat(FormInTime.parameters("loginname=J%C3%BCrgen+B&password=a%26b%3d%2b=c&&x&=y"))
        .containsOnly(
            entry("loginname", new String[] {"J\u00fcrgen B"}),
            entry("password", new String[] {"a&b=+=c"}),
            entry("x", new String[] {""}),
            entry("", new String[] {"y"}));
  }

  @Test
  void noneOfSeveralValuesIsLost() {
    assertThat(FormInTime.parameters("a=3&b&a=4"))
        .containsOnly(entry("a", new String[] {"3", "4"}), entry("b", new String[] {""}));
  }

  @Test
  void anEmptyFormHasNone() {
    assertThat(FormInTime.parameters("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "a=%2", "a=%zz", "%zz=b", "a=%-1"})
  void malformedPercentEncodingIsRefused(String form) {
    assertThatThrownBy(() -> FormInTime.parameters(form))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
