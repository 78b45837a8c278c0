package bulla.commonops.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void lettersOfAnyScriptAndSpacesArePrintable() {
    assertThat("Zoë Ω 山 \uD83D\uDE00").matches(Printable.TEXT);
    assertThat("").matches(Printable.TEXT);
  }

  @Test
  void whatForgesOrHidesTextIsNot() {
    for (String bad : new String[] {"\n", "\u0000", "\u202E", "\u200B", "\uD800", "\u2028"}) {
      assertThat("a" + bad + "b").doesNotMatch(Printable.TEXT);
    }
  }
}
