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
  private static final Protection YES =
      protection(new EmailToken(Tokenizer.SLT_1_3, true, AllowShort.YES));
  private static final Protection NO =
      protection(new EmailToken(Tokenizer.SLT_2_3, true, AllowShort.NO_GENERATE_ERROR));
  private static final Protection LONGER =
      protection(new EmailToken(Tokenizer.SLT_2_3, false, null));

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
    for (var email : List.of(YES, LONGER)) {
      String varied = email.protect(clear, iv);
      assertThat(email.unprotect(varied, iv)).isEqualTo(clear);
      String token = email.protect(clear, NO_IV);
      assertThat(token).endsWith("@mail.example");
      assertThat(token.replaceAll("[0-9a-zA-Z]", ""))
          .isEqualTo(clear.replaceAll("[0-9a-zA-Z]", ""));
      assertThat(email.unprotect(token, NO_IV)).isEqualTo(clear);
    }
    assertThat(YES.protect(clear, NO_IV)).hasSameSizeAs(clear);
  }

  @Example
  void theRightmostAtBeginsTheDomain() {
    assertThat(NO.protect("\"a@b\"cd@example.org", NO_IV))
        .matches("\"\\w@\\w\"\\w\\w@example\\.org");
  }

  @Example
  void thePublishedLimitsHold() {
    accepted(YES, 1, 1);
    accepted(NO, 3, 1);
    accepted(LONGER, 1, 1);
    accepted(YES, 64, 191);
    accepted(NO, 64, 191);
    accepted(LONGER, 63, 192);
    accepted(YES, 2, 253);
    accepted(NO, 3, 252);
    accepted(LONGER, 3, 252);
    accepted(LONGER, 1, 252);
    refused(YES, 0, 1, ReturnCode.DATA_TOO_SHORT);
    refused(YES, 1, 0, ReturnCode.DATA_TOO_SHORT);
    refused(NO, 2, 1, ReturnCode.DATA_TOO_SHORT);
    refused(YES, 65, 1, ReturnCode.DATA_TOO_LONG);
    refused(LONGER, 64, 1, ReturnCode.DATA_TOO_LONG);
    refused(YES, 1, 254, ReturnCode.DATA_TOO_LONG);
    refused(NO, 3, 253, ReturnCode.DATA_TOO_LONG);
    refused(LONGER, 1, 253, ReturnCode.DATA_TOO_LONG);
    refused(YES, 64, 192, ReturnCode.DATA_TOO_LONG);
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
        String clear = LONGER.unprotect(token, NO_IV);
        assertThat(LONGER.protect(clear, NO_IV)).isEqualTo(token);
        revealed++;
      } catch (ProtectionException refused) {
        codes.add(refused.code());
      }
    }
    assertThat(revealed).isBetween(1, 899);
    assertThat(codes)
        .containsExactlyInAnyOrder(ReturnCode.CONTENT_NOT_VALID, ReturnCode.DATA_TOO_LONG);
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
    assertCode(() -> NO.protect("a.b@example.org", NO_IV), ReturnCode.DATA_TOO_SHORT);
  }

  @Example
  void withoutAnAtItIsNoAddress() {
    assertCode(() -> YES.protect("example.org", NO_IV), ReturnCode.CONTENT_NOT_VALID);
    assertCode(() -> YES.unprotect("example.org", NO_IV), ReturnCode.CONTENT_NOT_VALID);
    assertThat(YES.protect("", NO_IV)).isEmpty();
  }

  private static void assertCode(ThrowingCallable call, ReturnCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProtectionException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
