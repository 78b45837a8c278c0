package bulla.protection;

import static bulla.protection.Keys.NO_IV;
import static bulla.protection.Keys.protection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

class SymbolTokensTest {
  private static final String DIGITS = "0123456789";
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private final List<Protection> preserving =
      List.of(
          numeric(Tokenizer.SLT_1_3, true, AllowShort.YES),
          numeric(Tokenizer.SLT_2_3, true, AllowShort.YES),
          numeric(Tokenizer.SLT_1_6, true, AllowShort.YES),
          numeric(Tokenizer.SLT_2_6, true, AllowShort.YES),
          alphaNumeric(Tokenizer.SLT_1_3, true, AllowShort.YES),
          alphaNumeric(Tokenizer.SLT_2_3, true, AllowShort.YES));
  private final List<Protection> longer =
      List.of(
          numeric(Tokenizer.SLT_1_3, false, null),
          numeric(Tokenizer.SLT_2_6, false, null),
          alphaNumeric(Tokenizer.SLT_2_3, false, null));

  private static Protection numeric(
      Tokenizer tokenizer, boolean preserving, AllowShort allowShort) {
    return protection(new NumericToken(tokenizer, 0, 0, preserving, allowShort));
  }

  private static Protection alphaNumeric(
      Tokenizer tokenizer, boolean preserving, AllowShort allowShort) {
    return protection(new AlphaNumericToken(tokenizer, 0, 0, preserving, allowShort));
  }

  private static String symbols(Protection protection) {
    return protection.method() instanceof NumericToken ? DIGITS : DIGITS + LETTERS;
  }

  private static String text(Random random, String characters, int length) {
    var text = new StringBuilder();
    random.ints(length, 0, characters.length()).forEach(i -> text.append(characters.charAt(i)));
    return text.toString();
  }

