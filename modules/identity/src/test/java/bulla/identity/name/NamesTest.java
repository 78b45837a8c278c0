package bulla.identity.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @CsvSource({
    "Exporter, EXPORTER",
    "\u00e9va, E\u0301VA",
    "\u039f\u0394\u039f\u03a3, \u03bf\u03b4\u03bf\u03c3",
    "\u039f\u0394\u039f\u03a3, \u03bf\u03b4\u03bf\u03c2",
    "stra\u00dfe, STRASSE",
    "I, i"
  })
  void namesThatDifferInCaseAloneAreTheSame(String one, String other) {
    assertThat(Names.key(one)).isEqualTo(Names.key(other));
  }

  @Test
  void theLetterICountsWithItsDot() {
    assertThat(Names.key("\u0131")).isEqualTo("i");
    assertThat(Names.key("Zo\u00eb")).isNotEqualTo(Names.key("Zoe"));
  }

  @Test
  void aTextThatIsFarTooLongIsNeverNormalised() {
    String marks = "a" + "\u0307\u0323".repeat(500_000);
    assertThat(Names.normalised(marks)).isEmpty();
    assertThatThrownBy(() -> Names.plain(marks, "A role's"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("A role's name has 1 to 128 letters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "A1", "a b", "caf\u00e9", "x.y_z:1@2+3-4"})
  void plainNamesAreGood(String name) {
    assertThat(Names.plain(name, "A role's")).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " a", "a ", "-a", "a/b", "a\nb", "a\u200bb"})
  void otherNamesAreNot(String name) {
    assertThatThrownBy(() -> Names.plain(name, "A group's"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
