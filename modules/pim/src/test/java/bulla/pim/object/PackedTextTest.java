package bulla.pim.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "1,1,2", "{\"name\":\"J\u00fcrgen \ud83d\udd11\"}", "zlib:"})
  void whatIsPackedIsUnpacked(String text) {
    assertThat(PackedText.unpack(PackedText.pack(text))).isEqualTo(text);
  }

  @Test
  void whatSaysTheSameManyTimesBecomesShortAscii() {
    String text = "{\"protect\":true}".repeat(10_000);
    assertThat(PackedText.pack(text)).hasSizeLessThan(text.length() / 50).isASCII();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1,1,2", "{}"})
  void textFromBeforeTextsWerePackedIsItself(String text) {
    assertThat(PackedText.unpack(text)).isEqualTo(text);
  }

  @Test
  void whatWasAlteredIsNoText() {
    String packed = PackedText.pack("what was deployed");
    for (String altered :
        new String[] {
          packed + "=", packed.substring(0, packed.length() - 8), "zlib:", "zlib:AAAA", "zlib:?"
        }) {
      assertThatThrownBy(() -> PackedText.unpack(altered))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("A packed text was altered");
    }
  }
}
