package bulla.protection;

import static bulla.protection.Keys.NO_IV;
import static bulla.protection.Keys.protection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Columns of bytes become what the texts in them become. */
class ColumnTest {
  private static final AllowShort AS_IT_IS = AllowShort.NO_RETURN_INPUT;
  private final ProtectionMethod numeric =
      new NumericToken(Tokenizer.SLT_2_3, 0, 0, true, AllowShort.YES);
  private final List<Protection> elements =
      List.of(
          protection(new NumericToken(Tokenizer.SLT_2_3, 0, 0, true, AS_IT_IS)),
          protection(new NumericToken(Tokenizer.SLT_1_6, 0, 0, true, AS_IT_IS)),
          protection(new AlphaNumericToken(Tokenizer.SLT_1_3, 0, 0, true, AS_IT_IS)),
          protection(new UpperAlphaToken(Tokenizer.SLT_2_3, 0, 0, true, AS_IT_IS)));

  /** ISO 8859-1 has a character for every byte: those that are no ASCII are delimiters. */
  @Property(tries = 200)
  void eachTextBecomesWhatItBecomesAlone(
      @ForAll @IntRange(min = 1, max = 66) int width,
      @ForAll @IntRange(max = 150) int count,
      @ForAll @IntRange(max = 2) int others,
      @ForAll Random random) {
    byte[] iv = new byte[random.nextInt(3)];
    random.nextBytes(iv);
    var column = new byte[width * count];
    for (int i = 0; i < column.length; i++) {
      boolean digit = others == 0 || (others == 1 && random.nextInt(50) > 0);
      column[i] = (byte) (digit ? '0' + random.nextInt(10) : random.nextInt());
    }
    for (Protection element : elements) {
      becomesWhatItBecomesAlone(element, column, width, iv);
    }
  }

  @Property(tries = 50)
  void soDoTextsOfOneOrTwoSymbols(
      @ForAll @IntRange(min = 1, max = 4) int width,
      @ForAll @IntRange(max = 150) int count,
      @ForAll Random random) {
    var column = new byte[width * count];
    for (int i = 0; i < column.length; i++) {
      boolean digit = i % width == 0 || random.nextInt(50) > 0;
      column[i] = (byte) (digit ? '0' + random.nextInt(10) : '-');
    }
    becomesWhatItBecomesAlone(protection(numeric), column, width, NO_IV);
  }

  private static void becomesWhatItBecomesAlone(
      Protection element, byte[] column, int width, byte[] iv) {
    var expected = new StringBuilder();
    for (int at = 0; at < column.length; at += width) {
      String clear = new String(column, at, width, StandardCharsets.ISO_8859_1);
      expected.append(element.protect(clear, iv));
    }
    var tokens = new byte[column.length];
    byte[] before = column.clone();
    element.protectAll(column, width, iv, tokens);
    assertThat(column).isEqualTo(before);
    assertThat(new String(tokens, StandardCharsets.ISO_8859_1)).isEqualTo(expected.toString());
    element.unprotectAll(tokens, width, iv, tokens);
    assertThat(tokens).isEqualTo(column);
  }

  /** Arrays of mixed lengths and columns, of elements that nobody has used before. */
  @Example
  void severalThreadsGetWhatOneGets() throws Exception {
    var random = new Random(5);
    var values = new String[600];
    for (int i = 0; i < values.length; i++) {
      values[i] = Long.toString(100_000L + random.nextLong(1L << (3 + random.nextInt(50))));
    }
    byte[] column = "4711-000123456789".repeat(50).getBytes(StandardCharsets.US_ASCII);
    for (ProtectionMethod method :
        List.of(
            numeric,
            new AlphaNumericToken(Tokenizer.SLT_1_3, 1, 1, true, AllowShort.YES),
            new NumericToken(Tokenizer.SLT_1_3, 0, 0, false, null),
            new FpeNumeric(null, null, AS_IT_IS, 0, 0))) {
      Protection alone = Keys.newProtection(method);
      Protection shared = Keys.newProtection(method);
      boolean hasColumns = method.equals(numeric);
      String[] expected = alone.protectAll(values, NO_IV).values();
      var expectedColumn = new byte[column.length];
      if (hasColumns) {
        alone.protectAll(column, 17, NO_IV, expectedColumn);
      }
      var together = new CyclicBarrier(4);
      var pool = Executors.newFixedThreadPool(4);
      try {
        Callable<Void> work =
            () -> {
              together.await();
              for (int again = 0; again < 5; again++) {
                BulkResult<String> tokens = shared.protectAll(values, NO_IV);
                assertThat(tokens.values()).isEqualTo(expected);
                assertThat(shared.unprotectAll(tokens.values(), NO_IV).values()).isEqualTo(values);
                if (hasColumns) {
                  byte[] mine = column.clone();
                  shared.protectAll(mine, 17, NO_IV, mine);
                  assertThat(mine).isEqualTo(expectedColumn);
                  shared.unprotectAll(mine, 17, NO_IV, mine);
                  assertThat(mine).isEqualTo(column);
                }
              }
              return null;
            };
        for (Future<Void> done : pool.invokeAll(List.of(work, work, work, work))) {
          done.get();
        }
      } finally {
        pool.shutdownNow();
      }
    }
  }

