package bulla.pim.object;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class UidTest {
  @ParameterizedTest
  @ValueSource(strings = {"1", "42", "999999999999999999"})
  void aDecimalNumberIsAUid(String uid) {
    assertThat(Uid.number(uid)).hasValue(Long.parseLong(uid));
    assertThat(Uid.of(Long.parseLong(uid))).isEqualTo(uid);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "0",
        "01",
        "-1",
        "+1",
        "1.0",
        "1 ",
        " 1",
        "1e3",
        "0x1",
        "..",
        "../1",
        "\u0661",
        "9999999999999999999",
        "1\n"
      })
  void nothingElseIs(String uid) {
    assertThat(Uid.number(uid)).isEmpty();
  }

  @Test
  void aMessageRepeatsLittleOfWhatAStrangerSent() {
    assertThat(Uid.shown("1\n\u202E")).isEqualTo("1??");
    assertThat(Uid.shown("x".repeat(500))).hasSize(23);
  }
}
