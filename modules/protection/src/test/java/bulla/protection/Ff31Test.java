package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.secrets.SecretBytes;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ff31Test {
  private static final String KEY =
      "EF4359D8D580AA4F7F036D6F04FC6A942B7E151628AED2A6ABF7158809CF4F3C";
  private static final String SYMBOLS = "0123456789abcdefghijklmnopqrstuvwxyz";

  private static int[] numerals(String text) {
    return text.chars().map(SYMBOLS::indexOf).toArray();
  }

  private static Ff31 cipher(int radix, String key) {
    return Ff31.of(radix, SecretBytes.copyOf(HexFormat.of().parseHex(key)));
  }

  @Test
  void theVectorOfAcvpPasses() {
    int[] clear =
        cipher(10, "2DE79D232DF5585D68CE47882AE256D6")
            .decrypt(numerals("8901801106"), HexFormat.of().parseHex("CBD09280979564"));
    assertThat(clear).isEqualTo(numerals("3992520240"));
  }

  @ParameterizedTest
  @CsvSource({
    "10, D8E7920AFA330A73, 89012123456789000000789000000, 04344343235792599165734622699",
    "10, 0000000000000000, 89012123456789000000789000000, 30859239999374053872365555822",
    "26, 9A768A92F60E12D8, 0123456789abcdefghi, p0b2godfja9bhb7bk38"
  })
  void theSamplesThatNistGaveForFf3PassWithTheirLongerTweaks(
      int radix, String tweak, String clear, String encrypted) {
    assertThat(
            cipher(radix, KEY)
                .decryptWithHalves(numerals(encrypted), HexFormat.of().parseHex(tweak)))
        .isEqualTo(numerals(clear));
  }

  /** Of 2 * floor(log(2^96) / log(radix)) numerals; powers of two have it exactly. */
  @Test
  void theLongestValuesAreThoseOfTheStandard() {
    int[][] longest = {{2, 192}, {16, 48}, {26, 40}, {36, 36}, {256, 24}, {65536, 12}};
    for (int[] of : longest) {
      for (int keyLength : new int[] {16, 24, 32}) {
        var ff31 = Ff31.of(of[0], SecretBytes.copyOf(new byte[keyLength]));
        int[] clear = ff31.decrypt(new int[of[1]], new byte[7]);
        assertThat(clear).hasSize(of[1]);
        assertThat(clear).isNotEqualTo(new int[of[1]]);
        assertThatThrownBy(() -> ff31.decrypt(new int[of[1] + 1], new byte[7]))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  /** The last four bits of its fourth byte begin the second half: every bit is one of the tweak. */
  @Test
  void everyBitOfTheTweakMatters() {
    var ff31 = cipher(10, KEY);
    int[] encrypted = numerals("8901801106");
    int[] clear = ff31.decrypt(encrypted, new byte[7]);
    for (int bit = 0; bit < 56; bit++) {
      var tweak = new byte[7];
      tweak[bit / 8] = (byte) (1 << bit % 8);
      assertThat(ff31.decrypt(encrypted, tweak)).isNotEqualTo(clear);
    }
  }

  @Test
  void whatTheStandardForbidsIsRefused() {
    var ff31 = cipher(10, KEY);
    assertThatThrownBy(() -> ff31.decrypt(new int[10], new byte[8]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ff31.decrypt(new int[5], new byte[7]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ff31.decrypt(new int[57], new byte[7]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ff31.decrypt(new int[56], new byte[7])).hasSize(56);
    assertThatThrownBy(() -> ff31.decrypt(new int[] {1, 2, 3, 4, 5, 10}, new byte[7]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ff31.decrypt(new int[] {9, 9, 9, 9, 9, 0}, new byte[7])).hasSize(6);
    assertThatThrownBy(() -> ff31.decrypt(new int[] {1, 2, 3, 4, 5, -1}, new byte[7]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A numeral is not in 0 to 9");
    assertThatThrownBy(() -> Ff31.of(65537, SecretBytes.random(16)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Ff31.of(1, SecretBytes.random(16)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Ff31.of(10, SecretBytes.random(8)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
