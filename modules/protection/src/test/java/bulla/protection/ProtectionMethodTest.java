package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.secrets.SecretBytes;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
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
    Class<?>[] components =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    return (ProtectionMethod)
        type.getDeclaredConstructor(components).newInstance(new Object[components.length]);
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
