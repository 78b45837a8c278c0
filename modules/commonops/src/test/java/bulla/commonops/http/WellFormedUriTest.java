package bulla.commonops.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WellFormedUriTest {
  @Test
  void noQueryIsWellFormed() {
    assertThat(WellFormedUri.isWellFormed(null)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "max=25&first=0", "name=J%C3%BCrgen", "a=%25zz", "&&==", "%e2%82%ac"})
  void aDecodableQueryIsWellFormed(String query) {
    assertThat(WellFormedUri.isWellFormed(query)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%", "max=%", "max=%2", "max=%zz", "max=%2z&first=0", "a=%c0%af", "a=%ff", "a=é"})
  void anUndecodableQueryIsNot(String query) {
    assertThat(WellFormedUri.isWellFormed(query)).isFalse();
  }
}
