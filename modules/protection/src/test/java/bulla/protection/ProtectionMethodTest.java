package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.secrets.SecretBytes;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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

  @Test
  void everyMethodWorksWithAKeyOfItsLengthAndNoOther() {
    List<ProtectionMethod> methods =
        List.of(
            new NumericToken(null, null, null, null, null),
            new AlphaNumericToken(null, null, null, null, null),
            new CreditCardToken(null, null, null, null, null, null),
            new EmailToken(null, null, null),
            new FpeNumeric(null, null, null, null, null),
            new Aes256GcmEnc(),
            new Aes256CbcEnc(null, null),
            new NoEnc("1"));
    assertThat(methods).hasSize(ProtectionMethod.class.getPermittedSubclasses().length);
    for (var method : methods) {
      var protection = Protection.of(method, SecretBytes.random(method.keyLength()));
      if (method.protectsToText()) {
        String token =
            protection.protect("123456789@example.org".substring(0, 9 + tail(method)), null);
        assertThat(protection.unprotect(token, null)).startsWith("123456789");
      } else {
        assertThat(protection.unprotect(protection.protect(new byte[5]))).isEqualTo(new byte[5]);
      }
      assertThatThrownBy(() -> Protection.of(method, SecretBytes.random(16)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static int tail(ProtectionMethod method) {
    return method instanceof EmailToken ? 12 : 0;
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

  @Test
  void returnCodesAreFoundByTheirNumbers() {
    for (var code : ReturnCode.values()) {
      assertThat(ReturnCode.find(code.number())).contains(code);
      assertThat(code.text()).endsWith(".");
    }
    assertThat(ReturnCode.find(18)).isEmpty();
    assertThat(Arrays.stream(ReturnCode.values()).map(ReturnCode::number)).isSorted();
  }
}
