package bulla.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyContextTest {
  @Test
  void theEncodingPutsALengthBeforeEachText() {
    assertThat(HexFormat.of().formatHex(new KeyContext("pim", "é", 7, "x").encoded()))
        .isEqualTo("00000003" + "70696d" + "00000002" + "c3a9" + "00000007" + "00000001" + "78");
  }

  // Few letters, so that the texts often run into each other when they are joined.
  @Provide
  Arbitrary<KeyContext> contexts() {
    var texts = Arbitraries.strings().withChars("ab").ofMinLength(1).ofMaxLength(3);
    return Combinators.combine(texts, texts, Arbitraries.integers().between(0, 2), texts)
        .as(KeyContext::new);
  }

  @Property
  void twoContextsHaveTheSameEncodingOnlyIfTheyAreEqual(
      @ForAll("contexts") KeyContext one, @ForAll("contexts") KeyContext other) {
    assertThat(Arrays.equals(one.encoded(), other.encoded())).isEqualTo(one.equals(other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\ud800", "a\udc00b"})
  void aTextThatIsEmptyOrNotUnicodeIsRefused(String text) {
    assertThatThrownBy(() -> new KeyContext(text, "object", 1, "purpose"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeyContext("module", text, 1, "purpose"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeyContext("module", "object", 1, text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aModuleThatDoesNotFitItsColumnIsRefused() {
    assertThat(new KeyContext("m".repeat(64), "object", 0, "purpose").module()).hasSize(64);
    assertThatThrownBy(() -> new KeyContext("m".repeat(65), "object", 0, "purpose"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNegativeVersionIsRefused() {
    assertThatThrownBy(() -> new KeyContext("module", "object", -1, "purpose"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
