package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
  private static String apply(Mask mask, String value) {
    return mask.apply(value, Protection.everyPosition(value));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, true, 12345, *234*",
    "1, 1, false, 12345, 1***5",
    "6, 4, false, 1234567890123456, 123456******3456",
    "6, 4, true, 1234567890123456, ******789012****",
    "12, 0, true, 1234567890123456, ************3456",
    "0, 4, false, 123-45-6789, *******6789",
    "2, 2, true, abc, ***",
    "2, 2, false, abc, ***",
    "2, 2, false, abcd, ****",
    "2, 2, false, abcde, ab*de",
    "0, 0, false, abc, ***",
    "1, 1, false, '', ''",
    "1, 0, false, 😀é😀, 😀**",
    "0, 1, true, a😀, a*"
  })
  void theCountedCharactersAreHiddenOrShown(
      int left, int right, boolean masked, String value, String shown) {
    assertThat(apply(new Mask(left, right, masked, "*"), value)).isEqualTo(shown);
  }

  @Test
  void theCharacterMayLieOutsideTheBasicPlane() {
    assertThat(apply(new Mask(1, 0, true, "🔒"), "ab")).isEqualTo("🔒b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "**", "\n", "\u0000", "\ud83d", "\uffff", "\ufdd0", "\u200b"})
  void theCharacterIsOnePrintableCodePoint(String character) {
    assertThatThrownBy(() -> new Mask(1, 1, true, character))
        .isInstanceOfSatisfying(
            InvalidMethodException.class, e -> assertThat(e.member()).isEqualTo("character"));
  }

  @Test
  void aMaskThatHidesNothingIsRefused() {
    assertThatThrownBy(() -> new Mask(0, 0, true, "*"))
        .isInstanceOf(InvalidMethodException.class)
        .hasMessageStartingWith("masked must be false");
    assertThatThrownBy(() -> new Mask(-1, 0, true, "*")).hasMessageContaining("fromLeft");
    assertThatThrownBy(() -> new Mask(0, 100, true, "*")).hasMessageContaining("fromRight");
  }
}
