package bulla.protection;

import static bulla.protection.Keys.NO_IV;
import static bulla.protection.Keys.protection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

class EmailTokensTest {
  private final Protection yes =
      protection(new EmailToken(Tokenizer.SLT_1_3, true, AllowShort.YES));
  private final Protection no =
      protection(new EmailToken(Tokenizer.SLT_2_3, true, AllowShort.NO_GENERATE_ERROR));
  private final Protection longer = protection(new EmailToken(Tokenizer.SLT_2_3, false, null));

  @Property(tries = 200)
  void everyAddressComesBackWithItsDomain(
      @ForAll @IntRange(min = 1, max = 63) int length, @ForAll Random random) {
    String characters = "abcXYZ019.-_+é";
    var local = new StringBuilder("q");
    while (local.length() < length) {
      local.append(characters.charAt(random.nextInt(characters.length())));
    }
    String clear = local + "@mail.example";
    var iv = new byte[random.nextInt(257)];
    random.nextBytes(iv);
    for (var email : List.of(yes, longer)) {
      String varied = email.protect(clear, iv);
      assertThat(email.unprotect(varied, iv)).isEqualTo(clear);
      String token = email.protect(clear, NO_IV);
      assertThat(token).endsWith("@mail.example");
      assertThat(token.replaceAll("[0-9a-zA-Z]", ""))
          .isEqualTo(clear.replaceAll("[0-9a-zA-Z]", ""));
      assertThat(email.unprotect(token, NO_IV)).isEqualTo(clear);
    }
    assertThat(yes.protect(clear, NO_IV)).hasSameSizeAs(clear);
  }

  @Example
  void theRightmostAtBeginsTheDomain() {
    assertThat(no.protect("\"a@b\"cd@example.org", NO_IV))
        .matches("\"\\w@\\w\"\\w\\w@example\\.org");
  }

  @Example
  void thePublishedLimitsHold() {
    accepted(yes, 1, 1);
    accepted(no, 3, 1);
    accepted(longer, 1, 1);
    accepted(yes, 64, 191);
    accepted(no, 64, 191);
    accepted(longer, 63, 192);
    accepted(yes, 2, 253);
    accepted(no, 3, 252);
    accepted(longer, 3, 252);
    accepted(longer, 1, 252);
    refused(yes, 0, 1, ReturnCode.DATA_TOO_SHORT);
    refused(yes, 1, 0, ReturnCode.DATA_TOO_SHORT);
    refused(no, 2, 1, ReturnCode.DATA_TOO_SHORT);
    refused(yes, 65, 1, ReturnCode.DATA_TOO_LONG);
    refused(longer, 64, 1, ReturnCode.DATA_TOO_LONG);
    refused(yes, 1, 254, ReturnCode.DATA_TOO_LONG);
    refused(no, 3, 253, ReturnCode.DATA_TOO_LONG);
    refused(longer, 1, 253, ReturnCode.DATA_TOO_LONG);
    refused(yes, 64, 192, ReturnCode.DATA_TOO_LONG);
  }

  /** Found by the fuzzer: symbols that are no token's made an address that cannot be protected. */
  @Example
  void whatIsRevealedCanBeProtectedAgain() {
    var random = new Random(3);
    int revealed = 0;
    Set<ReturnCode> codes = EnumSet.noneOf(ReturnCode.class);
    for (int i = 0; i < 900; i++) {
      // Short ones are tokens at times; long ones with few symbols can only be too long for one.
      int length = i % 2 == 0 ? 3 + i % 3 : 60 + i % 6;
      var local = new StringBuilder();
      while (local.length() < length) {
        boolean symbol = length < 60 || random.nextInt(4) == 0;
        local.append(symbol ? Alphabet.ALPHANUMERIC.symbol(random.nextInt(62)) : '-');
      }
      String token = local + "@b";
      try {
        String clear = longer.unprotect(token, NO_IV);
        assertThat(longer.protect(clear, NO_IV)).isEqualTo(token);
        revealed++;
      } catch (ProtectionException refused) {
        codes.add(refused.code());
      }
    }
    assertThat(revealed).isBetween(1, 899);
    assertThat(codes)
        .containsExactlyInAnyOrder(ReturnCode.CONTENT_NOT_VALID, ReturnCode.DATA_TOO_LONG);
  }

  /** 64 symbols make a token of 65, which is as long as one of 63 may be. */
  @Example
  void aTokenOfMoreThanAnAddressMayHaveIsRefused() {
    var symbols = protection(new AlphaNumericToken(Tokenizer.SLT_2_3, 0, 0, false, null));
    String token = symbols.protect("a".repeat(64), NO_IV);
    assertThat(token).hasSize(65);
    assertCode(() -> longer.unprotect(token + "@b", NO_IV), ReturnCode.DATA_TOO_LONG);
    String shorter = symbols.protect("a".repeat(63), NO_IV);
    assertThat(longer.unprotect(shorter + "@b", NO_IV)).isEqualTo("a".repeat(63) + "@b");
  }

  @Example
  void noAddressHasALongerIvThanOthersMayHave() {
    for (Protection email : List.of(yes, longer)) {
      String token = email.protect("john@b", new byte[256]);
      assertThat(email.unprotect(token, new byte[256])).isEqualTo("john@b");
      assertCode(() -> email.protect("john@b", new byte[257]), ReturnCode.INPUT_OUT_OF_LIMITS);
      assertCode(() -> email.unprotect(token, new byte[257]), ReturnCode.INPUT_OUT_OF_LIMITS);
    }
  }

  private static void accepted(Protection email, int local, int domain) {
    String clear = "a".repeat(local) + "@" + "b".repeat(domain);
    assertThat(email.unprotect(email.protect(clear, NO_IV), NO_IV)).isEqualTo(clear);
  }

  private static void refused(Protection email, int local, int domain, ReturnCode code) {
    String clear = "a".repeat(local) + "@" + "b".repeat(domain);
    assertCode(() -> email.protect(clear, NO_IV), code);
  }

  @Example
  void aShortLocalPartIsReturnedWhereTheElementSaysSo() {
    var email = protection(new EmailToken(Tokenizer.SLT_1_3, true, AllowShort.NO_RETURN_INPUT));
    assertThat(email.protect("a.b@example.org", NO_IV)).isEqualTo("a.b@example.org");
    assertThat(email.unprotect("a.b@example.org", NO_IV)).isEqualTo("a.b@example.org");
    assertCode(() -> no.protect("a.b@example.org", NO_IV), ReturnCode.DATA_TOO_SHORT);
  }

  @Example
  void withoutAnAtItIsNoAddress() {
    assertCode(() -> yes.protect("example.org", NO_IV), ReturnCode.CONTENT_NOT_VALID);
    assertCode(() -> yes.unprotect("example.org", NO_IV), ReturnCode.CONTENT_NOT_VALID);
    assertThat(yes.protect("", NO_IV)).isEmpty();
  }

  private static void assertCode(ThrowingCallable call, ReturnCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProtectionException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