  @Example
  void theWidestHasRoom() {
    var column = new byte[20 * Scratch.LENGTH];
    Arrays.fill(column, (byte) '7');
    var tokens = new byte[column.length];
    elements.get(0).protectAll(column, Scratch.LENGTH, null, tokens);
    assertThat(new String(tokens, StandardCharsets.US_ASCII))
        .isEqualTo(elements.get(0).protect("7".repeat(Scratch.LENGTH), NO_IV).repeat(20));
    elements.get(0).unprotectAll(tokens, Scratch.LENGTH, null, tokens);
    assertThat(tokens).isEqualTo(column);
  }

  @Example
  void aTextThatIsTooShortFailsTheCall() {
    var strict = protection(new NumericToken(Tokenizer.SLT_2_3, 0, 0, true, null));
    byte[] column = "1234567---2-".repeat(20).getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> strict.protectAll(column, 6, NO_IV, new byte[column.length]))
        .isInstanceOfSatisfying(
            ProtectionException.class,
            e -> assertThat(e.code()).isEqualTo(ReturnCode.DATA_TOO_SHORT));
    assertThatThrownBy(() -> strict.protectAll(new byte[6], 6, new byte[257], new byte[6]))
        .isInstanceOfSatisfying(
            ProtectionException.class,
            e -> assertThat(e.code()).isEqualTo(ReturnCode.INPUT_OUT_OF_LIMITS));
  }

  /** In place nobody could tell tokens and clear texts apart afterwards. */
  @Example
  void aColumnThatFailsStaysAsItWas() {
    var strict = protection(new NumericToken(Tokenizer.SLT_2_3, 0, 0, true, null));
    String good = "123456".repeat(20);
    staysAsItWas(strict, good + "12----" + good, ReturnCode.DATA_TOO_SHORT);
    staysAsItWas(elements.get(0), good, null);
    var memory = TableMemory.ofBytes(1_000_000);
    for (AllowShort allowShort : new AllowShort[] {AllowShort.YES, AS_IT_IS}) {
      var method = new NumericToken(Tokenizer.SLT_1_6, 0, 0, true, allowShort);
      var element = Protection.of(method, Keys.KEY, memory);
      String shorter = "12345-".repeat(20);
      staysAsItWas(element, shorter + "123456" + shorter, ReturnCode.OUT_OF_MEMORY);
      staysAsItWas(element, shorter, null);
    }
  }

  @Example
  void aTextWithADelimiterBeforeThoseThatHaveNoneIsNotTakenForOneOfThem() {
    byte[] column = "12-456123456".getBytes(StandardCharsets.US_ASCII);
    elements.get(0).protectAll(column, 6, NO_IV, column);
    assertThat(new String(column, StandardCharsets.US_ASCII))
        .isEqualTo(
            elements.get(0).protect("12-456", NO_IV) + elements.get(0).protect("123456", NO_IV));
  }

  /** The first symbol of an alphabet has the number 0 and is one like the others. */
  @Example
  void aTextOfZerosHasAsManySymbolsAsAnyOther() {
    var strict = protection(new NumericToken(Tokenizer.SLT_1_3, 0, 0, true, null));
    byte[] column = "000-00-0".getBytes(StandardCharsets.US_ASCII);
    strict.protectAll(column, 4, NO_IV, column);
    assertThat(new String(column, StandardCharsets.US_ASCII))
        .isEqualTo(strict.protect("000-", NO_IV) + strict.protect("00-0", NO_IV));
  }

  /**
   * @param code of the failure; null for a column that has none, which comes back
   */
  private static void staysAsItWas(Protection element, String texts, ReturnCode code) {
    byte[] column = texts.getBytes(StandardCharsets.US_ASCII);
    if (code == null) {
      element.protectAll(column, 6, NO_IV, column);
      element.unprotectAll(column, 6, NO_IV, column);
    } else {
      assertCode(() -> element.protectAll(column, 6, NO_IV, column), code);
      assertThat(column).asString(StandardCharsets.US_ASCII).isEqualTo(texts);
      assertCode(() -> element.unprotectAll(column, 6, NO_IV, column), code);
    }
    assertThat(column).asString(StandardCharsets.US_ASCII).isEqualTo(texts);
  }

  private static void assertCode(ThrowingCallable call, ReturnCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProtectionException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Example
  void allTokensOfAsciiThatKeepTheirLengthTakeColumns() {
    for (ProtectionMethod method :
        List.of(
            new NumericToken(Tokenizer.SLT_1_3, 0, 0, true, null),
            new AlphaToken(Tokenizer.SLT_1_3, 0, 0, true, null),
            new UpperAlphaToken(Tokenizer.SLT_1_3, 0, 0, true, null),
            new AlphaNumericToken(Tokenizer.SLT_1_3, 0, 0, true, null),
            new UpperAlphaNumericToken(Tokenizer.SLT_1_3, 0, 0, true, null),
            new LowerAsciiToken(null, 0, 0, true, null))) {
      Protection element = protection(method);
      byte[] column = "1A2B3CDEF1A2B3CDEF456".getBytes(StandardCharsets.US_ASCII);
      element.protectAll(column, 7, NO_IV, column);
      assertThat(column)
          .asString(StandardCharsets.US_ASCII)
          .as(method.key())
          .isEqualTo(
              element.protect("1A2B3CD", NO_IV)
                  + element.protect("EF1A2B3", NO_IV)
                  + element.protect("CDEF456", NO_IV));
    }
  }

  @Example
  void otherMethodsTakeNoColumns() {
    for (ProtectionMethod method :
        List.of(
            new NumericToken(Tokenizer.SLT_2_3, 1, 0, true, null),
            new NumericToken(Tokenizer.SLT_1_3, 0, 0, false, null),
            new AlphaNumericToken(Tokenizer.SLT_2_3, null, null, null, null, true, null),
            new PrintableToken(null, 0, 0, true, null),
            new EmailToken(null, true, null),
            new FpeNumeric(null, null, null, null, null),
            new Aes256GcmEnc())) {
      byte[] column = "1234567890".getBytes(StandardCharsets.US_ASCII);
      for (boolean protect : new boolean[] {true, false}) {
        assertThatThrownBy(
                () -> {
                  if (protect) {
                    protection(method).protectAll(column, 5, NO_IV, new byte[10]);
                  } else {
                    protection(method).unprotectAll(column, 5, NO_IV, new byte[10]);
                  }
                })
            .as(method.key())
            .isInstanceOfSatisfying(
                ProtectionException.class,
                e -> assertThat(e.code()).isEqualTo(ReturnCode.UNSUPPORTED_ACTION));
      }
    }
  }

  @Example
  void aColumnIsWholeAndHasRoom() {
    Protection element = elements.get(0);
    for (int[] wrong : new int[][] {{10, 0, 10}, {10, 3, 10}, {10, 5, 5}, {514, 257, 514}}) {
      assertThatThrownBy(
              () -> element.protectAll(new byte[wrong[0]], wrong[1], NO_IV, new byte[wrong[2]]))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () -> element.unprotectAll(new byte[wrong[0]], wrong[1], NO_IV, new byte[wrong[2]]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> element.protectAll(null, 5, NO_IV, new byte[10]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> element.unprotectAll(new byte[10], 5, NO_IV, null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
