package bulla.protection;

import static bulla.protection.Keys.NO_IV;
import static bulla.protection.Keys.protection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BulkResultTest {
  private static final Protection[] ELEMENTS = {
    protection(new FpeNumeric(null, null, null, null, null)),
    protection(new FpeNumeric(null, null, null, 1, 2)),
    protection(new FpeAlphaNumeric(null, null, AllowShort.NO_RETURN_INPUT, null, null)),
    protection(new AlphaNumericToken(null, null, null, null, null)),
    protection(new NumericToken(Tokenizer.SLT_1_6, null, null, true, AllowShort.YES)),
    protection(new NumericToken(Tokenizer.SLT_1_3, 1, null, true, AllowShort.NO_RETURN_INPUT)),
    protection(new LowerAsciiToken(null, null, null, false, null))
  };

  @Property(tries = 100)
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
    for (var element : ELEMENTS) {
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
    BulkResult<String> result = ELEMENTS[0].protectAll(values, null);
    assertThat(result.size()).isEqualTo(3);
    assertThat(result.failed()).isEqualTo(1);
    assertThatThrownBy(result::valuesOrThrow).isInstanceOf(ProtectionException.class);
    assertThat(ELEMENTS[0].protectAll(new String[] {"123456"}, NO_IV).valuesOrThrow())
        .containsExactly(ELEMENTS[0].protect("123456", NO_IV));
    assertThat(ELEMENTS[0].protectAll(values, new byte[257]).code(0))
        .isEqualTo(ReturnCode.TWEAK_TOO_LONG);
  }

  @Example
  void anElementOfBytesHasNoBulkOfTexts() {
    var encryption = protection(new Aes256GcmEnc());
    assertThatThrownBy(() -> encryption.protectAll(new String[0], null))
        .isInstanceOf(ProtectionException.class);
  }
}
