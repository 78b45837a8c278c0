package bulla.protection;

import static bulla.protection.Keys.NO_IV;
import static bulla.protection.Keys.protection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

class CardTokensTest {
  private static CreditCardToken method(Tokenizer tokenizer, int left, int right, boolean luhn) {
    return new CreditCardToken(tokenizer, left, right, luhn, null, null);
  }

  private final List<CreditCardToken> methods =
      Keys.TOKENIZERS.stream()
          .flatMap(
              tokenizer ->
                  Stream.of(
                      method(tokenizer, 0, 0, false),
                      method(tokenizer, 6, 4, false),
                      method(tokenizer, 0, 0, true),
                      method(tokenizer, 6, 1, true)))
          .toList();

  /** Built once, as the tables of six digits take their time. */
  private final List<Protection> cards = methods.stream().map(Keys::protection).toList();

  private static boolean passesLuhn(String number) {
    int sum = 0;
    for (int i = 0; i < number.length(); i++) {
      int digit = number.charAt(number.length() - 1 - i) - '0';
      sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
    }
    return sum % 10 == 0;
  }

  private static String withLuhnDigit(String number) {
    for (char digit = '0'; ; digit++) {
      if (passesLuhn(number + digit)) {
        return number + digit;
      }
    }
  }

  @Property(tries = 200)
  void everyNumberComesBack(
      @ForAll @NumericChars @StringLength(min = 17, max = 63) String number,
      @ForAll @Size(max = 256) byte[] iv) {
    for (int i = 0; i < cards.size(); i++) {
      CreditCardToken method = methods.get(i);
      String clear = method.invalidLuhnDigit() ? withLuhnDigit(number) : number;
      String token = cards.get(i).protect(clear, iv);
      assertThat(token)
          .hasSameSizeAs(clear)
          .containsOnlyDigits()
          .startsWith(clear.substring(0, method.fromLeft()))
          .endsWith(clear.substring(clear.length() - method.fromRight()));
      assertThat(cards.get(i).unprotect(token, iv)).isEqualTo(clear);
    }
  }

  @Property(tries = 100)
  void withAnInvalidLuhnDigitNoTokenPassesTheCheck(
      @ForAll @NumericChars @StringLength(min = 17, max = 40) String number) {
    String clear = withLuhnDigit(number);
    for (var card : cards) {
      if (card.method() instanceof CreditCardToken method && method.invalidLuhnDigit()) {
        String token = card.protect(clear, NO_IV);
        assertThat(passesLuhn(token)).isFalse();
        assertCode(() -> card.unprotect(clear, NO_IV), ReturnCode.CONTENT_NOT_VALID);
        assertCode(() -> card.protect(token, NO_IV), ReturnCode.CONTENT_NOT_VALID);
      }
    }
  }

  @Example
  void allValidNumbersOfALengthHaveTheirOwnTokens() {
    for (int right = 0; right <= 1; right++) {
      var card = protection(method(Tokenizer.SLT_1_3, 0, right, true));
      var tokens = new HashSet<String>();
      for (int i = 0; i < 10_000; i++) {
        tokens.add(card.protect(withLuhnDigit("%04d".formatted(i)), NO_IV));
      }
      assertThat(tokens).hasSize(10_000);
    }
  }

  /** First digits 2 to 6 become 0, 1, 7, 8 or 9: there are as many values as possible tokens. */
  @Example
  void allNumbersOfALengthHaveTheirOwnTokensOfAnInvalidType() {
    var card = protection(new CreditCardToken(Tokenizer.SLT_1_3, 0, 0, false, false, null, true));
    var tokens = new HashSet<String>();
    for (int i = 2000; i < 7000; i++) {
      tokens.add(card.protect(Integer.toString(i), NO_IV));
    }
    assertThat(tokens).hasSize(5000).allMatch(token -> "01789".indexOf(token.charAt(0)) >= 0);
  }

  @Example
  void theAlphabeticIndicatorIsALetterInItsPlace() {
    var card = protection(new CreditCardToken(Tokenizer.SLT_2_6, 6, 4, false, true, 7));
    String token = card.protect("4111111111111111", NO_IV);
    assertThat(token).matches("411111[A-J]\\d{5}1111");
    assertThat(card.unprotect(token, NO_IV)).isEqualTo("4111111111111111");
    assertCode(() -> card.unprotect("4111111111111111", NO_IV), ReturnCode.CONTENT_NOT_VALID);
    assertCode(() -> card.unprotect("411111K111111111", NO_IV), ReturnCode.CONTENT_NOT_VALID);
    var far = protection(new CreditCardToken(Tokenizer.SLT_2_3, 0, 4, false, true, 13));
    assertCode(() -> far.protect("4111111111111111", NO_IV), ReturnCode.DATA_TOO_SHORT);
    assertThat(far.protect("41111111111111111", NO_IV)).matches("\\d{12}[A-J]1111");
  }

  @Example
  void theFirstCharacterMayBeTheLetter() {
    var card = protection(new CreditCardToken(Tokenizer.SLT_1_3, 0, 0, false, true, 1));
    String token = card.protect("4111111111111111", NO_IV);
    assertThat(token).matches("[A-J]\\d{15}");
    assertThat(card.unprotect(token, NO_IV)).isEqualTo("4111111111111111");
  }

  @Example
  void anIvThatIsTooLongIsRefusedInBothDirections() {
    var card = protection(method(Tokenizer.SLT_1_3, 0, 0, false));
    var long257 = new byte[257];
    assertCode(() -> card.protect("4111111111", long257), ReturnCode.INPUT_OUT_OF_LIMITS);
    assertCode(() -> card.unprotect("4111111111", long257), ReturnCode.INPUT_OUT_OF_LIMITS);
    assertThat(card.protect("", NO_IV)).isEmpty();
    assertThat(card.unprotect("", NO_IV)).isEmpty();
  }

  @Example
  void onlyDigitsAreACardNumber() {
    var card = protection(method(Tokenizer.SLT_2_3, 0, 0, false));
    for (String number : new String[] {"4111-1111", "4111 1111", "4111a", "٤١١١"}) {
      assertCode(() -> card.protect(number, NO_IV), ReturnCode.CONTENT_NOT_VALID);
      assertCode(() -> card.unprotect(number, NO_IV), ReturnCode.CONTENT_NOT_VALID);
    }
  }

  @Example
  void theLengthLimitsHold() {
    for (var tokenizer : Keys.TOKENIZERS) {
      var card = protection(method(tokenizer, 1, 1, false));
      int least = tokenizer.block() + 2;
      for (int length : new int[] {least, 4095, 4096}) {
        String clear = "5".repeat(length);
        assertThat(card.unprotect(card.protect(clear, NO_IV), NO_IV)).isEqualTo(clear);
      }
      assertCode(() -> card.protect("5".repeat(least - 1), NO_IV), ReturnCode.DATA_TOO_SHORT);
      assertCode(() -> card.unprotect("5".repeat(least - 1), NO_IV), ReturnCode.DATA_TOO_SHORT);
      assertCode(() -> card.protect("5".repeat(4097), NO_IV), ReturnCode.DATA_TOO_LONG);
    }
    var luhn = protection(method(Tokenizer.SLT_1_3, 0, 0, true));
    assertCode(() -> luhn.protect(withLuhnDigit("12"), NO_IV), ReturnCode.DATA_TOO_SHORT);
    assertThat(luhn.protect(withLuhnDigit("123"), NO_IV)).hasSize(4);
  }

  private static void assertCode(ThrowingCallable call, ReturnCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProtectionException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
