package bulla.protection;

import static bulla.protection.Keys.KEY;
import static bulla.protection.Keys.NO_IV;
import static bulla.protection.Keys.protection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Where the tweak comes from, and card numbers by FF1. */
class FpeOptionsTest {
  private static final byte[] IV = {1, 2, 3};

  private static ReturnCode code(ThrowingCallable call) {
    return catchThrowableOfType(ProtectionException.class, call).code();
  }

  private static Protection numeric(TweakMode mode, int left, int right) {
    return protection(new FpeNumeric(null, null, null, left, right, mode));
  }

  @Example
  void aTweakThatMustBeGivenIsCode4WhereItIsNot() {
    var element = numeric(TweakMode.EXTERNAL, 0, 0);
    assertThat(code(() -> element.protect("1234567", null))).isEqualTo(ReturnCode.TWEAK_NULL);
    assertThat(code(() -> element.unprotect("1234567", NO_IV))).isEqualTo(ReturnCode.TWEAK_NULL);
    String[] many = {"1234567", "7654321"};
    assertThat(element.protectAll(many, NO_IV).code(1)).isEqualTo(ReturnCode.TWEAK_NULL);
    assertThat(element.protectAll(many, IV).valuesOrThrow())
        .containsExactly(element.protect(many[0], IV), element.protect(many[1], IV));
    assertThat(element.protect("1234567", IV))
        .isEqualTo(numeric(null, 0, 0).protect("1234567", IV));
    assertThat(code(() -> element.protect("1234567", new byte[257])))
        .isEqualTo(ReturnCode.TWEAK_TOO_LONG);
  }

  @Example
  void anExternalTweakAloneLeavesTheClearEndsOut() {
    var external = numeric(TweakMode.EXTERNAL, 1, 1);
    String one = external.protect("1234567890", IV);
    String other = external.protect("9234567899", IV);
    assertThat(one.substring(1, 9)).isEqualTo(other.substring(1, 9));
    assertThat(external.unprotect(one, IV)).isEqualTo("1234567890");
    var both = numeric(null, 1, 1);
    assertThat(both.protect("1234567890", IV).substring(1, 9))
        .isNotEqualTo(both.protect("9234567899", IV).substring(1, 9));
  }

  @Example
  void aTweakOfTheClearEndsTakesNoOtherWhichIsCode19() {
    var element = numeric(TweakMode.CLEAR_ENDS, 2, 0);
    assertThat(code(() -> element.protect("123456789", IV)))
        .isEqualTo(ReturnCode.TWEAK_ACTION_UNSUPPORTED);
    assertThat(element.protectAll(new String[] {"123456789"}, IV).code(0))
        .isEqualTo(ReturnCode.TWEAK_ACTION_UNSUPPORTED);
    assertThat(element.protect("123456789", null))
        .isEqualTo(numeric(null, 2, 0).protect("123456789", null));
    assertThatThrownBy(() -> numeric(TweakMode.CLEAR_ENDS, 0, 0))
        .isInstanceOfSatisfying(
            InvalidMethodException.class, e -> assertThat(e.member()).isEqualTo("tweakMode"));
  }

  @Example
  void everyFpeTypeHasBothModes() {
    for (TweakMode mode : TweakMode.values()) {
      byte[] iv = mode == TweakMode.EXTERNAL ? IV : NO_IV;
      for (ProtectionMethod method :
          List.of(
              new FpeAlpha(null, null, null, 1, 0, mode),
              new FpeAlphaNumeric(null, null, null, 1, 0, mode),
              new FpeLatin1Alpha(null, null, null, 0, 1, mode),
              new FpeLatin1AlphaNumeric(null, null, null, 1, 1, mode),
              new FpeCreditCard(null, 1, 0, null, null, null, null, mode))) {
        var element = protection(method);
        String clear = method instanceof FpeCreditCard ? "4111111111111111" : "HelloWorld";
        assertThat(element.unprotect(element.protect(clear, iv), iv)).isEqualTo(clear);
        byte[] wrong = mode == TweakMode.EXTERNAL ? NO_IV : IV;
        assertThat(code(() -> element.protect(clear, wrong)).number())
            .isEqualTo(mode == TweakMode.EXTERNAL ? 4 : 19);
      }
    }
  }

