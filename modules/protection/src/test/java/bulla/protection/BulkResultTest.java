package bulla.protection;

import static bulla.protection.Keys.NO_IV;
import static bulla.protection.Keys.protection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.secrets.SecretBytes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

class BulkResultTest {
  private final Protection[] elements = {
    protection(new FpeNumeric(null, null, null, null, null)),
    protection(new FpeNumeric(null, null, null, 1, 2)),
    protection(new FpeAlphaNumeric(null, null, AllowShort.NO_RETURN_INPUT, null, null)),
    protection(new AlphaNumericToken(null, null, null, null, null)),
    protection(new NumericToken(Tokenizer.SLT_1_6, null, null, true, AllowShort.YES)),
    protection(new NumericToken(Tokenizer.SLT_1_3, 1, null, true, AllowShort.NO_RETURN_INPUT)),
    protection(new LowerAsciiToken(null, null, null, false, null))
  };

  @Property(tries = 50)
  void manyValuesBecomeWhatEachBecomesAlone(
      @ForAll @IntRange(max = 700) int count,
      @ForAll @IntRange(max = 20) int ivLength,
      @ForAll Random random) {
    var iv = new byte[ivLength];
    random.nextBytes(iv);
    var values = new String[count];
    for (int i = 0; i < count; i++) {
      values[i] = value(random);
    }
    for (var element : elements) {
      BulkResult<String> tokens = element.protectAll(values, iv);
      BulkResult<String> clear = element.unprotectAll(tokens.values(), iv);
      int failed = 0;
      for (int i = 0; i < count; i++) {
        try {
          String alone = element.protect(values[i], iv);
          assertThat(tokens.value(i)).isEqualTo(alone);
          assertThat(tokens.code(i)).isEqualTo(ReturnCode.PROTECTED);
          assertThat(clear.value(i)).isEqualTo(values[i]);
          assertThat(clear.code(i)).isEqualTo(ReturnCode.UNPROTECTED);
        } catch (ProtectionException e) {
          failed++;
          assertThat(tokens.value(i)).isNull();
          assertThat(tokens.code(i)).isEqualTo(e.code());
          assertThat(tokens.failure(i).orElseThrow()).hasMessage(e.getMessage());
        }
      }
      assertThat(tokens.failed()).isEqualTo(failed);
    }
  }

  @Example
  void typesThatTakeEachValueAloneGiveAResultForEachToo() {
    String[] values = {"anna@b.example", "b@c", null, "no address", "cc@d"};
    var email = protection(new EmailToken(Tokenizer.SLT_1_3, true, AllowShort.YES));
    byte[] iv = {1};
    BulkResult<String> tokens = email.protectAll(values, iv);
    BulkResult<String> clear = email.unprotectAll(tokens.values(), iv);
    for (int i : new int[] {0, 1, 4}) {
      assertThat(tokens.value(i)).isEqualTo(email.protect(values[i], iv));
      assertThat(clear.value(i)).isEqualTo(values[i]);
    }
    assertThat(tokens.code(2)).isEqualTo(ReturnCode.INPUT_OUT_OF_LIMITS);
    assertThat(tokens.code(3)).isEqualTo(ReturnCode.CONTENT_NOT_VALID);
    assertThat(tokens.failed()).isEqualTo(2);
    assertThat(tokens.count(ReturnCode.PROTECTED)).isEqualTo(3);
    assertThat(clear.count(ReturnCode.UNPROTECTED)).isEqualTo(3);
  }

  private static String value(Random random) {
    int length = random.nextInt(4) == 0 ? random.nextInt(45) : 16;
    var value = new StringBuilder();
    random.ints(length, 0, 10).forEach(value::append);
    return switch (random.nextInt(12)) {
      case 0 -> null;
      case 1 -> "-" + value;
      case 2 -> value + "\u00E9";
      default -> value.toString();
    };
  }

  @Example
  void oneFailureIsThrownWhereAllAreNeeded() {
    String[] values = {"123456", "12", "1234567"};
    BulkResult<String> result = elements[0].protectAll(values, null);
    assertThat(result.size()).isEqualTo(3);
    assertThat(result.failed()).isEqualTo(1);
    assertThatThrownBy(result::valuesOrThrow).isInstanceOf(ProtectionException.class);
    assertThat(elements[0].protectAll(new String[] {"123456"}, NO_IV).valuesOrThrow())
        .containsExactly(elements[0].protect("123456", NO_IV));
    assertThat(elements[0].protectAll(values, new byte[257]).code(0))
        .isEqualTo(ReturnCode.TWEAK_TOO_LONG);
  }

  @Example
  void anElementOfBytesHasNoBulkOfTexts() {
    var encryption = protection(new Aes256GcmEnc());
    assertThatThrownBy(() -> encryption.protectAll(new String[0], null))
        .isInstanceOf(ProtectionException.class);
  }

  private static BulkResult<Integer> lengths(String... values) {
    return BulkResult.each(
        ReturnCode.PROTECTED,
        values,
        Integer[]::new,
        value -> {
          if (value.isEmpty()) {
            throw new ProtectionException(ReturnCode.DATA_TOO_SHORT);
          }
          return value.length();
        });
  }

