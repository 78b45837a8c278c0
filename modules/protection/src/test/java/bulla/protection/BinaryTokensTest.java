package bulla.protection;

import static bulla.protection.Keys.NO_IV;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Tokens of bytes on a cipher of bytes up to 15: its tables are small. */
class BinaryTokensTest {
  private static final byte[] IV = {5, 6, 7};

  private final SymbolCipher cipher =
      new SymbolCipher(
          16,
          3,
          SymbolCipher.MAX_LENGTH,
          Tokenizer.SLT_1_3,
          Keys.KEY,
          new ElementTables(TableMemory.ofBytes(1_000_000)));
  private final BinaryTokens whole = tokens(0, 0);
  private final BinaryTokens ends = tokens(1, 2);

  private BinaryTokens tokens(int left, int right) {
    return new BinaryTokens(cipher, new BinaryToken(null, left, right));
  }

  private static byte[] value(int length) {
    var value = new byte[length];
    var random = new Random(length);
    for (int i = 0; i < length; i++) {
      value[i] = (byte) random.nextInt(16);
    }
    return value;
  }

  private static void refused(ReturnCode code, String because, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProtectionException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageEndingWith(because);
  }

  @Test
  void everyLengthComesBackFromATokenThatIsAByteLonger() {
    for (int length : new int[] {3, 4, 5, 17, 64, 4094, 4095}) {
      byte[] clear = value(length);
      byte[] token = whole.protect(clear, IV);
      assertThat(token).hasSize(length + 1);
      assertThat(whole.unprotect(token, IV)).isEqualTo(clear);
    }
  }

  @Test
  void theValueAndAZeroGoThroughTheTables() {
    byte[] clear = value(9);
    byte[] expected = Arrays.copyOf(clear, 10);
    cipher.encrypt(expected, 10, IV);
    assertThat(whole.protect(clear, IV)).isEqualTo(expected);
  }

  @Test
  void allValuesOfThreeBytesHaveTheirOwnTokens() {
    List<List<String>> mappings = new ArrayList<>();
    for (byte[] iv : new byte[][] {NO_IV, IV, {5, 6, 8}}) {
      List<String> tokens = new ArrayList<>();
      for (int number = 0; number < 16 * 16 * 16; number++) {
        byte[] clear = {(byte) (number >> 8), (byte) (number >> 4 & 15), (byte) (number & 15)};
        byte[] token = whole.protect(clear, iv);
        assertThat(token).hasSize(4);
        assertThat(whole.unprotect(token, iv)).isEqualTo(clear);
        tokens.add(Arrays.toString(token));
      }
      assertThat(tokens).doesNotHaveDuplicates();
      mappings.add(tokens);
    }
    WholeDomainsTest.areUnrelated("bytes", mappings.get(0), mappings.get(1));
    WholeDomainsTest.areUnrelated("bytes", mappings.get(1), mappings.get(2));
  }

  @Test
  void theEndsStayClearAndAreAPartOfTheIv() {
    byte[] clear = {1, 2, 3, 4, 5, 6, 7};
    byte[] middle = {2, 3, 4, 5, 0};
    cipher.encrypt(middle, 5, new byte[] {0, 3, 5, 6, 7, 0, 1, 1, 6, 7});
    byte[] token = ends.protect(clear, IV);
    assertThat(token).hasSize(8).startsWith(1).endsWith(6, 7);
    assertThat(Arrays.copyOfRange(token, 1, 6)).isEqualTo(middle);
    assertThat(ends.unprotect(token, IV)).isEqualTo(clear);
    byte[] inner = {3, 4, 5, 0};
    cipher.encrypt(inner, 4, new byte[] {0, 0, 0, 2, 1, 2, 6, 7});
    assertThat(Arrays.copyOfRange(tokens(2, 2).protect(clear, NO_IV), 2, 6)).isEqualTo(inner);
    byte[] left = {2, 3, 4, 5, 6, 7, 0};
    cipher.encrypt(left, 7, new byte[] {0, 0, 0, 1, 1});
    assertThat(tokens(1, 0).protect(clear, NO_IV)).startsWith(1).endsWith(left);
  }

  @Test
  void theLengthsHoldInBothDirections() {
    String tooShort = "It needs 3 bytes that do not stay clear.";
    String tooLong = "It may have 4095 bytes.";
    refused(ReturnCode.DATA_TOO_SHORT, tooShort, () -> whole.protect(new byte[2], NO_IV));
    refused(ReturnCode.DATA_TOO_SHORT, tooShort, () -> whole.unprotect(new byte[3], NO_IV));
    refused(ReturnCode.DATA_TOO_SHORT, tooShort, () -> ends.protect(new byte[5], NO_IV));
    refused(ReturnCode.DATA_TOO_SHORT, tooShort, () -> ends.unprotect(new byte[6], NO_IV));
    refused(ReturnCode.DATA_TOO_LONG, tooLong, () -> whole.protect(new byte[4096], NO_IV));
    refused(ReturnCode.DATA_TOO_LONG, tooLong, () -> whole.unprotect(new byte[4097], NO_IV));
    assertThat(ends.unprotect(ends.protect(value(6), NO_IV), NO_IV)).isEqualTo(value(6));
  }

  @Test
  void whatWasNeverMadeAndAnIvThatIsTooLongAreRefused() {
    byte[] token = whole.protect(value(9), NO_IV);
    int refused = 0;
    for (int last = 0; last < 16; last++) {
      token[9] = (byte) last;
      try {
        whole.unprotect(token, NO_IV);
      } catch (ProtectionException e) {
        assertThat(e.code()).isEqualTo(ReturnCode.CONTENT_NOT_VALID);
        refused++;
      }
    }
    assertThat(refused).isBetween(8, 15);
    for (BinaryTokens tokens : new BinaryTokens[] {whole, ends}) {
      refused(
          ReturnCode.INPUT_OUT_OF_LIMITS,
          "The external IV has more than 256 bytes.",
          () -> tokens.protect(value(9), new byte[257]));
      assertThat(tokens.protect(value(9), new byte[256])).hasSize(10);
    }
  }
}
