package bulla.protection;

import static bulla.protection.Keys.NO_IV;
import static bulla.protection.Keys.protection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a thread allocates for values of 16 characters, by the counter of the Java machine. A result
 * of 16 characters takes 56 bytes, and 4 in an array.
 */
class AllocationTest {
  private final List<Protection> elements =
      List.of(
          protection(new NumericToken(Tokenizer.SLT_2_3, 0, 0, true, null)),
          protection(new AlphaNumericToken(Tokenizer.SLT_1_3, 0, 0, true, null)),
          protection(new FpeNumeric(null, null, null, null, null)));

  private static final String VALUE = "4000123456789010";
  private static final String HAN_TEXT = "\u4E2D".repeat(14) + "\uD840\uDC00";
  private static final String GREEK_TEXT = "\u03B1\u03B2\u03B3\u03B4".repeat(4);

  /** The fewest bytes of some runs, after so many that the working arrays are there. */
  private static long allocated(int runs, Runnable work) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < runs; i++) {
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      work.run();
      least =
          Math.min(least, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
    }
    return least;
  }

  private static String[] values(int count) {
    var values = new String[count];
    Arrays.setAll(values, i -> String.valueOf(4_000_123_456_789_010L + i));
    return values;
  }

  @Test
  void oneTextAllocatesItsResultAlone() {
    for (Protection element : elements) {
      String token = element.protect(VALUE, NO_IV);
      assertThat(allocated(2000, () -> element.protect(VALUE, NO_IV))).isLessThanOrEqualTo(56);
      assertThat(allocated(2000, () -> element.unprotect(token, NO_IV))).isLessThanOrEqualTo(56);
    }
  }

  @Test
  void soDoOtherKindsOfTokens() {
    for (ProtectionMethod method :
        List.of(
            new NumericToken(Tokenizer.SLT_2_3, 6, 4, true, null),
            new AlphaNumericToken(Tokenizer.SLT_1_3, 0, 4, true, null),
            new NumericToken(Tokenizer.SLT_2_3, 0, 0, false, null),
            new AlphaNumericToken(Tokenizer.SLT_2_3, 0, 0, false, null),
            new CreditCardToken(Tokenizer.SLT_2_3, 0, 0, false, false, null),
            new CreditCardToken(Tokenizer.SLT_2_3, 6, 4, false, false, null),
            new CreditCardToken(Tokenizer.SLT_2_3, 0, 0, true, false, null))) {
      Protection element = protection(method);
      String clear = "4000123456789017";
      String token = element.protect(clear, NO_IV);
      int result = token.length() > 16 ? 64 : 56;
      assertThat(allocated(2000, () -> element.protect(clear, NO_IV)))
          .as("%s", method)
          .isLessThanOrEqualTo(result);
      assertThat(allocated(2000, () -> element.unprotect(token, NO_IV)))
          .as("%s", method)
          .isLessThanOrEqualTo(56);
    }
  }

  /** The same value again and again would have offsets that are kept. */
  @Test
  void soDoThoseWithOtherClearEnds() {
    String[] clear = {"4000123456789017", "4000123456789025", "4000123456789033"};
    allocateTheirResultsAlone(new NumericToken(Tokenizer.SLT_2_3, 6, 4, true, null), clear);
    allocateTheirResultsAlone(
        new CreditCardToken(Tokenizer.SLT_2_3, 6, 4, false, false, null), clear);
  }

  @Test
  void soDoTypesWithAFormOfTheirOwn() {
    allocateTheirResultsAlone(
        new DecimalToken(null, null, null), "-40001234567890.12", "1.5", "007");
    allocateTheirResultsAlone(new DateToken(null, "DD/MM/YYYY"), "29/02/2024", "04/10/1582");
    allocateTheirResultsAlone(new DateTimeToken(null, null, null, null), "2024-02-29");
    allocateTheirResultsAlone(new DateTimeToken(null, null, true, null), "2024-02-29 12:13:14");
    allocateTheirResultsAlone(new DateTimeToken(null, true, null, null), "2024-02-29T12:13:14,123");
    for (DateInClear inClear : List.of(DateInClear.YEAR, DateInClear.MONTH)) {
      allocateTheirResultsAlone(
          new DateTimeToken(null, true, false, inClear),
          "2024-02-29T12:13:14,123",
          "1999/12/31",
          "0601-05-03");
    }
  }

  @Test
  void soDoTokensThatKeepPlaces() {
    for (Boolean keepCase : new Boolean[] {null, true}) {
      allocateTheirResultsAlone(
          new AlphaNumericToken(Tokenizer.SLT_2_3, 0, 0, true, null, keepCase, true),
          "AbCd012345678xyz",
          "AbCe01234-5678xy",
          "Letters, letters");
    }
  }

  @Test
  void soDoIntegers() {
    for (int size : new int[] {2, 4}) {
      allocateTheirResultsAlone(new IntegerToken(size, null), "12345", "-1", "0");
    }
  }

  @Test
  void soDoBytes() {
    Protection element = protection(new BinaryToken(Tokenizer.SLT_1_3, 1, 1));
    byte[][] clear = {new byte[16], {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, {2, 3, 4, 5, 6, 7, 8, 9}};
    byte[][] tokens = element.protectAll(clear, NO_IV).valuesOrThrow();
    Runnable protecting =
        () -> {
          for (byte[] value : clear) {
            element.protect(value);
          }
        };
    Runnable unprotecting =
        () -> {
          for (byte[] token : tokens) {
            element.unprotect(token);
          }
        };
    assertThat(allocated(1000, protecting)).isLessThanOrEqualTo(array(17) + array(11) + array(9));
    assertThat(allocated(1000, unprotecting)).isLessThanOrEqualTo(array(16) + array(10) + array(8));
  }

  @Test
  void soDoTokensOfUnicode() {
    allocateTheirResultsAlone(new UnicodeToken(null), "Hello, world!!!!", "4000123456789010");
    allocateTheirResultsAlone(new UnicodeBase64Token(null), "Hello, world!!!!");
    allocateTheirResultsAlone(new UnicodeToken(null), HAN_TEXT);
    for (boolean preserving : new boolean[] {true, false}) {
      for (int clear : new int[] {0, 2}) {
        allocateTheirResultsAlone(
            protection(
                new UnicodeGen2Token(Tokenizer.SLT_X_1, "1", null, clear, clear, preserving, null),
                CodePoints.parse("0041-005A,4E00-9FFF,20000-2A6DF")),
            HAN_TEXT,
            "A" + HAN_TEXT.substring(1),
            "B" + HAN_TEXT.substring(1));
        allocateTheirResultsAlone(
            protection(
                new UnicodeGen2Token(Tokenizer.SLT_1_3, "1", null, clear, clear, preserving, null),
                CodePoints.parse("0391-03A1,03A3-03A9,03B1-03C9")),
            GREEK_TEXT,
            "\u03A9" + GREEK_TEXT.substring(1),
            "\u03A8" + GREEK_TEXT.substring(1));
      }
    }
  }

  @Test
  void soDoesFf1WithTweaksOfTheirOwn() {
    String[] clear = {"4000123456789017", "4100123456789017", "4200123456789017"};
    allocateTheirResultsAlone(new FpeNumeric(null, null, null, 2, 2, null), clear);
    allocateTheirResultsAlone(new FpeCreditCard(null, 2, 2, false, false, null, null, null), clear);
    byte[][] tweaks = {{1, 2, 3}, new byte[16], new byte[100]};
    for (String value : new String[] {clear[0], clear[0] + clear[0] + "12345678"}) {
      Runnable protecting =
          () -> {
            for (byte[] tweak : tweaks) {
              elements.get(2).protect(value, tweak);
            }
          };
      assertThat(allocated(1000, protecting)).isLessThanOrEqualTo(3 * (40L + value.length()));
    }
  }

  private static void allocateTheirResultsAlone(ProtectionMethod method, String... clear) {
    allocateTheirResultsAlone(protection(method), clear);
  }

  /** One value after the other, so that one with an IV of its own does not come twice in a row. */
  private static void allocateTheirResultsAlone(Protection element, String... clear) {
    String[] tokens = element.protectAll(clear, NO_IV).valuesOrThrow();
    Runnable protecting =
        () -> {
          for (String value : clear) {
            element.protect(value, NO_IV);
          }
        };
    Runnable unprotecting =
        () -> {
          for (String token : tokens) {
            element.unprotect(token, NO_IV);
          }
        };
    assertThat(allocated(1000, protecting))
        .as("%s", element.method())
        .isLessThanOrEqualTo(bytes(tokens));
    assertThat(allocated(1000, unprotecting))
        .as("%s", element.method())
        .isLessThanOrEqualTo(bytes(clear));
  }

  /** Its exception is all; the working arrays of so long a value would be megabytes. */
  @Test
  void aValueThatIsTooLongIsRefusedBeforeAnythingIsMadeForIt() {
    String digits = "9".repeat(1_000_000);
    List<Protection> elements =
        List.of(
            protection(new NumericToken(Tokenizer.SLT_1_3, 0, 0, true, null)),
            protection(new NumericToken(Tokenizer.SLT_1_3, 1, 1, false, null)),
            protection(new FpeNumeric(null, null, null, null, null)),
            protection(new IntegerToken(8, null)),
            protection(new AlphaNumericToken(null, 0, 0, true, null, null, true)),
            protection(
                new UnicodeGen2Token(Tokenizer.SLT_1_3, "1", null, 0, 0, false, null),
                CodePoints.parse("0030-0039,20000-20006")));
    for (Protection element : elements) {
      Runnable refused =
          () ->
              assertThatThrownBy(() -> element.protect(digits, NO_IV))
                  .isInstanceOf(ProtectionException.class);
      assertThat(allocated(20, refused)).as(element.method().toString()).isLessThan(50_000);
    }
  }

  /**
   * What some texts take. Making one that is not of Latin-1 also takes a byte for each char, with
   * which the platform has tried if it is.
   */
  private static long bytes(String... texts) {
    long bytes = 0;
    for (String text : texts) {
      boolean latin1 = text.chars().allMatch(character -> character < 0x100);
      bytes += 24 + array(latin1 ? text.length() : 2 * text.length());
      bytes += latin1 ? 0 : array(text.length());
    }
    return bytes;
  }

  private static long array(int bytes) {
    return (16L + bytes + 7) / 8 * 8;
  }

  /** Halves of more than 61 bits take no numbers that are made anew for each round. */
  @Test
  void soDoesALongerTextOfFf1() {
    Protection element = elements.get(2);
    String clear = "1234567890".repeat(4);
    String token = element.protect(clear, NO_IV);
    assertThat(allocated(2000, () -> element.protect(clear, NO_IV))).isLessThanOrEqualTo(80);
    assertThat(allocated(2000, () -> element.unprotect(token, NO_IV))).isLessThanOrEqualTo(80);
  }

  @Test
  void anArrayOfOneTakesNoWorkingArrays() {
    String[] one = {VALUE};
    for (Protection element : elements) {
      assertThat(allocated(2000, () -> element.protectAll(one, NO_IV))).isLessThanOrEqualTo(200);
    }
  }

  @Test
  void aColumnOfBytesAllocatesNothingForAValue() {
    for (Protection element : elements.subList(0, 2)) {
      byte[] column = String.join("", values(1024)).getBytes(StandardCharsets.US_ASCII);
      assertThat(allocated(100, () -> element.protectAll(column, 16, NO_IV, column)))
          .isLessThanOrEqualTo(200);
      assertThat(allocated(100, () -> element.unprotectAll(column, 16, NO_IV, column)))
          .isLessThanOrEqualTo(200);
    }
  }

  /**
   * A result of so many characters takes 47 bytes more at most, and 4 in the array. Where there are
   * too many for lanes, the offsets are computed, by the platform's AES.
   */
  @Test
  void soDoTextsOfManyLengthsShortAndLong() {
    var clear = new String[Scratch.LENGTH];
    Arrays.setAll(clear, i -> "9".repeat(i + 1));
    long bound = 200;
    for (String value : clear) {
      bound += value.length() + 51 + (value.length() > TokenLanes.LENGTH ? 100 : 0);
    }
    var element = protection(new NumericToken(Tokenizer.SLT_2_3, 0, 0, true, AllowShort.YES));
    assertThat(allocated(100, () -> element.protectAll(clear, NO_IV))).isLessThanOrEqualTo(bound);
  }

  /** {@code docs/tokenization.md} says what a thread keeps. */
  @Test
  void theLanesOfAllLengthsTakeLessThanTheDocumentsSay() {
    Runnable all =
        () -> {
          var waiting = new WaitingValues();
          for (int symbols = 1; symbols <= TokenLanes.LENGTH; symbols++) {
            waiting.of(symbols);
          }
          var lanes = new TokenLanes();
          lanes.begin(1, 1);
        };
    assertThat(allocated(20, all)).isBetween(170_000L, 200_000L);
  }

  @Test
  void manyTextsAllocateTheirResultsAndLittleElse() {
    for (Protection element : elements) {
      for (int count : new int[] {16, 1024}) {
        String[] clear = values(count);
        String[] tokens = element.protectAll(clear, NO_IV).valuesOrThrow();
        long bound = 60L * count + 200;
        assertThat(allocated(100, () -> element.protectAll(clear, NO_IV)))
            .isLessThanOrEqualTo(bound);
        assertThat(allocated(100, () -> element.unprotectAll(tokens, NO_IV)))
            .isLessThanOrEqualTo(bound);
      }
    }
  }
}
