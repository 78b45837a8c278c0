package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What the platform's own way gives is the measure. */
class Utf8Test {
  private static byte[] encoded(String text, int from, int to) {
    var bytes = new byte[Utf8.length(text, from, to) + 2];
    Utf8.encode(text, from, to, bytes, 1);
    assertThat(bytes[0] | bytes[bytes.length - 1]).isZero();
    return Arrays.copyOfRange(bytes, 1, bytes.length - 1);
  }

  /** The text, or null when the bytes are none. */
  private static String decoded(byte[] bytes) {
    var chars = new char[bytes.length];
    int count = Utf8.decode(bytes, bytes.length, chars);
    return count < 0 ? null : new String(chars, 0, count);
  }

  private static String decodedByThePlatform(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  @Example
  void everyCodePointIsEncodedAsThePlatformDoesIt() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      String text = Character.toString(point);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (!Arrays.equals(encoded(text, 0, text.length()), bytes)
          || !decodedByThePlatform(bytes).equals(decoded(bytes))) {
        assertThat(encoded(text, 0, text.length())).as("%x", point).isEqualTo(bytes);
        assertThat(decoded(bytes)).as("%x", point).isEqualTo(decodedByThePlatform(bytes));
      }
    }
  }

  @Property
  void soIsAPartOfAnyText(@ForAll String text) {
    int middle = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
    byte[] left = text.substring(0, middle).getBytes(StandardCharsets.UTF_8);
    byte[] right = text.substring(middle).getBytes(StandardCharsets.UTF_8);
    assertThat(encoded(text, 0, middle)).isEqualTo(left);
    assertThat(encoded(text, middle, text.length())).isEqualTo(right);
  }

  /** All of two bytes, and more that begin with each. */
  @Example
  void bytesThatThePlatformRefusesAreRefused() {
    var random = new Random(7);
    byte[] ends = {0, 0x7f, (byte) 0x80, (byte) 0x8f, (byte) 0x90, (byte) 0x9f, (byte) 0xa0};
    for (int two = 0; two < 0x10000; two++) {
      for (int more = 0; more <= 3; more++) {
        byte[] bytes = new byte[2 + more];
        bytes[0] = (byte) (two >> 8);
        bytes[1] = (byte) two;
        for (int i = 2; i < bytes.length; i++) {
          bytes[i] =
              random.nextBoolean()
                  ? (byte) (0x80 | random.nextInt(0x40))
                  : ends[random.nextInt(ends.length)];
        }
        String expected = decodedByThePlatform(bytes);
        String found = decoded(bytes);
        if (expected == null ? found != null : !expected.equals(found)) {
          assertThat(found).as("%s", Arrays.toString(bytes)).isEqualTo(expected);
        }
      }
    }
  }

  @Example
  void halfOfAPairIsNoText() {
    Utf8.requirePairs("a\uD840\uDC00b");
    for (String half : new String[] {"\uD840", "\uDC00", "a\uDC00\uD840", "\uD840\uD840\uDC00"}) {
      assertThatThrownBy(() -> Utf8.requirePairs(half))
          .isInstanceOf(ProtectionException.class)
          .hasMessageContaining("half of a surrogate pair");
    }
  }
}
