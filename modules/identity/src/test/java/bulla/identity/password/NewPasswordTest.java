package bulla.identity.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewPasswordTest {
  static Stream<String> good() {
    return Stream.of(
        "StrongPassword123!",
        "NewStrongPassword123!",
        "twelve chars",
        "correct horse battery",
        lasting("p", 256),
        lasting("\u00e4", 128));
  }

  static Stream<String> bad() {
    return Stream.of(
        "",
        "elevenchars",
        // Six characters of two UTF-16 units each.
        "\ud83d\ude00".repeat(6),
        lasting("p", 257),
        lasting("\u00e4", 129),
        "an unpaired \ud83d surrogate");
  }

  @ParameterizedTest
  @MethodSource("good")
  void aLongEnoughPasswordIsAccepted(String text) {
    assertThat(NewPassword.of(text).utf8().length()).isLessThanOrEqualTo(256);
  }

  @ParameterizedTest
  @MethodSource("bad")
  void aRefusalDoesNotRepeatThePassword(String text) {
    assertThatThrownBy(() -> NewPassword.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(
            refused -> {
              if (!text.isEmpty()) {
                assertThat(refused.getMessage()).doesNotContain(text);
              }
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password1234",
        "PASSWORD1234!",
        "P@ssw0rd2026!",
        "123password123",
        "passwordpassword",
        "Password1Password1",
        "iloveyoubaby",
        "DragonMonkey99",
        "qwertyuiop12",
        "1qaz2wsx3edc",
        "123456789012",
        "Summer2026Summer2026",
        "changeme!!!!",
        "aaaaaaaaaaaa",
        "abcabcabcabcab",
        "\uff50\uff41\uff53\uff53word12345"
      })
  void aPasswordThatIsTriedFirstIsRefused(String text) {
    assertThatThrownBy(() -> NewPassword.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tried first");
  }

  /** {@code letter} and others, {@code length} characters that repeat nothing. */
  private static String lasting(String letter, int length) {
    var text = new StringBuilder();
    for (int i = 0; text.length() < length; i++) {
      text.append(letter.repeat(i % 7 + 1)).append("\u00e4".equals(letter) ? "\u00f6" : "q");
    }
    return text.substring(0, length - 1) + letter;
  }

  @Test
  void theTextFormHidesThePassword() {
    assertThat(NewPassword.of("StrongPassword123!")).hasToString("NewPassword[hidden]");
  }
}
