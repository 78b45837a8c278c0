package bulla.identity.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NewPasswordTest {
  static Stream<String> good() {
    return Stream.of("StrongPassword123!", "twelve chars", "p".repeat(256), "\u00e4".repeat(128));
  }

  static Stream<String> bad() {
    return Stream.of(
        "",
        "elevenchars",
        // Six characters of two UTF-16 units each.
        "\ud83d\ude00".repeat(6),
        "p".repeat(257),
        "\u00e4".repeat(129),
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

  @Test
  void theTextFormHidesThePassword() {
    assertThat(NewPassword.of("StrongPassword123!")).hasToString("NewPassword[hidden]");
  }
}