  private static String digits(Random random, int length) {
    var digits = new StringBuilder();
    random.ints(length, 0, 10).forEach(digits::append);
    return digits.toString();
  }

  private static String withLuhnDigit(String digits) {
    for (int last = 0; last < 9; last++) {
      if (luhn(digits + last)) {
        return digits + last;
      }
    }
    return digits + 9;
  }

  private static boolean luhn(String number) {
    int sum = 0;
    for (int i = 0; i < number.length(); i++) {
      int digit = number.charAt(number.length() - 1 - i) - '0';
      int weighted = i % 2 == 1 ? 2 * digit : digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }

  @Property(tries = 200)
  void everyCardNumberComesBackWithWhatTellsItApart(
      @ForAll @IntRange(min = 9, max = 64) int length,
      @ForAll boolean invalidLuhn,
      @ForAll boolean invalidType,
      @ForAll @IntRange(max = 256) int ivLength,
      @ForAll Random random) {
    var iv = new byte[ivLength];
    random.nextBytes(iv);
    var card =
        protection(new FpeCreditCard(null, 0, 0, invalidLuhn, null, null, invalidType, null));
    String clear = withLuhnDigit("4" + digits(random, length - 2));
    String token = card.protect(clear, iv);
    assertThat(token).hasSize(length).matches("\\d+");
    assertThat(luhn(token) && invalidLuhn).isFalse();
    if (invalidType) {
      assertThat(token).matches("[01789]\\d+");
    }
    assertThat(card.unprotect(token, iv)).isEqualTo(clear);
  }

  @Example
  void aPlainCardNumberIsFf1OfItsDigits() {
    var card = protection(new FpeCreditCard(null, 6, 4, null, null, null, null, null));
    var numeric = numeric(null, 6, 4);
    String clear = "411111" + "12345678" + "1111";
    assertThat(card.protect(clear, IV)).isEqualTo(numeric.protect(clear, IV));
    var withLetter = protection(new FpeCreditCard(null, 6, 4, null, true, 7, null, null));
    assertThat(withLetter.protect(clear, IV)).matches("411111[A-J]\\d{7}1111");
    assertThat(withLetter.unprotect(withLetter.protect(clear, IV), IV)).isEqualTo(clear);
  }

  @Example
  void theLeastLengthIs8To10() {
    for (int least = 8; least <= 10; least++) {
      var card = protection(new FpeCreditCard(least, 0, 0, null, null, null, null, null));
      String shortest = "4".repeat(least);
      assertThat(card.unprotect(card.protect(shortest, null), null)).isEqualTo(shortest);
      String shorter = "4".repeat(least - 1);
      assertThat(code(() -> card.protect(shorter, null))).isEqualTo(ReturnCode.DATA_TOO_SHORT);
    }
    for (int wrong : new int[] {7, 11}) {
      assertThatThrownBy(() -> new FpeCreditCard(wrong, 0, 0, null, null, null, null, null))
          .isInstanceOf(InvalidMethodException.class);
    }
    var card = protection(new FpeCreditCard(null, 0, 0, null, null, null, null, null));
    assertThat(code(() -> card.protect("4111-11111111", null)))
        .isEqualTo(ReturnCode.CONTENT_NOT_VALID);
    assertThat(code(() -> card.protect("4111111111111", new byte[257])))
        .isEqualTo(ReturnCode.TWEAK_TOO_LONG);
  }

  @Example
  void manyCardNumbersHaveTheirOwnTokens() {
    var card = protection(new FpeCreditCard(null, 0, 0, true, null, null, true, null));
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i < 5000; i++) {
      tokens.add(card.protect(withLuhnDigit("4%09d".formatted(i)), null));
    }
    assertThat(tokens).hasSize(5000);
  }

  @Example
  void cardOptionsExcludeEachOtherAsForTokens() {
    assertThatThrownBy(() -> new FpeCreditCard(null, 1, 0, null, null, null, true, null))
        .isInstanceOf(InvalidMethodException.class);
    assertThatThrownBy(() -> new FpeCreditCard(null, 0, 0, true, true, 5, null, null))
        .isInstanceOf(InvalidMethodException.class);
    assertThat(Protection.of(new FpeCreditCard(null, 0, 0, null, null, null, null, null), KEY))
        .hasToString("Protection[fpeCreditCard]");
  }
}
