package bulla.identity.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"a", "alpha", "alpha@example.com", "Zo\u00eb", "\u5f20\u4f1f", "o'neil", "x y"})
  void aNameOfAnyScriptIsAccepted(String text) {
    assertThat(new UserName(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " a",
        "a ",
        "a:b",
        "a\u0000b",
        "a\nb",
        "a\u200bb",
        "a\u202eb",
        "\u00a0a",
        "a\u2028b"
      })
  void aNameThatCouldMisleadIsRefused(String text) {
    assertThatThrownBy(() -> new UserName(text)).isInstanceOf(IllegalArgumentException.class);
    assertThat(UserName.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Alpha, aLPHA",
    "Zo\u00eb, zoe\u0308",
    "\u00c9COLE, e\u0301cole",
    "\u212bngstrom, \u00e5ngstrom"
  })
  void lettersOfAnotherCaseOrCompositionMakeNoOtherName(String one, String other) {
    assertThat(new UserName(one).key()).isEqualTo(new UserName(other).key());
  }

  @Test
  void theServersLanguageDoesNotMatter() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(new Locale("tr", "TR"));
      assertThat(new UserName("ADMIN").key()).isEqualTo("admin");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aNameHasAtMost128Characters() {
    assertThat(new UserName("a".repeat(128)).key()).hasSize(128);
    assertThatThrownBy(() -> new UserName("a".repeat(129)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