  private static byte[] bytes(Random random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Property(tries = 200)
  void everyLengthComesBackInItsFormat(
      @ForAll @IntRange(min = 1, max = 64) int length,
      @ForAll @IntRange(max = 256) int ivLength,
      @ForAll Random random) {
    byte[] iv = bytes(random, ivLength);
    for (var protection : preserving) {
      String clear = text(random, symbols(protection), length);
      String token = protection.protect(clear, iv);
      assertThat(token).hasSize(length).matches("[" + symbols(protection) + "]*");
      assertThat(protection.unprotect(token, iv)).isEqualTo(clear);
    }
  }

  @Property(tries = 200)
  void everyLengthComesBackFromALongerToken(
      @ForAll @IntRange(min = 1, max = 64) int length,
      @ForAll @IntRange(max = 256) int ivLength,
      @ForAll Random random) {
    byte[] iv = bytes(random, ivLength);
    for (var protection : longer) {
      String clear = text(random, symbols(protection), length);
      String token = protection.protect(clear, iv);
      assertThat(token).hasSizeGreaterThan(length).matches("[" + symbols(protection) + "]*");
      assertThat(protection.unprotect(token, iv)).isEqualTo(clear);
    }
  }

  @Property(tries = 200)
  void delimitersAndClearEndsStayInPlace(
      @ForAll @IntRange(min = 20, max = 64) int length,
      @ForAll @IntRange(max = 8) int fromLeft,
      @ForAll @IntRange(max = 8) int fromRight,
      @ForAll Random random) {
    String clear = text(random, DIGITS + DIGITS + "-. é😀", length) + "123";
    byte[] iv = bytes(random, 4);
    for (boolean preserving : new boolean[] {true, false}) {
      var protection =
          protection(
              new NumericToken(
                  Tokenizer.SLT_2_3,
                  fromLeft,
                  fromRight,
                  preserving,
                  preserving ? AllowShort.YES : null));
      int end = clear.offsetByCodePoints(clear.length(), -fromRight);
      int start = clear.offsetByCodePoints(0, fromLeft);
      if (clear.substring(start, end).chars().noneMatch(c -> DIGITS.indexOf(c) >= 0)) {
        continue;
      }
      String token = protection.protect(clear, iv);
      assertThat(token).startsWith(clear.substring(0, start)).endsWith(clear.substring(end));
      assertThat(token.replaceAll("[0-9]", "")).isEqualTo(clear.replaceAll("[0-9]", ""));
      if (preserving) {
        assertThat(token.replaceAll("[0-9]", "0")).isEqualTo(clear.replaceAll("[0-9]", "0"));
      }
      assertThat(protection.unprotect(token, iv)).isEqualTo(clear);
    }
  }

  @Tag("tables")
  @Example
  void allShortNumbersHaveTheirOwnTokens() {
    for (var protection : preserving.subList(0, 4)) {
      for (int length = 1; length <= 4; length++) {
        assertThat(tokensOfAll(protection, length, length)).hasSize((int) Math.pow(10, length));
      }
    }
  }

  @Example
  void allShortNumbersHaveTheirOwnLongerTokens() {
    for (var protection : longer.subList(0, 2)) {
      assertThat(tokensOfAll(protection, 1, 3)).hasSize(10 + 100 + 1000);
    }
  }

  private static Set<String> tokensOfAll(Protection protection, int from, int to) {
    var tokens = new HashSet<String>();
    for (int length = from; length <= to; length++) {
      for (int i = 0; i < Math.pow(10, length); i++) {
        String clear = ("%0" + length + "d").formatted(i);
        String token = protection.protect(clear, NO_IV);
        assertThat(protection.unprotect(token, NO_IV)).isEqualTo(clear);
        tokens.add(token);
      }
    }
    return tokens;
  }

  @Example
  void allPairsOfSymbolsHaveTheirOwnTokens() {
    var protection = alphaNumeric(Tokenizer.SLT_1_3, true, AllowShort.YES);
    var tokens = new HashSet<String>();
    for (char first : (DIGITS + LETTERS).toCharArray()) {
      for (char second : (DIGITS + LETTERS).toCharArray()) {
        tokens.add(protection.protect("" + first + second, NO_IV));
      }
    }
    assertThat(tokens).hasSize(62 * 62);
  }

  /** A token of many nines must not show what becomes of fewer nines, or under another IV. */
  @Example
  void anotherLengthOrIvGivesOtherFragments() {
    var protection = alphaNumeric(Tokenizer.SLT_1_3, true, AllowShort.YES);
    var fragments = new HashSet<String>();
    int count = 0;
    for (int length = 16; length <= 40; length += 4) {
      for (byte iv = 0; iv < 4; iv++) {
        String token = protection.protect("9".repeat(length), new byte[] {iv});
        for (int at = 0; at + 6 <= length; at++) {
          fragments.add(token.substring(at, at + 6));
          count++;
        }
      }
    }
    assertThat(fragments).hasSize(count);
  }

  @Example
  void noIvAndAnEmptyIvAreTheSame() {
    var protection = numeric(Tokenizer.SLT_2_3, true, null);
    assertThat(protection.protect("123456789", null))
        .isEqualTo(protection.protect("123456789", NO_IV))
        .isNotEqualTo(protection.protect("123456789", new byte[1]));
    assertThat(protection.protect("123456789", new byte[1]))
        .isNotEqualTo(protection.protect("123456789", new byte[2]));
  }

  @Example
  void aChangedEndChangesTheMiddle() {
    var protection = protection(new NumericToken(Tokenizer.SLT_2_3, 1, 1, true, null));
    assertThat(protection.protect("1123456789", NO_IV).substring(1, 9))
        .isNotEqualTo(protection.protect("2123456789", NO_IV).substring(1, 9));
    assertThat(protection.protect("1123456789", NO_IV).substring(1, 9))
        .isNotEqualTo(protection.protect("1123456780", NO_IV).substring(1, 9));
  }

  /** One changed symbol, wherever it is, changes about nine tenths of a token of digits. */
  @Example
  void aChangedSymbolChangesTheWholeToken() {
    var protection = numeric(Tokenizer.SLT_1_3, true, null);
    var random = new Random(7);
    int same = 0;
    int compared = 0;
    for (int i = 0; i < 2000; i++) {
      char[] clear = text(random, DIGITS, 16).toCharArray();
      String token = protection.protect(new String(clear), NO_IV);
      int at = i % 16;
      clear[at] = (char) ('0' + (clear[at] - '0' + 1) % 10);
      String other = protection.protect(new String(clear), NO_IV);
      for (int j = 0; j < 16; j++) {
        same += token.charAt(j) == other.charAt(j) ? 1 : 0;
        compared++;
      }
    }
    assertThat((double) same / compared).isBetween(0.09, 0.11);
  }

  /** Tokens of an array, and how many of its values went through the tables on their own. */
  private static final class Counted {
    private final BulkResult<String> results;
    private int alone;

    Counted(SymbolTokens tokens, String[] clear) {
      results = new BulkResult<>(ReturnCode.PROTECTED, new String[clear.length]);
      var values =
          tokens
          .new Texts(
              clear,
              results,
              value -> {
                alone++;
                return tokens.protect(value, NO_IV);
              });
      tokens.convertTogether(values, clear.length, NO_IV, true);
    }
  }

  @Property(tries = 20)
  void valuesOfManyLengthsGoTogetherWithThoseOfTheirOwn(
      @ForAll @IntRange(min = 1, max = 12) int lengths, @ForAll Random random) {
    SymbolTokens tokens = ofDigits();
    var clear = new String[1000];
    for (int i = 0; i < clear.length; i++) {
      int length = random.nextInt(20) == 0 ? 4 + random.nextInt(lengths) : 16;
      clear[i] = text(random, DIGITS, length) + (random.nextBoolean() ? "-" : "");
    }
    var counted = new Counted(tokens, clear);
    assertThat(counted.alone).as("the only ones of their length").isLessThanOrEqualTo(lengths);
    for (int i = 0; i < clear.length; i++) {
      assertThat(counted.results.values()[i]).isEqualTo(tokens.protect(clear[i], NO_IV));
    }
  }

  /** Symbols of which half have numbers that are negative as bytes. */
  @Example
  void anArrayOfPrintableTextsBecomesWhatEachBecomesAlone() {
    var element = protection(new PrintableToken(Tokenizer.SLT_1_3, 0, 0, true, AllowShort.YES));
    var random = new Random(11);
    var clear = new String[70];
    for (int i = 0; i < clear.length; i++) {
      var text = new StringBuilder();
      for (int length = 1 + i % 3 * 4; length > 0; length--) {
        text.append((char) (0xC0 + random.nextInt(0x40)));
      }
      clear[i] = text.toString();
    }
    String[] tokens = element.protectAll(clear, NO_IV).valuesOrThrow();
    for (int i = 0; i < clear.length; i++) {
      assertThat(tokens[i]).isEqualTo(element.protect(clear[i], NO_IV));
    }
    assertThat(element.unprotectAll(tokens, NO_IV).valuesOrThrow()).isEqualTo(clear);
  }

  private static SymbolTokens ofDigits() {
    var tables = new ElementTables(TableMemory.ofBytes(1_000_000));
    var cipher = new SymbolCipher(Alphabet.DIGITS, 3, 4096, Tokenizer.SLT_1_3, Keys.KEY, tables);
    return new SymbolTokens(cipher, true, null, 0, 0);
  }

  @Example
  void valuesOfMoreSymbolsThanHaveLanesGoAlone() {
    SymbolTokens tokens = ofDigits();
    for (int symbols : new int[] {TokenLanes.LENGTH, TokenLanes.LENGTH + 1}) {
      String clear = text(new Random(symbols), DIGITS, symbols) + "-".repeat(100);
      var column = new String[10];
      Arrays.fill(column, clear);
      var counted = new Counted(tokens, column);
      assertThat(counted.alone).isEqualTo(symbols == TokenLanes.LENGTH ? 0 : 10);
      assertThat(counted.results.values()).containsOnly(tokens.protect(clear, NO_IV));
    }
  }

  /**
   * The call has read its texts when it waits for its table: this thread has the tables' memory.
   */
  @Example
  void whoAltersAnArrayMeanwhileGetsTokensOfWhatWasThere() throws Exception {
    var method = new NumericToken(Tokenizer.SLT_1_3, 0, 0, true, null);
    var values = new String[1 + TokenLanes.LANES];
    Arrays.setAll(values, i -> i == 0 ? "123" : "4567-" + i % 10);
    String[] expected = protection(method).protectAll(values, NO_IV).valuesOrThrow();
    var memory = TableMemory.ofBytes(1_000_000);
    var element = Protection.of(method, Keys.KEY, memory);
    var call = new FutureTask<>(() -> element.protectAll(values, NO_IV));
    var thread = new Thread(call);
    synchronized (memory) {
      thread.start();
      while (thread.getState() != Thread.State.BLOCKED) {
        assertThat(thread.isAlive()).as("it waits").isTrue();
        LockSupport.parkNanos(100_000);
      }
      Arrays.setAll(values, i -> i % 3 == 0 ? "" : i % 3 == 1 ? "1-2-3-4-5-6-7-8-9" : null);
    }
    assertThat(call.get().valuesOrThrow()).isEqualTo(expected);
  }

  @Example
  void severalThreadsGetTheSame() throws Exception {
    var shared = alphaNumeric(Tokenizer.SLT_2_3, true, null);
    var alone = alphaNumeric(Tokenizer.SLT_2_3, true, null);
    var values = new Random(3).longs(2000).mapToObj(i -> "x" + Math.abs(i)).toList();
    var expected = values.stream().map(value -> alone.protect(value, iv(value))).toList();
    var pool = Executors.newFixedThreadPool(4);
    try {
      Callable<List<String>> work =
          () -> values.stream().map(value -> shared.protect(value, iv(value))).toList();
      for (Future<List<String>> result : pool.invokeAll(List.of(work, work, work, work))) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static byte[] iv(String value) {
    return new byte[value.length() % 3];
  }

  @Example
  void thePublishedLengthLimitsHold() {
    for (var tokenizer : Keys.TOKENIZERS) {
      int block = tokenizer.block();
      limits(numeric(tokenizer, true, AllowShort.YES), 1, 4096);
      limits(numeric(tokenizer, true, AllowShort.NO_GENERATE_ERROR), block, 4096);
      limits(numeric(tokenizer, false, null), 1, 3933);
    }
    for (var tokenizer : List.of(Tokenizer.SLT_1_3, Tokenizer.SLT_2_3)) {
      limits(alphaNumeric(tokenizer, true, AllowShort.YES), 1, 4096);
      limits(alphaNumeric(tokenizer, true, AllowShort.NO_GENERATE_ERROR), 3, 4096);
      limits(alphaNumeric(tokenizer, false, null), 1, 4080);
    }
  }

  private static void limits(Protection protection, int least, int most) {
    for (int length : new int[] {least, least + 1, most - 1, most}) {
      String clear = "7".repeat(length);
      String token = protection.protect(clear, NO_IV);
      assertThat(token.length()).isLessThanOrEqualTo(4096);
      assertThat(protection.unprotect(token, NO_IV)).isEqualTo(clear);
    }
    String tooShort = least == 1 ? "--" : "7".repeat(least - 1) + "--";
    assertCode(() -> protection.protect(tooShort, NO_IV), ReturnCode.DATA_TOO_SHORT);
    assertCode(() -> protection.unprotect(tooShort, NO_IV), ReturnCode.DATA_TOO_SHORT);
    assertCode(() -> protection.protect("7".repeat(most + 1), NO_IV), ReturnCode.DATA_TOO_LONG);
    assertCode(() -> protection.unprotect("7".repeat(4097), NO_IV), ReturnCode.DATA_TOO_LONG);
  }

  private static void assertCode(ThrowingCallable call, ReturnCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProtectionException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Example
  void shortValuesAreReturnedWhereTheElementSaysSo() {
    for (var tokenizer : Keys.TOKENIZERS) {
      var protection = numeric(tokenizer, true, AllowShort.NO_RETURN_INPUT);
      for (int length = 0; length < tokenizer.block(); length++) {
        String value = "-" + "4".repeat(length) + "x";
        assertThat(protection.protect(value, NO_IV)).isEqualTo(value);
        assertThat(protection.unprotect(value, NO_IV)).isEqualTo(value);
      }
      String enough = "4".repeat(tokenizer.block());
      assertThat(protection.unprotect(protection.protect(enough, NO_IV), NO_IV)).isEqualTo(enough);
    }
  }

  @Example
  void anEmptyTextStaysEmptyAndNullIsRefused() {
    for (var protection : List.of(preserving.get(0), longer.get(0))) {
      assertThat(protection.protect("", NO_IV)).isEmpty();
      assertThat(protection.unprotect("", NO_IV)).isEmpty();
      assertCode(() -> protection.protect((String) null, NO_IV), ReturnCode.INPUT_OUT_OF_LIMITS);
      assertCode(() -> protection.unprotect((String) null, NO_IV), ReturnCode.INPUT_OUT_OF_LIMITS);
      assertCode(() -> protection.protect("123", new byte[257]), ReturnCode.INPUT_OUT_OF_LIMITS);
      assertCode(() -> protection.protect(new byte[3]), ReturnCode.UNSUPPORTED_ACTION);
    }
  }

  @Example
  void whatIsTooShortOrTooLongIsToldHowMuchItMayHave() {
    var strict = numeric(Tokenizer.SLT_1_6, true, null);
    assertThatThrownBy(() -> strict.protect("12-3", NO_IV))
        .hasMessage(ReturnCode.DATA_TOO_SHORT.text() + " It needs 6 symbols of its alphabet.");
    assertThatThrownBy(() -> strict.unprotect("1".repeat(4097), NO_IV))
        .hasMessage(ReturnCode.DATA_TOO_LONG.text() + " It may have 4096 symbols of its alphabet.");
  }

  @Example
  void aValueThatIsAllClearEndsIsTooShort() {
    var yes = protection(new NumericToken(Tokenizer.SLT_1_3, 2, 2, true, AllowShort.YES));
    assertCode(() -> yes.protect("123", NO_IV), ReturnCode.DATA_TOO_SHORT);
    assertCode(() -> yes.protect("1234", NO_IV), ReturnCode.DATA_TOO_SHORT);
    assertThat(yes.protect("12345", NO_IV)).startsWith("12").endsWith("45").hasSize(5);
    var asItIs =
        protection(new NumericToken(Tokenizer.SLT_1_3, 2, 2, true, AllowShort.NO_RETURN_INPUT));
    assertThat(asItIs.protect("123", NO_IV)).isEqualTo("123");
  }

  @Example
  void oneDigitBecomesABlockWhereLengthIsNotPreserved() {
    assertThat(numeric(Tokenizer.SLT_1_6, false, null).protect("1", NO_IV)).hasSize(6);
    assertThat(numeric(Tokenizer.SLT_1_3, false, null).protect("1", NO_IV)).hasSize(3);
    assertThat(numeric(Tokenizer.SLT_1_3, false, null).protect("12", NO_IV)).hasSize(3);
  }

  @Example
  void theSymbolsThatALongerTokenHasMoreFollowItsLastOne() {
    var protection = numeric(Tokenizer.SLT_1_3, false, null);
    assertThat(protection.protect("704-BBJ", NO_IV)).matches("\\d{4}-BBJ");
    assertThat(protection.protect("7-0-4-", NO_IV)).matches("\\d-\\d-\\d\\d-");
  }

  @Example
  void whatIsNoLongerTokenIsRefused() {
    var protection = numeric(Tokenizer.SLT_2_6, false, null);
    String token = protection.protect("1-2", NO_IV);
    assertThat(token).matches("\\d-\\d{5}");
    assertThat(protection.unprotect(token, NO_IV)).isEqualTo("1-2");
    String moved = token.replace("-", "") + "-";
    assertThat(moved).hasSize(7);
    // The same six digits without the delimiter inside are the token of the same two digits.
    assertThat(protection.unprotect(moved, NO_IV)).isEqualTo("12-");
    String split = token.substring(0, 5) + "-" + token.substring(5);
    assertCode(() -> protection.unprotect(split, NO_IV), ReturnCode.CONTENT_NOT_VALID);
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      String foreign = String.valueOf(100_000 + i * 800);
      try {
        String clear = protection.unprotect(foreign, NO_IV);
        assertThat(protection.protect(clear, NO_IV)).isEqualTo(foreign);
      } catch (ProtectionException e) {
        assertThat(e.code()).isEqualTo(ReturnCode.CONTENT_NOT_VALID);
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}
