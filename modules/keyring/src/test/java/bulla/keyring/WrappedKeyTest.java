package bulla.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.secrets.SecretBytes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrappedKeyTest {
  private static final KeyContext CONTEXT = new KeyContext("pim", "42", 3, "data-element");
  private static final SecretKey WRAPPING = key(1);
  private static final SecretBytes KEY = SecretBytes.random(32);

  @Property(tries = 200)
  void whatWasWrappedComesBack(
      @ForAll @Size(min = 1, max = 3000) byte[] key, @ForAll @IntRange(min = 1) int version) {
    WrappedKey wrapped = WrappedKey.wrap(WRAPPING, version, CONTEXT, SecretBytes.copyOf(key));
    WrappedKey stored = WrappedKey.parse(wrapped.bytes());
    assertThat(stored.bytes()).hasSize(key.length + 33);
    assertThat(stored.wrappingVersion()).isEqualTo(version);
    assertThat(stored.unwrap(WRAPPING, CONTEXT)).isEqualTo(SecretBytes.copyOf(key));
  }

  static Stream<KeyContext> otherPlaces() {
    return Stream.of(
        new KeyContext("rps", "42", 3, "data-element"),
        new KeyContext("pim", "43", 3, "data-element"),
        new KeyContext("pim", "42", 4, "data-element"),
        new KeyContext("pim", "42", 3, "signing"));
  }

  @ParameterizedTest
  @MethodSource("otherPlaces")
  void aKeyOpensOnlyInItsPlace(KeyContext elsewhere) {
    WrappedKey wrapped = WrappedKey.wrap(WRAPPING, 1, CONTEXT, KEY);
    assertThatThrownBy(() -> wrapped.unwrap(WRAPPING, elsewhere))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining(elsewhere.object());
  }

  @Test
  void aKeyOpensOnlyWithTheKeyThatWrappedIt() {
    WrappedKey wrapped = WrappedKey.wrap(WRAPPING, 1, CONTEXT, KEY);
    assertThatThrownBy(() -> wrapped.unwrap(key(2), CONTEXT)).isInstanceOf(KeyringException.class);
  }

  @Test
  void everyFlippedBitIsFound() {
    byte[] stored = WrappedKey.wrap(WRAPPING, 1, CONTEXT, KEY).bytes();
    for (int bit = 0; bit < stored.length * 8; bit++) {
      byte[] altered = stored.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> WrappedKey.parse(altered).unwrap(WRAPPING, CONTEXT))
          .as("bit %d", bit)
          .isInstanceOf(KeyringException.class);
    }
  }

  @Test
  void everyTruncationIsFound() {
    byte[] stored = WrappedKey.wrap(WRAPPING, 1, CONTEXT, KEY).bytes();
    for (int length = 0; length < stored.length; length++) {
      byte[] cut = Arrays.copyOf(stored, length);
      assertThatThrownBy(() -> WrappedKey.parse(cut).unwrap(WRAPPING, CONTEXT))
          .as("%d bytes", length)
          .isInstanceOf(KeyringException.class);
    }
  }

  @Test
  void nothingIsNotAWrappedKey() {
    assertThatThrownBy(() -> WrappedKey.parse(null)).isInstanceOf(KeyringException.class);
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 2, -1})
  void anotherFormatIsNamed(byte format) {
    byte[] stored = WrappedKey.wrap(WRAPPING, 1, CONTEXT, KEY).bytes();
    stored[0] = format;
    assertThatThrownBy(() -> WrappedKey.parse(stored))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining("format " + format);
  }

  @Test
  void noTwoWrappingsAreTheSame() {
    var seen = new HashSet<String>();
    for (int i = 0; i < 1000; i++) {
      byte[] stored = WrappedKey.wrap(WRAPPING, 1, CONTEXT, KEY).bytes();
      assertThat(seen.add(Arrays.toString(Arrays.copyOfRange(stored, 5, 17)))).isTrue();
    }
  }

  @Test
  void thereIsNothingToWrapInAnEmptyKey() {
    assertThatThrownBy(() -> WrappedKey.wrap(WRAPPING, 1, CONTEXT, SecretBytes.copyOf(new byte[0])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SecretKey key(int fill) {
    var bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return new SecretKeySpec(bytes, "AES");
  }
}
