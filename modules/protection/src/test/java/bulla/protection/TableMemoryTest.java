package bulla.protection;

import static bulla.protection.Keys.KEY;
import static bulla.protection.Keys.NO_IV;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bulla.secrets.SecretBytes;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TableMemoryTest {
  private static final long DIGITS_TABLE = 4 * 1000;

  private static Protection numeric(TableMemory memory) {
    return Protection.of(
        new NumericToken(Tokenizer.SLT_1_3, 0, 0, true, AllowShort.YES), KEY, memory);
  }

  @Test
  void theMemoryOfAnElementIsKnownAndTakesFourBytesAnEntry() {
    var memory = TableMemory.ofBytes(1_000_000);
    var element = numeric(memory);
    assertThat(element.tableBytes()).isZero();
    assertThat(element.mostTableBytes()).isEqualTo(2 * 4 * (10 + 100 + 1000));
    String token = element.protect("12345", NO_IV);
    assertThat(element.tableBytes()).isEqualTo(DIGITS_TABLE);
    element.unprotect(token, NO_IV);
    assertThat(element.tableBytes()).isEqualTo(2 * DIGITS_TABLE);
    for (String value : new String[] {"1", "12"}) {
      element.unprotect(element.protect(value, NO_IV), NO_IV);
    }
    assertThat(element.tableBytes()).isEqualTo(element.mostTableBytes());
    assertThat(memory.used()).isEqualTo(element.tableBytes());
    assertThat(Protection.of(new Aes256GcmEnc(), KEY, memory).mostTableBytes()).isZero();
  }

  @Test
  void theLeastRecentlyUsedTableGivesWay() {
    var memory = TableMemory.ofBytes(3 * DIGITS_TABLE);
    var first = numeric(memory);
    var second = numeric(memory);
    var third = numeric(memory);
    var fourth = numeric(memory);
    String token = first.protect("12345", NO_IV);
    second.protect("12345", NO_IV);
    third.protect("12345", NO_IV);
    first.protect("12345", NO_IV);
    fourth.protect("12345", NO_IV);
    assertThat(first.tableBytes()).isEqualTo(DIGITS_TABLE);
    assertThat(second.tableBytes()).isZero();
    assertThat(third.tableBytes()).isEqualTo(DIGITS_TABLE);
    assertThat(fourth.tableBytes()).isEqualTo(DIGITS_TABLE);
    assertThat(memory.used()).isEqualTo(memory.limit());
    assertThat(second.protect("12345", NO_IV)).isEqualTo(token);
  }

  @Test
  void aTableThatIsLargerThanAllMayBeIsRefused() {
    var element = numeric(TableMemory.ofBytes(DIGITS_TABLE - 1));
    assertThatThrownBy(() -> element.protect("12345", NO_IV))
        .isInstanceOfSatisfying(
            ProtectionException.class,
            e -> assertThat(e.code()).isEqualTo(ReturnCode.OUT_OF_MEMORY));
    assertThat(element.protect("12", NO_IV)).hasSize(2);
    assertThatThrownBy(() -> TableMemory.ofBytes(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void manyThreadsWithTooLittleMemoryGetTheSameTokensWithinTheLimit() throws Exception {
    String expected = numeric(TableMemory.ofBytes(1_000_000)).protect("12345", NO_IV);
    var memory = TableMemory.ofBytes(3 * DIGITS_TABLE);
    List<Protection> elements = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      elements.add(numeric(memory));
    }
    var threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        int start = thread;
        tasks.add(
            () -> {
              boolean right = true;
              for (int i = 0; i < 600; i++) {
                var element = elements.get((start + i) % elements.size());
                right &= element.protect("12345", NO_IV).equals(expected);
                right &= element.unprotect(expected, NO_IV).equals("12345");
                right &= memory.used() <= memory.limit();
              }
              return right;
            });
      }
      for (Future<Boolean> result : threads.invokeAll(tasks)) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(elements.stream().mapToLong(Protection::tableBytes).sum())
        .isLessThanOrEqualTo(memory.limit());
  }

  private static ReturnCode code(ThrowingCallable call) {
    return catchThrowableOfType(ProtectionException.class, call).code();
  }

  private static Protection element(ProtectionMethod method, long limit) {
    return Protection.of(method, KEY, TableMemory.ofBytes(limit));
  }

  @Test
  void onlyTablesThatCanComeToBeNeededAreCounted() {
    long any = 1L << 40;
    assertThat(element(new IntegerToken(2, null), any).mostTableBytes()).isEqualTo(524_288);
    long ofThreeBytes = 2L * 4 * 256 * 256 * 256;
    assertThat(element(new IntegerToken(4, null), any).mostTableBytes()).isEqualTo(ofThreeBytes);
    assertThat(element(new IntegerToken(8, null), any).mostTableBytes()).isEqualTo(ofThreeBytes);
    assertThat(element(new BinaryToken(Tokenizer.SLT_2_3, 0, 0), any).mostTableBytes())
        .isEqualTo(2 * ofThreeBytes);
    for (AllowShort never : new AllowShort[] {null, AllowShort.NO_RETURN_INPUT}) {
      var strict = new NumericToken(Tokenizer.SLT_1_3, 0, 0, true, never);
      assertThat(element(strict, any).mostTableBytes()).isEqualTo(2 * DIGITS_TABLE);
    }
    var longer = new NumericToken(Tokenizer.SLT_2_6, 0, 0, false, null);
    assertThat(element(longer, any).mostTableBytes()).isEqualTo(2L * 2 * 4 * 1_000_000);
    var shorter = new NumericToken(Tokenizer.SLT_1_6, 0, 0, true, AllowShort.YES);
    assertThat(element(shorter, any).mostTableBytes())
        .isEqualTo(2L * 4 * (10 + 100 + 1000 + 1_000_000));
    assertThat(element(new DecimalToken(null, 1, 1), any).mostTableBytes())
        .isEqualTo(2L * 4 * 9 * 9);
    assertThat(element(new DecimalToken(null, 1, 4), any).mostTableBytes())
        .isEqualTo(2L * 4 * (9 * 9 + 9 * 9 * 9));
    assertThat(element(new DecimalToken(null, 6, 36), any).mostTableBytes())
        .isEqualTo(2L * 4 * 531_441);
  }

  /** Else every value would build both anew, and never have them together. */
  @Test
  void tablesThatAValueNeedsTogetherAreRefusedAtOnceWhereTheyDoNotFit() {
    var method = new NumericToken(Tokenizer.SLT_2_6, 0, 0, true, AllowShort.YES);
    var tooSmall = TableMemory.ofBytes(7 * 1024 * 1024);
    var element = Protection.of(method, KEY, tooSmall);
    for (int i = 0; i < 3; i++) {
      assertThat(code(() -> element.protect("1234567", NO_IV))).isEqualTo(ReturnCode.OUT_OF_MEMORY);
      assertThat(code(() -> element.unprotect("1234567", NO_IV)))
          .isEqualTo(ReturnCode.OUT_OF_MEMORY);
    }
    assertThat(tooSmall.age()).isZero();
    assertThat(element.unprotect(element.protect("12345", NO_IV), NO_IV)).isEqualTo("12345");

    var enough = TableMemory.ofBytes(8_000_000);
    var other = Protection.of(method, KEY, enough);
    String token = other.protect("1234567", NO_IV);
    for (int i = 0; i < 20; i++) {
      other.protect("1234567", new byte[] {(byte) i});
    }
    assertThat(enough.age()).isEqualTo(2);
    assertThat(other.unprotect(token, NO_IV)).isEqualTo("1234567");
    assertThat(enough.age()).isEqualTo(4);
    assertThat(enough.used()).isEqualTo(enough.limit());

    var alphabet = CodePoints.parse("0100-01A0");
    var chain = new UnicodeGen2Token(Tokenizer.SLT_X_1, "1", null, 0, 0, true, AllowShort.YES);
    long together = 96L * 4 * 161;
    var chained =
        Protection.of(chain, ElementKeys.of(KEY), alphabet, TableMemory.ofBytes(together - 1));
    assertThat(code(() -> chained.protect("\u0100\u0101\u0102", NO_IV)))
        .isEqualTo(ReturnCode.OUT_OF_MEMORY);
    assertThat(chained.protect("\u0100\u0101", NO_IV)).hasSize(2);
    assertThat(chained.protect("\u0100", NO_IV)).hasSize(1);
    assertThat(chained.mostTableBytes()).isEqualTo(2L * 98 * 4 * 161);
    var fits = Protection.of(chain, ElementKeys.of(KEY), alphabet, TableMemory.ofBytes(together));
    assertThat(fits.unprotect(fits.protect("\u0100\u0101\u0102", NO_IV), NO_IV))
        .isEqualTo("\u0100\u0101\u0102");
  }

  /** All were used at the same time, and the first of the two tables is the oldest of all. */
  @Test
  void oneOfTwoTablesDoesNotGiveWayToTheOther() {
    var memory = TableMemory.ofBytes(3 * DIGITS_TABLE);
    var first = new Table(new SecretKeySpec(new byte[32], "AES"), new BlockParts(10, 3), 2, memory);
    var second =
        new Table(new SecretKeySpec(new byte[16], "AES"), new BlockParts(10, 3), 2, memory);
    int[] of = first.forward(second);
    numeric(memory).protect("12345", NO_IV);
    numeric(memory).protect("12345", NO_IV);
    assertThat(first.forward(second)).isSameAs(of);
    assertThat(second.forward(first)).hasSize(1000);
    assertThat(first.bytes()).isEqualTo(DIGITS_TABLE);
    assertThat(first.forward(second)).isSameAs(of);
    assertThat(memory.used()).isEqualTo(memory.limit());
  }

  /** The oldest of all is the one that the caller is using. */
  @Test
  void whatTheCallerIsUsingDoesNotGiveWay() {
    var memory = TableMemory.ofBytes(3 * DIGITS_TABLE);
    var first = new Table(new SecretKeySpec(new byte[32], "AES"), new BlockParts(10, 3), 2, memory);
    var second =
        new Table(new SecretKeySpec(new byte[16], "AES"), new BlockParts(10, 3), 2, memory);
    var older = numeric(memory);
    var newer = numeric(memory);
    first.forward(second);
    older.protect("12345", NO_IV);
    newer.protect("12345", NO_IV);
    second.forward(first);
    assertThat(first.bytes()).isEqualTo(DIGITS_TABLE);
    assertThat(older.tableBytes()).isZero();
    assertThat(newer.tableBytes()).isEqualTo(DIGITS_TABLE);
  }

  /** Only the collector can tell that an element is gone. */
  @Test
  void theTablesOfAnElementThatNobodyHasLeaveTheMemory() {
    var memory = TableMemory.ofBytes(2 * DIGITS_TABLE);
    var kept = numeric(memory);
    kept.protect("12345", NO_IV);
    numeric(memory).protect("12345", NO_IV);
    for (int i = 0; i < 50 && memory.used() > DIGITS_TABLE; i++) {
      System.gc();
    }
    assertThat(memory.used()).isEqualTo(DIGITS_TABLE);
    assertThat(kept.tableBytes()).isEqualTo(DIGITS_TABLE);
    numeric(memory).protect("12345", NO_IV);
    assertThat(kept.tableBytes()).isEqualTo(DIGITS_TABLE);
    assertThat(memory.used()).isBetween(DIGITS_TABLE, 2 * DIGITS_TABLE);
  }

  @Test
  void whatDoesNotFitIsSaidInBytes() {
    var method = new NumericToken(Tokenizer.SLT_2_3, 0, 0, true, null);
    var element = Protection.of(method, KEY, TableMemory.ofBytes(DIGITS_TABLE));
    assertThatThrownBy(() -> element.protect("12345", NO_IV))
        .hasMessage(
            "The tables that a value of this data element needs take 8000 bytes; all tables"
                + " together may take 4000.");
    assertThat(TableMemory.ofBytes(1).limit()).isEqualTo(1);
  }

  @Test
  void aTableIsInvertedInPlaceToo() {
    var memory = TableMemory.ofBytes(DIGITS_TABLE);
    var table = new Table(new SecretKeySpec(new byte[32], "AES"), new BlockParts(10, 3), 1, memory);
    int[] images = table.forward(table);
    int[] origins = table.inverse(table);
    assertThat(table.bytes()).isEqualTo(DIGITS_TABLE);
    var parts = new BlockParts(10, 3);
    for (int i = 0; i < 1000; i++) {
      assertThat(origins[parts.number(images[i])]).isEqualTo(parts.of(i));
    }
    var roomy =
        new Table(
            new SecretKeySpec(new byte[32], "AES"),
            new BlockParts(10, 3),
            1,
            TableMemory.ofBytes(9000));
    assertThat(roomy.forward(roomy)).isEqualTo(images);
    assertThat(roomy.inverse(roomy)).isEqualTo(origins);
    for (int[] cycles : new int[][] {{0}, {0, 1, 2}, {1, 0, 2}, {2, 0, 1}, {1, 2, 3, 0}}) {
      int[] inverted = cycles.clone();
      Table.invert(inverted);
      for (int i = 0; i < cycles.length; i++) {
        assertThat(inverted[cycles[i]]).isEqualTo(i);
      }
    }
  }

  /** The arrays themselves, not what is counted: a machine whose heap holds one and not two. */
  @Tag("tables")
  @Test
  void noMoreIsRetainedThanTheLimitSays() throws Exception {
    assertThat(printedBy(OneTableAtATime.class, "-Xmx9m", "-Xmn2m")).isEqualTo("same");
  }

  /** What a machine of its own prints that ends well. */
  private static String printedBy(Class<?> main, String... options) throws Exception {
    var path = new ArrayList<String>();
    for (Class<?> of : List.of(Protection.class, SecretBytes.class, TableMemoryTest.class)) {
      path.add(Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    path.add(Path.of("target", "test-classes").toString());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", String.join(File.pathSeparator, path), main.getName()));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }

  @Test
  void theLimitOfAllIsAWholeNumberOfMegabytes() {
    assertThat(TableMemory.limit(null)).isEqualTo(Runtime.getRuntime().maxMemory() / 2);
    assertThat(TableMemory.limit("1")).isEqualTo(1024 * 1024);
    assertThat(TableMemory.limit("2147483647")).isEqualTo(2147483647L * 1024 * 1024);
    for (String wrong :
        List.of("", " ", "0", "-1", "+1", "01", "1.5", "2g", "2 ", "0x10", "2147483648")) {
      assertThatThrownBy(() -> TableMemory.limit(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "The system property bulla.protection.tableMegabytes must be a whole number of"
                  + " megabytes from 1 to 2147483647, not \""
                  + wrong
                  + "\"");
    }
  }

  /** Not by an error of the class, which would say nothing the second time. */
  @Test
  void aWrongLimitIsRefusedEachTimeUntilItIsCorrected() throws Exception {
    String setting = "-Dbulla.protection.tableMegabytes=";
    assertThat(printedBy(SharedLimit.class, setting + "7")).isEqualTo("7340032 7340032");
    for (String wrong : List.of("2g", "0")) {
      String message =
          "The system property bulla.protection.tableMegabytes must be a whole number of"
              + " megabytes from 1 to 2147483647, not \""
              + wrong
              + "\"";
      assertThat(printedBy(SharedLimit.class, setting + wrong)).isEqualTo(message + " " + message);
    }
  }

  /** Sixty-four go together, and then the rest; those that need no such table are none of them. */
  @Test
  void withoutMemoryEachValueOfManyFailsOnItsOwn() {
    var method = new NumericToken(Tokenizer.SLT_1_3, 0, 0, true, AllowShort.YES);
    var element = Protection.of(method, KEY, TableMemory.ofBytes(DIGITS_TABLE - 1));
    var values = new String[100];
    Arrays.fill(values, "123456");
    values[3] = "12";
    values[95] = null;
    for (BulkResult<String> result :
        List.of(element.protectAll(values, NO_IV), element.unprotectAll(values, NO_IV))) {
      assertThat(result.failed()).isEqualTo(99);
      assertThat(result.value(3)).hasSize(2);
      assertThat(result.code(95)).isEqualTo(ReturnCode.INPUT_OUT_OF_LIMITS);
      for (int i = 0; i < values.length; i++) {
        if (i != 3 && i != 95) {
          assertThat(result.code(i)).isEqualTo(ReturnCode.OUT_OF_MEMORY);
          assertThat(result.value(i)).isNull();
        }
      }
    }
  }
}