  @Example
  void eachValueHasItsResultOrItsFailure() {
    BulkResult<Integer> lengths = lengths("a", "", null, "bcd");
    assertThat(lengths.size()).isEqualTo(4);
    assertThat(lengths.values()).containsExactly(1, null, null, 3);
    assertThat(lengths.code(0)).isEqualTo(ReturnCode.PROTECTED);
    assertThat(lengths.code(1)).isEqualTo(ReturnCode.DATA_TOO_SHORT);
    assertThat(lengths.code(2)).isEqualTo(ReturnCode.INPUT_OUT_OF_LIMITS);
    assertThat(lengths.failed()).isEqualTo(2);
    assertThat(lengths.count(ReturnCode.PROTECTED)).isEqualTo(2);
    assertThat(lengths.count(ReturnCode.DATA_TOO_SHORT)).isEqualTo(1);
    assertThat(lengths.failure(0)).isEmpty();
    assertThat(lengths("x").valuesOrThrow()).containsExactly(1);
    lengths.values()[0] = 7;
    assertThat(lengths.value(0)).isEqualTo(1);
  }

  @Example
  void aFurtherStepKeepsFailuresAndAddsItsOwn() {
    BulkResult<String> next =
        lengths("a", "", "bcd")
            .then(
                String[]::new,
                length -> {
                  if (length == 3) {
                    throw new ProtectionException(ReturnCode.DATA_TOO_LONG);
                  }
                  return "n" + length;
                });
    assertThat(next.values()).containsExactly("n1", null, null);
    assertThat(next.code(1)).isEqualTo(ReturnCode.DATA_TOO_SHORT);
    assertThat(next.code(2)).isEqualTo(ReturnCode.DATA_TOO_LONG);
    assertThat(next.failed()).isEqualTo(2);
  }

  @Example
  void theFailureOfAnEarlierCallIsTheOneThatCounts() {
    BulkResult<Integer> earlier = lengths("a", "", "bcd");
    BulkResult<Integer> later = lengths("x", null, "");
    BulkResult<Integer> both = later.after(earlier);
    assertThat(both.values()).containsExactly(1, null, null);
    assertThat(both.code(1)).isEqualTo(ReturnCode.DATA_TOO_SHORT);
    assertThat(both.code(2)).isEqualTo(ReturnCode.DATA_TOO_SHORT);
    assertThat(both.failed()).isEqualTo(2);
    assertThat(later.code(1)).isEqualTo(ReturnCode.INPUT_OUT_OF_LIMITS);
    assertThat(later.after(lengths("a", "b", "c"))).isSameAs(later);
  }

  @Example
  void failuresCanBeToldAsOne() {
    BulkResult<Integer> told = lengths("a", "", null).failingAs(ReturnCode.PROTECT_FAILED);
    assertThat(told.value(0)).isEqualTo(1);
    assertThat(told.code(1)).isEqualTo(ReturnCode.PROTECT_FAILED);
    assertThat(told.code(2)).isEqualTo(ReturnCode.PROTECT_FAILED);
    assertThat(told.failed()).isEqualTo(2);
  }

  @Example
  void aStepMoreKeepsTheCodesOfSuccess() {
    var one = SecretBytes.copyOf(new byte[32]);
    var two = SecretBytes.copyOf(Keys.KEY.copyOfBytes());
    var before = Protection.of(new Aes256GcmEnc(true), ElementKeys.of(Map.of(1, one)), null);
    var after = Protection.of(new Aes256GcmEnc(true), ElementKeys.of(Map.of(1, one, 2, two)), null);
    byte[][] sealed = before.protectAll(new byte[][] {{1}, {2}}, null).valuesOrThrow();
    BulkResult<byte[]> clear = after.unprotectAll(sealed, null);
    assertThat(clear.then(String[]::new, Arrays::toString).code(1))
        .isEqualTo(ReturnCode.UNPROTECTED_WITH_INACTIVE_KEY);
    assertThat(clear.failingAs(ReturnCode.UNPROTECT_FAILED).code(0))
        .isEqualTo(ReturnCode.UNPROTECTED_WITH_INACTIVE_KEY);
    assertThat(clear.after(lengths("", "a")).code(1))
        .isEqualTo(ReturnCode.UNPROTECTED_WITH_INACTIVE_KEY);
    assertThat(clear.after(lengths("", "a")).code(0)).isEqualTo(ReturnCode.DATA_TOO_SHORT);
  }

  @Example
  void anElementOfTextHasNoBulkOfBytes() {
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> elements[0].protectAll(new byte[1][1], null),
            () -> elements[0].unprotectAll(new byte[1][1], null))) {
      assertThatThrownBy(call)
          .isInstanceOfSatisfying(
              ProtectionException.class,
              e -> assertThat(e.code()).isEqualTo(ReturnCode.UNSUPPORTED_ACTION));
    }
  }
}
