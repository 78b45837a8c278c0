package bulla.resilientpackage.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
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
}
