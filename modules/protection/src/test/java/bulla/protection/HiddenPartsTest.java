package bulla.protection;

import static bulla.protection.Keys.KEY;
import static bulla.protection.Keys.protection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Which parts of a value its protected form hides, for masks and for moves between elements. */
class HiddenPartsTest {
  private static Protection binary(int left, int right) {
    return Protection.of(new BinaryToken(Tokenizer.SLT_1_3, left, right), KEY);
  }

  private static Protection numeric(int left, int right) {
    return protection(new NumericToken(Tokenizer.SLT_1_3, left, right, true, null));
  }

  @Test
  void bytesAtBothEndsThatStayClearAreShown() {
    byte[] clear = "left end, middle, right end".getBytes(StandardCharsets.UTF_8);
    var ends = binary(8, 8);
    assertThat(ends.hidesAllThat(binary(8, 8), clear)).isTrue();
    assertThat(ends.hidesAllThat(binary(9, 9), clear)).isTrue();
    assertThat(ends.hidesAllThat(binary(7, 8), clear)).isFalse();
    assertThat(ends.hidesAllThat(binary(8, 7), clear)).isFalse();
    assertThat(binary(0, 0).hidesAllThat(ends, clear)).isTrue();
    assertThat(binary(1, 0).hidesAllThat(protection(new Aes256GcmEnc()), clear)).isFalse();
    assertThat(protection(new Aes256GcmEnc()).hidesAllThat(binary(0, 0), clear)).isTrue();
    assertThat(ends.hidesAllThat(binary(0, 0), new byte[3])).isFalse();
    assertThat(ends.hidesAllThat(ends, new byte[3])).isTrue();
  }

  @Test
  void ofBytesInTheEncodingOfATextItIsNotKnown() {
    byte[] digits = "123456".getBytes(StandardCharsets.US_ASCII);
    assertThat(numeric(0, 0).hidesAllThat(binary(0, 0), digits)).isFalse();
    assertThat(binary(0, 0).hidesAllThat(numeric(0, 0), digits)).isTrue();
  }

  @Test
  void whatIsADelimiterForOneMayBeASymbolForTheOther() {
    var letters = protection(new AlphaNumericToken(Tokenizer.SLT_1_3, 0, 0, true, null));
    assertThat(letters.hidesAllThat(numeric(0, 0), "a1234-5")).isTrue();
    assertThat(numeric(0, 0).hidesAllThat(letters, "a1234-5")).isFalse();
    assertThat(numeric(0, 0).hidesAllThat(letters, "01234-5")).isTrue();
    assertThat(numeric(0, 0).hidesAllThat(numeric(2, 2), "12345678")).isTrue();
    assertThat(numeric(2, 2).hidesAllThat(numeric(0, 0), "12345678")).isFalse();
  }

  @Test
  void aTextThatIsNothingButItsClearEndsIsShown() {
    assertThat(numeric(2, 2).hidesAllThat(numeric(0, 0), "1234")).isFalse();
    assertThat(numeric(2, 2).hidesAllThat(numeric(2, 2), "1234")).isTrue();
  }

  @Test
  void ofDatesWithATimeItIsNotKnown() {
    var dateTime = protection(new DateTimeToken(null, null, null, null));
    assertThat(dateTime.hidesAllThat(dateTime, "2012-02-29")).isFalse();
    assertThat(numeric(0, 0).hidesAllThat(dateTime, "2012-02-29")).isTrue();
  }

  /** The first and the last code points of each length in UTF-8. */
  @Test
  void aCharacterOfWhichAByteStaysClearIsShown() {
    int[][] lengths = {{0x20, 0x7f}, {0x80, 0x7ff}, {0x800, 0xffff}, {0x10000, 0x10ffff}};
    for (int length = 1; length <= lengths.length; length++) {
      for (int codePoint : lengths[length - 1]) {
        String clear = Character.toString(codePoint) + "56";
        assertThat(binary(length, 0).hidesAllThat(numeric(0, 0), clear)).isTrue();
        assertThat(binary(length + 1, 0).hidesAllThat(numeric(0, 0), clear)).isFalse();
        assertThat(binary(0, 1).hidesAllThat(numeric(0, 1), clear)).isTrue();
        assertThat(binary(0, 2).hidesAllThat(numeric(0, 1), clear)).isFalse();
      }
    }
  }

