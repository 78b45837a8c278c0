package bulla.protection;

import static bulla.protection.Keys.KEY;
import static bulla.protection.Keys.NO_IV;
import static bulla.protection.Keys.protection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

class Ff1TextTest {
  private final Protection fpe = protection(new FpeNumeric(null, null, null, null, null));

  @Property(tries = 300)
  void everyNumberComesBackInItsNotation(
      @ForAll @NumericChars @StringLength(min = 4, max = 64) String digits,
      @ForAll @Size(max = 256) byte[] tweak) {
    String clear = "+(" + digits.substring(0, 2) + ") é" + digits.substring(2) + "-77";
    String token = fpe.protect(clear, tweak);
    assertThat(token.replaceAll("[0-9]", "0")).isEqualTo(clear.replaceAll("[0-9]", "0"));
    assertThat(fpe.unprotect(token, tweak)).isEqualTo(clear);
  }

  @Example
  void theTokenIsFf1OfTheDigitsWithTheIvAsTheTweak() {
    byte[] tweak = {1, 2, 3};
    int[] encrypted = Ff1.of(10, KEY).encrypt(new int[] {1, 2, 3, 4, 5, 6, 7}, tweak);
    var expected = new StringBuilder();
    for (int digit : encrypted) {
      expected.append(digit);
    }
    assertThat(fpe.protect("1-2-3-4-5-6-7", tweak).replace("-", "")).isEqualTo(expected.toString());
  }

  @Example
  void clearEndsStayAndAreAPartOfTheTweak() {
    var fpe = protection(new FpeNumeric(6, null, null, 2, 1));
    String one = fpe.protect("12345678901", NO_IV);
    String other = fpe.protect("13345678901", NO_IV);
    assertThat(one).startsWith("12").endsWith("1");
    assertThat(one.substring(2)).isNotEqualTo(other.substring(2));
    assertThat(fpe.unprotect(one, NO_IV)).isEqualTo("12345678901");
  }

  @Example
  void allValuesOfASmallDomainHaveTheirOwnTokens() {
    var fpe = protection(new FpeNumeric(3, true, null, null, null));
    var tokens = new HashSet<String>();
    for (int i = 0; i < 1000; i++) {
      tokens.add(fpe.protect("%03d".formatted(i), NO_IV));
    }
    assertThat(tokens).hasSize(1000);
  }

  /**
   * Texts of one length go together, but for those with something else than symbols: here also
   * characters whose low byte is a digit's, halves of pairs, and more of one length than go at
   * once.
   */
  @Property(tries = 60)
  void manyTextsBecomeWhatEachBecomesAlone(@ForAll Random random) {
    String[] odd = {
      "-", "é", "\0", "\u0130", "\u0660", "\uff19", "\ud83d\ude00", "\ud83d", "\ude00"
    };
    int oneIn = 2 + random.nextInt(2000);
    int otherLength = 3 + random.nextInt(1000);
    String[] texts = new String[1 + random.nextInt(900)];
    for (int i = 0; i < texts.length; i++) {
      int length = random.nextInt(otherLength) > 0 ? 16 : random.nextInt(45);
      var text = new StringBuilder();
      while (text.length() < length) {
        text.append(
            random.nextInt(oneIn) == 0 ? odd[random.nextInt(odd.length)] : "" + random.nextInt(10));
      }
      texts[i] = random.nextInt(100) == 0 ? null : text.toString();
    }
    byte[] tweak = new byte[random.nextInt(20)];
    random.nextBytes(tweak);
    BulkResult<String> together = fpe.protectAll(texts, tweak);
    String[] tokens = together.values();
    for (int i = 0; i < texts.length; i++) {
      String text = texts[i];
      if (text == null || text.chars().filter(c -> c >= '0' && c <= '9').count() < 6) {
        assertThat(together.failure(i).isPresent()).isEqualTo(text == null || !text.isEmpty());
      } else {
        assertThat(tokens[i]).isEqualTo(fpe.protect(text, tweak));
      }
    }
    BulkResult<String> back = fpe.unprotectAll(tokens, tweak);
    for (int i = 0; i < texts.length; i++) {
      if (tokens[i] != null) {
        assertThat(back.value(i)).isEqualTo(texts[i]);
      }
    }
  }

  @Example
  void theLengthLimitsHold() {
    assertCode(() -> fpe.protect("12345", NO_IV), ReturnCode.DATA_TOO_SHORT);
    assertCode(() -> fpe.unprotect("12345", NO_IV), ReturnCode.DATA_TOO_SHORT);
    assertCode(() -> fpe.protect("1".repeat(4097), NO_IV), ReturnCode.DATA_TOO_LONG);
    for (int length : new int[] {6, 7, 35, 36, 37, 4095, 4096}) {
      String clear = "1".repeat(length);
      assertThat(fpe.unprotect(fpe.protect(clear, NO_IV), NO_IV)).isEqualTo(clear);
    }
    var asItIs = protection(new FpeNumeric(null, null, AllowShort.NO_RETURN_INPUT, null, null));
    assertThat(asItIs.protect("12345", NO_IV)).isEqualTo("12345");
    assertThat(asItIs.unprotect("12345", NO_IV)).isEqualTo("12345");
    var ends = protection(new FpeNumeric(null, null, AllowShort.NO_RETURN_INPUT, 2, 2));
    assertThat(ends.protect("123", NO_IV)).isEqualTo("123");
    assertThat(ends.unprotect("123", NO_IV)).isEqualTo("123");
  }

  @Example
  void badInputHasItsCode() {
    assertCode(() -> fpe.protect("123456", new byte[257]), ReturnCode.TWEAK_TOO_LONG);
    assertCode(() -> fpe.protect((String) null, NO_IV), ReturnCode.INPUT_OUT_OF_LIMITS);
    assertCode(() -> fpe.protect(new byte[9]), ReturnCode.UNSUPPORTED_ACTION);
    assertThat(fpe.protect("", NO_IV)).isEmpty();
  }

  private static void assertCode(ThrowingCallable call, ReturnCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProtectionException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
