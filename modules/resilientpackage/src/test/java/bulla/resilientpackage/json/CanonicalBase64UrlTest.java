package bulla.resilientpackage.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalBase64UrlTest {
  @Property(tries = 300)
  void whatIsEncodedIsDecoded(@ForAll @Size(max = 70) byte[] bytes) {
    String text = CanonicalBase64Url.encode(bytes);
    assertThat(CanonicalBase64Url.decode(text)).isEqualTo(bytes);
    assertThat(Base64.getUrlDecoder().decode(text)).isEqualTo(bytes);
  }

  @Property(tries = 500)
  void whateverIsAcceptedIsTheOneTextOfItsBytes(
      @ForAll
          @StringLength(max = 9)
          @CharRange(from = 'A', to = 'Z')
          @CharRange(from = '0', to = '9')
          @CharRange(from = '-', to = '-')
          @CharRange(from = '_', to = '_')
          String text) {
    byte[] bytes;
    try {
      bytes = CanonicalBase64Url.decode(text);
    } catch (IllegalArgumentException e) {
      return;
    }
    assertThat(CanonicalBase64Url.encode(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A", "AAAAA", "AB", "AAB", "AA==", "AAA=", "AA AA", "AA\n", "A+AA", "A/AA", "AAAé"
      })
  void whatIsNotCanonicalIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> CanonicalBase64Url.decode(text));
  }

  /** The platform decodes what is long; the rest is decoded here. */
  @ParameterizedTest
  @ValueSource(ints = {766, 767, 768, 769, 770, 1535, 1536, 1537, 5000})
  void longTextsAreDecodedAsWellAlsoInTheirPlace(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    byte[] text = ("é" + CanonicalBase64Url.encode(bytes)).getBytes(StandardCharsets.ISO_8859_1);
    assertThat(CanonicalBase64Url.decode(text, 1, text.length)).isEqualTo(bytes);
    CanonicalBase64Url.decodeInto(text, 1, text.length, text, 1);
    assertThat(text).startsWith(0xE9).containsSequence(bytes);
    assertThat(Arrays.copyOfRange(text, 1, length + 1)).isEqualTo(bytes);
  }

  @Test
  void noOtherCharacterIsTakenAnywhereInALongText() {
    byte[] text = "Aa0_".repeat(600).getBytes(StandardCharsets.US_ASCII);
    for (int place = 0; place < text.length; place++) {
      for (char other : "=+/.\n é\0".toCharArray()) {
        byte[] altered = text.clone();
        altered[place] = (byte) other;
        assertThatIllegalArgumentException()
            .isThrownBy(() -> CanonicalBase64Url.decode(altered, 0, altered.length))
            .withMessage("Not canonical base64url");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void paddingIsNotTakenAtTheEndOfASliceEither(int characters) {
    byte[] text = "A".repeat(1024).getBytes(StandardCharsets.US_ASCII);
    Arrays.fill(text, text.length - characters, text.length, (byte) '=');
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CanonicalBase64Url.decode(text, 0, text.length));
  }
}
