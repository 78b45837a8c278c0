package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.secrets.SecretBytes;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ProtectionMethodTest {
  @Test
  void absentMembersTakeTheirDefaults() {
    assertThat(new NumericToken(null, null, null, null, null))
        .isEqualTo(new NumericToken(Tokenizer.SLT_2_3, 0, 0, true, AllowShort.NO_GENERATE_ERROR));
    assertThat(new NumericToken(null, null, null, false, null).allowShort()).isNull();
    assertThat(new AlphaNumericToken(null, null, null, null, null))
        .isEqualTo(
            new AlphaNumericToken(Tokenizer.SLT_2_3, 0, 0, true, AllowShort.NO_GENERATE_ERROR));
    assertThat(new EmailToken(null, null, null))
        .isEqualTo(new EmailToken(Tokenizer.SLT_2_3, true, AllowShort.NO_GENERATE_ERROR));
    assertThat(new CreditCardToken(null, null, null, null, null, null))
        .isEqualTo(new CreditCardToken(Tokenizer.SLT_2_3, 0, 0, false, false, null));
    assertThat(new FpeNumeric(null, null, null, null, null))
        .isEqualTo(new FpeNumeric(6, false, AllowShort.NO_GENERATE_ERROR, 0, 0));
    assertThat(new Aes256CbcEnc(null, null)).isEqualTo(new Aes256CbcEnc(true, true));
  }

  @Test
  void whatCannotBeNamesItsMember() {
    refused("tokenizer", () -> new AlphaNumericToken(Tokenizer.SLT_1_6, 0, 0, true, null));
    refused("tokenizer", () -> new EmailToken(Tokenizer.SLT_2_6, true, null));
    refused("fromLeft", () -> new NumericToken(null, -1, 0, true, null));
    refused("fromLeft", () -> new CreditCardToken(null, 100, 0, null, null, null));
    refused("fromRight", () -> new NumericToken(null, 0, 100, true, null));
    refused("allowShort", () -> new NumericToken(null, 0, 0, false, AllowShort.YES));
    refused("allowShort", () -> new EmailToken(null, false, AllowShort.NO_RETURN_INPUT));
    refused("minLength", () -> new FpeNumeric(5, null, null, null, null));
    refused("minLength", () -> new FpeNumeric(1, true, null, null, null));
    refused("minLength", () -> new FpeNumeric(11, true, null, null, null));
    refused("allowShort", () -> new FpeNumeric(null, null, AllowShort.YES, null, null));
    refused("allowShort", () -> new FpeAlpha(null, null, AllowShort.YES, null, null));
    refused("allowShort", () -> new FpeLatin1Alpha(null, null, AllowShort.YES, null, null));
    refused("allowShort", () -> new FpeLatin1AlphaNumeric(null, null, AllowShort.YES, null, null));
    refused("fromRight", () -> new FpeNumeric(null, null, null, 0, -1));
    refused("alphabeticIndicator", () -> new CreditCardToken(null, 0, 0, true, true, 1));
    refused("alphabeticIndicatorPosition", () -> new CreditCardToken(null, 0, 0, null, true, null));
    refused("alphabeticIndicatorPosition", () -> new CreditCardToken(null, 6, 0, null, true, 6));
    refused("alphabeticIndicatorPosition", () -> new CreditCardToken(null, 0, 0, null, true, 4097));
    refused("alphabeticIndicatorPosition", () -> new CreditCardToken(null, 0, 0, null, null, 1));
  }

  @Test
  void theLargestAndTheSmallestOfEachRuleAreTaken() {
    assertThat(new NumericToken(null, 99, 99, true, null).fromRight()).isEqualTo(99);
    assertThat(new FpeNumeric(10, null, null, null, null).minLength()).isEqualTo(10);
    assertThat(new FpeNumeric(2, true, null, null, null).minLength()).isEqualTo(2);
    assertThat(new CreditCardToken(null, 6, 0, null, true, 7).alphabeticIndicatorPosition())
        .isEqualTo(7);
    assertThat(new CreditCardToken(null, 0, 0, null, true, 4096).alphabeticIndicatorPosition())
        .isEqualTo(4096);
  }

  @Test
  void theBoundsOfDecimalsAndOfCardsAreTaken() {
    assertThat(new DecimalToken(null, 36, 36).minLength()).isEqualTo(36);
    assertThat(new DecimalToken(null, 1, 1).maxLength()).isEqualTo(1);
    refused("minLength", () -> new DecimalToken(null, 0, null));
    refused("minLength", () -> new DecimalToken(null, 37, 37));
    refused("maxLength", () -> new DecimalToken(null, 3, 2));
    refused("maxLength", () -> new DecimalToken(null, 1, 37));
    var ends = TweakMode.CLEAR_ENDS;
    refused("tweakMode", () -> new FpeCreditCard(null, 0, 0, null, null, null, null, ends));
    refused("tweakMode", () -> new FpeAlpha(null, null, null, 0, 0, ends));
    refused("tweakMode", () -> new FpeAlphaNumeric(null, null, null, 0, 0, ends));
    refused("tweakMode", () -> new FpeLatin1Alpha(null, null, null, 0, 0, ends));
    refused("tweakMode", () -> new FpeLatin1AlphaNumeric(null, null, null, 0, 0, ends));
    assertThat(new FpeCreditCard(null, 0, 1, null, null, null, null, ends).fromRight()).isOne();
  }

  @Test
  void someTypesHaveOneTokenizerAlone() {
    assertThat(new PrintableToken(Tokenizer.SLT_1_3, 0, 0, true, null))
        .isEqualTo(new PrintableToken(null, 0, 0, true, null));
    assertThatThrownBy(() -> new PrintableToken(Tokenizer.SLT_2_3, 0, 0, true, null))
        .isInstanceOfSatisfying(
            InvalidMethodException.class, e -> assertThat(e.rule()).isEqualTo("must be SLT_1_3"));
  }

  @Test
  void keysAndAlphabetsThatDoNotFitAreNamed() {
    var text = new UnicodeGen2Token(null, "1", null, null, null, null, null);
    var digits = CodePoints.parse("0030-0039");
    var keys = ElementKeys.of(Keys.KEY);
    assertThatThrownBy(() -> Protection.of(text, keys, null))
        .hasMessage("unicodeGen2Token needs an alphabet");
    assertThatThrownBy(() -> Protection.of(new Aes256GcmEnc(), keys, digits))
        .hasMessage("aes256GcmEnc has no alphabet of its own");
    assertThatThrownBy(() -> Protection.of(new NoEnc(null), Keys.KEY))
        .hasMessage("noEnc needs no key");
    assertThatThrownBy(() -> Protection.of(new Aes256GcmEnc(), null))
        .hasMessage("aes256GcmEnc needs a key of 32 bytes");
    assertThatThrownBy(() -> Protection.of(new Aes256GcmEnc(), Keys.ofLength(16)))
        .hasMessage("aes256GcmEnc needs keys of 32 bytes, not 16");
  }

  private static void refused(String member, ThrowingCallable construction) {
    assertThatThrownBy(construction)
        .isInstanceOfSatisfying(
            InvalidMethodException.class, e -> assertThat(e.member()).isEqualTo(member));
  }

  @Tag("tables")
  @Test
  void everyMethodWorksWithAKeyOfItsLengthAndNoOther() throws Exception {
    for (Class<?> type : ProtectionMethod.class.getPermittedSubclasses()) {
      if (type == UnicodeGen2Token.class) {
        // It has no default for its alphabet; UnicodeGen2Test has its like.
        continue;
      }
      ProtectionMethod method = withDefaults(type);
      int wrong = method.keyLength() == 16 ? 32 : 16;
      assertThatThrownBy(() -> Protection.of(method, SecretBytes.random(wrong)))
          .isInstanceOf(IllegalArgumentException.class);
      var protection = Keys.protection(method);
      if (method.protectsToText()) {
        String clear = sample(method);
        assertThat(protection.unprotect(protection.protect(clear, null), null)).isEqualTo(clear);
      } else if (!(method instanceof HmacSha256
          || method instanceof HmacSha1
          || method instanceof BinaryToken)) {
        // Hashes do not come back; tables of bytes take seconds, and EveryTypeTest has them.
        assertThat(protection.unprotect(protection.protect(new byte[5]))).isEqualTo(new byte[5]);
      }
    }
  }

  private static ProtectionMethod withDefaults(Class<?> type) throws ReflectiveOperationException {
    return with(type, null);
  }

  /**
   * Its members are absent but for what it does with short values, and what it cannot do without.
   */
  private static ProtectionMethod with(Class<?> type, AllowShort allowShort)
      throws ReflectiveOperationException {
    Class<?>[] components =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    Object[] members =
        Arrays.stream(type.getRecordComponents())
            .map(
                component ->
                    component.getType() == AllowShort.class
                        ? allowShort
                        : component.getName().equals("alphabetUid") ? "1" : null)
            .toArray();
    return (ProtectionMethod) type.getDeclaredConstructor(components).newInstance(members);
  }

  @Test
  void everyMethodSaysWhatItIs() throws Exception {
    for (Class<?> type : ProtectionMethod.class.getPermittedSubclasses()) {
      ProtectionMethod method = withDefaults(type);
      String name = type.getSimpleName();
      String key = method.key();
      assertThat(key).isEqualTo(Character.toLowerCase(name.charAt(0)) + name.substring(1));
      boolean none = List.of("noEnc", "monitor").contains(key);
      boolean hash = key.startsWith("hmac");
      boolean encryption = key.endsWith("Enc") && !none;
      assertThat(method.unprotects()).as(key).isEqualTo(!hash);
      assertThat(method.protectsToText())
          .as(key)
          .isEqualTo(!hash && !encryption && !key.equals("binaryToken"));
      assertThat(method.protectedValueIsReturnable())
          .as(key)
          .isEqualTo(method.protectsToText() && !none);
      assertThat(method.storesKeyId()).as(key).isFalse();
      int length = key.startsWith("tripleDes") ? 24 : key.startsWith("aes128") ? 16 : 32;
      assertThat(method.keyLength()).as(key).isEqualTo(none ? 0 : length);
    }
  }

  @Test
  void whatMayReturnShortValuesAsTheyAreIsNeverReturnedProtected() throws Exception {
    int types = 0;
    for (Class<?> type : ProtectionMethod.class.getPermittedSubclasses()) {
      if (Arrays.stream(type.getRecordComponents())
          .anyMatch(component -> component.getType() == AllowShort.class)) {
        assertThat(with(type, AllowShort.NO_RETURN_INPUT).protectedValueIsReturnable())
            .as(type.getName())
            .isFalse();
        assertThat(with(type, AllowShort.NO_GENERATE_ERROR).protectedValueIsReturnable()).isTrue();
        types++;
      }
    }
    assertThat(types).isEqualTo(14);
  }

  private static String sample(ProtectionMethod method) {
    return switch (method.key()) {
      case "emailToken" -> "john.smith@example.org";
      case "dateToken", "dateTimeToken" -> "2012-02-29";
      case "fpeAlpha", "fpeLatin1Alpha", "alphaToken", "upperAlphaToken" -> "ABCDEFGHI";
      default -> "123456789";
    };
  }

  @Test
  void onlyWhatCanNeverBeClearMayBeReturnedProtected() {
    assertThat(new NumericToken(null, null, null, null, null).protectedValueIsReturnable())
        .isTrue();
    assertThat(
            new NumericToken(null, null, null, null, AllowShort.NO_RETURN_INPUT)
                .protectedValueIsReturnable())
        .isFalse();
    assertThat(new NoEnc(null).protectedValueIsReturnable()).isFalse();
    assertThat(new Aes256GcmEnc().protectedValueIsReturnable()).isFalse();
    assertThat(new Aes256CbcEnc(null, null).protectedValueIsReturnable()).isFalse();
  }

  @Test
  void noEncryptionLeavesTheValueAsItIs() {
    var protection = Protection.of(new NoEnc(null), null);
    assertThat(protection.protect("clear", null)).isEqualTo("clear");
    assertThat(protection.unprotect("clear", null)).isEqualTo("clear");
    assertThat(protection).hasToString("Protection[noEnc]");
  }
}