  @Test
  void aMaskOfBytesCountsTheCharactersThatAreTransformed() {
    var lastTwo = new Mask(0, 2, false, "*");
    assertThat(binary(3, 0).masked("\u20ac1234", lastTwo)).isEqualTo("***34");
    assertThat(binary(3, 0).masked("\u20ac12", lastTwo)).isEqualTo("***");
    assertThat(binary(2, 0).masked("\u20ac12", lastTwo)).isEqualTo("*12");
    assertThat(binary(0, 2).masked("123\u20ac", lastTwo)).isEqualTo("**3\u20ac");
    assertThat(binary(0, 3).masked("12\u20ac", lastTwo)).isEqualTo("**\u20ac");
  }

  /** Of six characters that count the last two are shown, and no more of fewer of them. */
  @Test
  void aMaskCountsWhatEachTypeTransforms() {
    var lastTwo = new Mask(0, 2, false, "*");
    assertThat(masked(new DateToken(null, "DD/MM/YYYY"), "29/02/2012", lastTwo))
        .isEqualTo("********12");
    assertThat(masked(new DateTimeToken(null, null, null, null), "2012-02-29", lastTwo))
        .isEqualTo("********29");
    assertThat(masked(new DecimalToken(null, null, null), "-12.5", lastTwo)).isEqualTo("***.5");
    assertThat(masked(new DecimalToken(null, null, null), "-1.2", lastTwo)).isEqualTo("**.*");
    assertThat(masked(new IntegerToken(2, null), "-12", lastTwo)).isEqualTo("*12");
    var places = new AlphaNumericToken(null, null, null, null, null, null, true);
    assertThat(masked(places, "a-1", lastTwo)).isEqualTo("*-*");
    assertThat(masked(new EmailToken(null, null, null), "abc@d", lastTwo)).isEqualTo("***@d");
    assertThat(masked(new EmailToken(null, null, null), "@d", lastTwo)).isEqualTo("**");
    assertThat(masked(new UnicodeToken(null), "a-\u20ac", lastTwo)).isEqualTo("*-\u20ac");
  }

  private static String masked(ProtectionMethod method, String clear, Mask mask) {
    return protection(method).masked(clear, mask);
  }

  @Test
  void withoutTokensEveryCodePointCounts() {
    assertThat(Protection.everyPosition("a\ud83d\ude00b").stream()).containsExactly(0, 1, 2);
    var none = Protection.of(new NoEnc(null), null);
    assertThat(numeric(0, 0).hidesAllThat(none, "12-34")).isFalse();
    assertThat(numeric(0, 0).hidesAllThat(none, "1234")).isTrue();
  }

  @Test
  void nothingIsNoText() {
    var mask = new Mask(0, 2, false, "*");
    assertThat(
            catchThrowableOfType(ProtectionException.class, () -> numeric(0, 0).masked(null, mask))
                .code())
        .isEqualTo(ReturnCode.INPUT_OUT_OF_LIMITS);
  }

  @Test
  void textInAnEncodingAndEncryptedOrNoTextAreBytes() {
    assertThat(numeric(0, 0).takesBytes()).isFalse();
    assertThat(protection(new Aes256GcmEnc()).takesBytes()).isTrue();
    assertThat(Protection.of(new NoEnc(null), null).takesBytes()).isTrue();
    var text = new UnicodeGen2Token(Tokenizer.SLT_1_3, "1", null, null, null, null, null);
    assertThat(protection(text, CodePoints.parse("0030-0039")).takesBytes()).isTrue();
  }
}
