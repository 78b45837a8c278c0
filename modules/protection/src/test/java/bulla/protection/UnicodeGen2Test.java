package bulla.protection;

import static bulla.protection.Keys.KEY;
import static bulla.protection.Keys.NO_IV;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Tokens of code points: small alphabets by blocks, large ones by a chain. */
class UnicodeGen2Test {
  private final CodePoints greek = CodePoints.parse("0391-03A1,03A3-03A9,03B1-03C9");
  private final CodePoints mostOfBlocks = CodePoints.parse("0100-019F");
  private final CodePoints fewestOfChains = CodePoints.parse("0100-01A0");

  /** Han, and Han beyond the Basic Multilingual Plane. */
  private final CodePoints han = CodePoints.parse("0041-005A,4E00-9FFF,20000-2A6DF");

  private final CodePoints most = CodePoints.parse("0020-7FFF,E000-1E6BF");

  private record Alphabet(CodePoints symbols, Tokenizer tokenizer) {
    Protection element(Boolean preserving, AllowShort allowShort, int left, int right) {
      return of(
          new UnicodeGen2Token(tokenizer, "1", null, left, right, preserving, allowShort), symbols);
    }

    String text(Random random, int length) {
      var text = new StringBuilder();
      random.ints(length, 0, symbols.size()).map(symbols::codePoint).forEach(text::appendCodePoint);
      return text.toString();
    }
  }

  private final List<Alphabet> alphabets =
      List.of(
          new Alphabet(greek, Tokenizer.SLT_1_3),
          new Alphabet(fewestOfChains, Tokenizer.SLT_X_1),
          new Alphabet(han, Tokenizer.SLT_X_1));
  private final List<Protection> preserving = elements(true, AllowShort.YES);
  private final List<Protection> longer = elements(false, null);

  private List<Protection> elements(boolean preserving, AllowShort allowShort) {
    return alphabets.stream().map(a -> a.element(preserving, allowShort, 0, 0)).toList();
  }

  private static Protection of(UnicodeGen2Token method, CodePoints alphabet) {
    return Keys.protection(method, alphabet);
  }

  private static ReturnCode code(ThrowingCallable call) {
    return catchThrowableOfType(ProtectionException.class, call).code();
  }

  private static byte[] bytes(Random random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Property(tries = 130)
  void everyLengthComesBackInItsAlphabet(
      @ForAll @IntRange(min = 1, max = 64) int length,
      @ForAll @IntRange(max = 256) int ivLength,
      @ForAll Random random) {
    byte[] iv = bytes(random, ivLength);
    for (int i = 0; i < alphabets.size(); i++) {
      CodePoints symbols = alphabets.get(i).symbols;
      String clear = alphabets.get(i).text(random, length);
      String token = preserving.get(i).protect(clear, iv);
      assertThat(token.codePointCount(0, token.length())).isEqualTo(length);
      assertThat(token.codePoints().allMatch(c -> symbols.number(c) >= 0)).isTrue();
      assertThat(preserving.get(i).unprotect(token, iv)).isEqualTo(clear);
      String expanded = longer.get(i).protect(clear, iv);
      assertThat(expanded.codePointCount(0, expanded.length())).isGreaterThan(length);
      assertThat(expanded.codePoints().allMatch(c -> symbols.number(c) >= 0)).isTrue();
      assertThat(longer.get(i).unprotect(expanded, iv)).isEqualTo(clear);
    }
  }

  @Property(tries = 100)
  void delimitersAndClearEndsStay(
      @ForAll @IntRange(max = 3) int left,
      @ForAll @IntRange(max = 3) int right,
      @ForAll Random random) {
    for (Alphabet alphabet : List.of(alphabets.get(0), alphabets.get(1))) {
      var element = alphabet.element(true, AllowShort.YES, left, right);
      String clear =
          alphabet.text(random, left)
              + "\uD83D\uDC1F"
              + alphabet.text(random, 5)
              + "-"
              + alphabet.text(random, 4 + right);
      String token = element.protect(clear, NO_IV);
      int[] from = clear.codePoints().toArray();
      int[] to = token.codePoints().toArray();
      assertThat(to).hasSameSizeAs(from);
      for (int i = 0; i < from.length; i++) {
        boolean stays =
            i < left || i >= from.length - right || alphabet.symbols.number(from[i]) < 0;
        if (stays) {
          assertThat(to[i]).isEqualTo(from[i]);
        } else {
          assertThat(alphabet.symbols.number(to[i])).isNotNegative();
        }
      }
      assertThat(element.unprotect(token, NO_IV)).isEqualTo(clear);
    }
  }

  @Example
  void allValuesOfOneAndTwoSymbolsHaveTheirOwnTokens() {
    for (int i = 0; i < 2; i++) {
      CodePoints symbols = alphabets.get(i).symbols;
      Set<String> ones = new HashSet<>();
      Set<String> pairs = new HashSet<>();
      for (int first = 0; first < symbols.size(); first++) {
        String one = Character.toString(symbols.codePoint(first));
        ones.add(preserving.get(i).protect(one, NO_IV));
        for (int second = 0; second < symbols.size(); second++) {
          String pair = one + Character.toString(symbols.codePoint(second));
          pairs.add(preserving.get(i).protect(pair, NO_IV));
        }
      }
      assertThat(ones).hasSize(symbols.size());
      assertThat(pairs).hasSize(symbols.size() * symbols.size());
    }
  }

  /** Of a chain, the whole domain of three symbols is too large: a tenth of one is walked. */
  @Tag("tables")
  @Example
  void manyValuesOfThreeSymbolsHaveTheirOwnTokens() {
    var element = preserving.get(1);
    Set<String> tokens = new HashSet<>();
    int count = 0;
    for (int i = 0; i < 161 * 161 * 161; i += 10) {
      String clear =
          new StringBuilder()
              .appendCodePoint(fewestOfChains.codePoint(i % 161))
              .appendCodePoint(fewestOfChains.codePoint(i / 161 % 161))
              .appendCodePoint(fewestOfChains.codePoint(i / 161 / 161))
              .toString();
      tokens.add(element.protect(clear, NO_IV));
      count++;
    }
    assertThat(tokens).hasSize(count);
  }

  @Example
  void thePublishedLengthsHoldAtEveryEdge() {
    for (Alphabet alphabet : alphabets) {
      String symbol = alphabet.text(new Random(1), 1);
      var any = alphabet.element(true, AllowShort.YES, 0, 0);
      var strict = alphabet.element(true, AllowShort.NO_GENERATE_ERROR, 0, 0);
      var lenient = alphabet.element(true, AllowShort.NO_RETURN_INPUT, 0, 0);
      for (int length : new int[] {1, 2, 3, 4095, 4096}) {
        comesBack(any, symbol.repeat(length));
      }
      for (int length : new int[] {3, 4096}) {
        comesBack(strict, symbol.repeat(length));
      }
      String two = symbol.repeat(2);
      String tooLong = symbol.repeat(4097);
      assertThat(code(() -> strict.protect(two, NO_IV))).isEqualTo(ReturnCode.DATA_TOO_SHORT);
      assertThat(code(() -> strict.unprotect(two, NO_IV))).isEqualTo(ReturnCode.DATA_TOO_SHORT);
      assertThat(lenient.protect(two, NO_IV)).isEqualTo(two);
      assertThat(lenient.unprotect(two, NO_IV)).isEqualTo(two);
      assertThat(code(() -> any.protect(tooLong, NO_IV))).isEqualTo(ReturnCode.DATA_TOO_LONG);
      assertThat(code(() -> any.unprotect(tooLong, NO_IV))).isEqualTo(ReturnCode.DATA_TOO_LONG);
      assertThat(code(() -> any.protect("--", NO_IV))).isEqualTo(ReturnCode.DATA_TOO_SHORT);
      int longest =
          (int)
              (4096 * Math.log(alphabet.symbols.size()) / Math.log(alphabet.symbols.size() + 1.0));
      var longer = alphabet.element(false, null, 0, 0);
      for (int length : new int[] {1, 2, longest}) {
        comesBack(longer, symbol.repeat(length));
      }
      String over = symbol.repeat(longest + 1);
      assertThat(code(() -> longer.protect(over, NO_IV))).isEqualTo(ReturnCode.DATA_TOO_LONG);
      assertThat(code(() -> longer.unprotect(two, NO_IV))).isEqualTo(ReturnCode.DATA_TOO_SHORT);
    }
  }

  private static void comesBack(Protection element, String clear) {
    assertThat(element.unprotect(element.protect(clear, NO_IV), NO_IV)).isEqualTo(clear);
  }

  @Example
  void aLongerTokenThatWasNeverMadeIsRefused() {
    int refused = 0;
    var random = new Random(5);
    for (int i = 0; i < 200; i++) {
      String text = alphabets.get(1).text(random, 5);
      try {
        String clear = longer.get(1).unprotect(text, NO_IV);
        assertThat(longer.get(1).protect(clear, NO_IV)).isEqualTo(text);
      } catch (ProtectionException e) {
        assertThat(e.code()).isEqualTo(ReturnCode.CONTENT_NOT_VALID);
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  /** Two values that differ in one symbol, wherever it is, differ almost everywhere. */
  @Example
  void aChangedSymbolChangesTheWholeToken() {
    var random = new Random(7);
    int differing = 0;
    int pairs = 400;
    int length = 16;
    for (int i = 0; i < pairs; i++) {
      int[] one = random.ints(length, 0, 161).map(fewestOfChains::codePoint).toArray();
      int[] other = one.clone();
      int at = i % length;
      other[at] = fewestOfChains.codePoint((fewestOfChains.number(one[at]) + 1) % 161);
      var element = preserving.get(1);
      String first = element.protect(new String(one, 0, length), NO_IV);
      String second = element.protect(new String(other, 0, length), NO_IV);
      for (int j = 0; j < length; j++) {
        differing += first.charAt(j) == second.charAt(j) ? 0 : 1;
      }
    }
    // 160 of 161 places differ by chance; five standard deviations less would be 99.0 %.
    assertThat(differing).isGreaterThan((int) (pairs * length * 0.989));
  }

  @Example
  void everySymbolIsEquallyLikelyInEveryPlace() {
    int values = 161 * 100;
    var counts = new int[4][161];
    for (int i = 0; i < values; i++) {
      String clear =
          new StringBuilder()
              .appendCodePoint(fewestOfChains.codePoint(i % 161))
              .appendCodePoint(fewestOfChains.codePoint(i / 161))
              .appendCodePoint(fewestOfChains.codePoint(7))
              .appendCodePoint(fewestOfChains.codePoint(7))
              .toString();
      String token = preserving.get(1).protect(clear, NO_IV);
      for (int place = 0; place < 4; place++) {
        counts[place][fewestOfChains.number(token.charAt(place))]++;
      }
    }
    for (int[] place : counts) {
      double chiSquare = 0;
      for (int count : place) {
        chiSquare += Math.pow(count - 100.0, 2) / 100.0;
      }
      // 160 degrees of freedom: mean 160, deviation 17.9; within six of them.
      assertThat(chiSquare).isBetween(53.0, 268.0);
    }
  }

  @Example
  void anotherIvLengthOrEndGivesAnotherToken() {
    var han = preserving.get(2);
    String clear = "\u4E2D\u6587\u4E2D\u6587";
    assertThat(han.protect(clear, new byte[] {1})).isNotEqualTo(han.protect(clear, NO_IV));
    assertThat(han.protect(clear + "\u4E2D", NO_IV)).doesNotStartWith(han.protect(clear, NO_IV));
    assertThat(code(() -> han.protect(clear, new byte[257])))
        .isEqualTo(ReturnCode.INPUT_OUT_OF_LIMITS);
    var ends = alphabets.get(2).element(true, AllowShort.YES, 1, 0);
    String a = ends.protect("A" + clear, NO_IV);
    String b = ends.protect("B" + clear, NO_IV);
    assertThat(a).startsWith("A");
    assertThat(a.substring(1)).isNotEqualTo(b.substring(1));
    assertThat(code(() -> ends.protect("A", NO_IV))).isEqualTo(ReturnCode.DATA_TOO_SHORT);
  }

  @Example
  void halfASurrogatePairIsRefused() {
    for (String half : new String[] {"\u4E2D\uD840", "\uDC00\u4E2D", "\uD840\u4E2D"}) {
      assertThat(code(() -> preserving.get(2).protect(half, NO_IV)))
          .isEqualTo(ReturnCode.CONTENT_NOT_VALID);
      assertThat(code(() -> preserving.get(2).unprotect(half, NO_IV)))
          .isEqualTo(ReturnCode.CONTENT_NOT_VALID);
    }
  }

  @Tag("tables")
  @Example
  void theLargestAlphabetAndThatOfTheMostPairsOfBlocksWork() {
    assertThat(most.size()).isEqualTo(CodePoints.MOST);
    var largest = new Alphabet(most, Tokenizer.SLT_X_1).element(true, AllowShort.YES, 0, 0);
    comesBack(largest, "One \u6587 and \uD83D\uDC1F");
    assertThat(largest.mostTableBytes()).isEqualTo(2L * 5 * 4 * most.size());
    var fewest = new Alphabet(fewestOfChains, Tokenizer.SLT_X_1);
    assertThat(fewest.element(true, AllowShort.YES, 0, 0).mostTableBytes())
        .isEqualTo(2L * 98 * 4 * 161);
    assertThat(fewest.element(true, null, 0, 0).mostTableBytes()).isEqualTo(2L * 96 * 4 * 161);
    var blocks = new Alphabet(mostOfBlocks, Tokenizer.SLT_1_3);
    comesBack(blocks.element(true, AllowShort.YES, 0, 0), "\u0100\u019F\u0101\u0102");
  }

  @Example
  void eachTokenizerIsForItsSizesOfAlphabets() {
    for (Tokenizer tokenizer : new Tokenizer[] {Tokenizer.SLT_1_3, Tokenizer.SLT_X_1}) {
      boolean chain = tokenizer == Tokenizer.SLT_X_1;
      var method = new UnicodeGen2Token(tokenizer, "1", null, null, null, null, null);
      method.requireFit(chain ? fewestOfChains : mostOfBlocks);
      CodePoints wrong = chain ? mostOfBlocks : fewestOfChains;
      assertThatThrownBy(() -> of(method, wrong))
          .isInstanceOfSatisfying(
              InvalidMethodException.class, e -> assertThat(e.member()).isEqualTo("tokenizer"))
          .hasMessage(
              chain
                  ? "tokenizer must be SLT_1_3 for an alphabet of up to 160 code points"
                  : "tokenizer must be SLT_X_1 for an alphabet of more than 160 code points");
    }
    var method = new UnicodeGen2Token(null, "1", null, null, null, null, null);
    assertThatIllegalArgumentException().isThrownBy(() -> of(method, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Protection.of(new Aes256GcmEnc(), ElementKeys.of(KEY), greek));
  }

  @Example
  void whatCannotBeNamesItsMember() {
    for (String uid : new String[] {null, "", " "}) {
      assertThatThrownBy(() -> new UnicodeGen2Token(null, uid, null, null, null, null, null))
          .isInstanceOfSatisfying(
              InvalidMethodException.class, e -> assertThat(e.member()).isEqualTo("alphabetUid"));
    }
    assertThatThrownBy(
            () -> new UnicodeGen2Token(Tokenizer.SLT_2_3, "1", null, null, null, null, null))
        .isInstanceOf(InvalidMethodException.class);
    assertThatThrownBy(() -> new NumericToken(Tokenizer.SLT_X_1, null, null, null, null))
        .isInstanceOf(InvalidMethodException.class);
  }

  @Example
  void bytesAreTextInTheElementsEncoding() {
    for (TextEncoding encoding : TextEncoding.values()) {
      var method = new UnicodeGen2Token(Tokenizer.SLT_X_1, "1", encoding, null, null, null, null);
      var element = of(method, han);
      Charset charset =
          switch (encoding) {
            case UTF8 -> StandardCharsets.UTF_8;
            case UTF16LE -> StandardCharsets.UTF_16LE;
            case UTF16BE -> StandardCharsets.UTF_16BE;
          };
      String clear = "\u4E2D\u6587 \uD840\uDC00";
      byte[] token = element.protect(clear.getBytes(charset));
      assertThat(new String(token, charset)).isEqualTo(element.protect(clear, NO_IV));
      assertThat(element.unprotect(token)).isEqualTo(clear.getBytes(charset));
      byte[] iv = {1, 2};
      byte[][] varied = {element.protect(clear.getBytes(charset), iv)};
      assertThat(new String(varied[0], charset)).isEqualTo(element.protect(clear, iv));
      assertThat(varied[0]).isNotEqualTo(token);
      assertThat(element.unprotect(varied[0], iv)).isEqualTo(clear.getBytes(charset));
      byte[][] both = {clear.getBytes(charset)};
      assertThat(element.protectAll(both, iv).value(0)).isEqualTo(varied[0]);
      assertThat(element.protectAll(both, null).value(0)).isEqualTo(token);
      assertThat(element.unprotectAll(varied, iv).value(0)).isEqualTo(both[0]);
      assertThat(element.protect(both[0], null)).isEqualTo(token);
      assertThat(element.unprotect(token, null)).isEqualTo(both[0]);
      byte[] noText = {(byte) 0xD8, (byte) 0xD8, (byte) 0xD8};
      assertThat(code(() -> element.protect(noText))).isEqualTo(ReturnCode.CONTENT_NOT_VALID);
    }
  }

  @Example
  void aMaskCountsCodePoints() {
    String shown = preserving.get(2).masked("\uD840\uDC00\u4E2D-\u6587", new Mask(1, 1, true, "*"));
    assertThat(shown).isEqualTo("*\u4E2D-*");
  }

  @Example
  void anAlphabetHasOneSpelling() {
    assertThat(CodePoints.parse("0041-005A,00DF")).hasToString("0041-005A,00DF");
    assertThat(CodePoints.parse("0041-005A"))
        .isEqualTo(CodePoints.parse("0041-005A"))
        .hasSameHashCodeAs(CodePoints.parse("0041-005A"))
        .isNotEqualTo(CodePoints.parse("0041-005B"));
    for (String wrong :
        new String[] {
          "",
          "0041",
          "41-5A",
          "0041-005a",
          "005A-0041",
          "0041-005A,005B-0060",
          "0041-005A,0050",
          "0041-005A,",
          "0041-005A-0060",
          "001F-0040",
          "0041-40000",
          "D000-DFFF",
          "DBFF-E010",
          "0020-7FFF,E000-1E6C0",
          "0030-0038",
          "0041-0041,0050-0060",
          "0060-0041,0070-00A0",
          "D7F0-D800",
          "DFFF-E00F",
          "3FFF0-40000"
        }) {
      assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> CodePoints.parse(wrong));
    }
  }

  @Example
  void theFirstAndTheLastCodePointsOfEachKindAreTaken() {
    for (String right : List.of("0020-0029", "D7F6-D7FF", "E000-E009", "3FFF6-3FFFF")) {
      CodePoints ten = CodePoints.parse(right);
      assertThat(ten.size()).isEqualTo(CodePoints.FEWEST);
      assertThat(ten.number(ten.codePoint(0))).isZero();
    }
    assertThat(CodePoints.parse("0020-0029").hashCode())
        .isNotEqualTo(CodePoints.parse("E000-E009").hashCode());
    assertThat(most.size()).isEqualTo(CodePoints.MOST);
  }

  /** Whoever shortens a token meets symbols alone, and none that stays clear. */
  @Example
  void theSymbolsThatALongerTokenHasMoreFollowItsLastOne() {
    var element = alphabets.get(0).element(false, null, 0, 0);
    String token = element.protect("\u03B1-\u03B2 x", NO_IV);
    assertThat(token).matches("[\u0391-\u03C9]-[\u0391-\u03C9]{2} x");
    assertThat(element.unprotect(token, NO_IV)).isEqualTo("\u03B1-\u03B2 x");
    String split = token.substring(0, 3) + "-" + token.substring(3);
    assertThat(code(() -> element.unprotect(split, NO_IV))).isEqualTo(ReturnCode.CONTENT_NOT_VALID);
    var ends = alphabets.get(0).element(false, null, 0, 1);
    String clear = "\u03B1\u03B2\u03B3";
    String before = ends.protect(clear, NO_IV);
    assertThat(before).hasSize(4).endsWith("\u03B3");
    assertThat(ends.unprotect(before, NO_IV)).isEqualTo(clear);
    var atTheEnd = ends.protect("\u03B1\u03B2-", NO_IV);
    assertThat(atTheEnd).hasSize(4).endsWith("-");
    assertThat(code(() -> ends.unprotect(atTheEnd.substring(0, 2) + "-" + "\u03B1-", NO_IV)))
        .isEqualTo(ReturnCode.CONTENT_NOT_VALID);
  }

  @Example
  void whatHasFewerCharactersThanStayClearIsTooShortOrAsItWas() {
    String two = "\u03B1\u03B2";
    var lenient = alphabets.get(0).element(true, AllowShort.NO_RETURN_INPUT, 2, 1);
    assertThat(lenient.protect(two, NO_IV)).isEqualTo(two);
    assertThat(lenient.unprotect(two, NO_IV)).isEqualTo(two);
    var strict = alphabets.get(0).element(true, null, 2, 1);
    assertThat(code(() -> strict.protect(two, NO_IV))).isEqualTo(ReturnCode.DATA_TOO_SHORT);
    assertThat(strict.protect("", NO_IV)).isEmpty();
  }

  /** The last two of all characters and of the symbols between the ends. */
  @Example
  void aMaskCountsTheSymbolsBetweenTheEnds() {
    var lastTwo = new Mask(0, 2, false, "*");
    var whole = alphabets.get(0).element(true, null, 0, 0);
    assertThat(whole.masked("\u03B1\u03B2\u03B3-", lastTwo)).isEqualTo("**\u03B3-");
    assertThat(whole.masked("\u0391\u0392--", lastTwo)).isEqualTo("**--");
    assertThat(whole.masked("---\u0391\u0392", lastTwo)).isEqualTo("*****");
    var ends = alphabets.get(0).element(true, null, 1, 1);
    assertThat(ends.masked("\u0391\u0391\u0392\u0391", lastTwo)).isEqualTo("***\u0391");
    assertThat(ends.masked("\u0391\u0391\u0392\u0393\u0391", lastTwo)).isEqualTo("***\u0393\u0391");
    assertThat(ends.masked("\u0391-\u0391", lastTwo)).isEqualTo("*-\u0391");
    var wide = alphabets.get(0).element(true, null, 2, 2);
    assertThat(wide.masked("\u0391\u0392\u0393", lastTwo)).isEqualTo("*\u0392\u0393");
  }

  @Example
  void anAlphabetMayHaveAsManyRangesAsSymbols() {
    var text = new StringBuilder();
    for (int codePoint = 0x20; codePoint < 0xD000; codePoint += 2) {
      text.append(text.isEmpty() ? "" : ",").append("%04X".formatted(codePoint));
    }
    CodePoints sparse = CodePoints.parse(text.toString());
    assertThat(sparse.size()).isEqualTo((0xD000 - 0x20) / 2);
    assertThat(sparse.number(0x20)).isZero();
    assertThat(sparse.number(0x21)).isNegative();
    assertThat(sparse.codePoint(sparse.size() - 1)).isEqualTo(0xCFFE);
  }

  @Example
  void theNumbersOfAnAlphabetGoUp() {
    List<Integer> codePoints = new ArrayList<>();
    for (int i = 0; i < greek.size(); i++) {
      codePoints.add(greek.codePoint(i));
      assertThat(greek.number(greek.codePoint(i))).isEqualTo(i);
    }
    assertThat(codePoints).isSorted().doesNotHaveDuplicates().contains(0x391, 0x3C9);
    assertThat(greek.number(0x390)).isNegative();
    assertThat(greek.number(0x3A2)).isNegative();
    assertThat(greek.number(0x3CA)).isNegative();
  }

  /** The platform's decoder of UTF-16 refuses one of these, which its encoder writes. */
  @Example
  void nonCharactersComeBackInEveryEncoding() {
    CodePoints alphabet = CodePoints.parse("0020-D7FF,E000-FFFF");
    for (TextEncoding encoding : TextEncoding.values()) {
      var method =
          new UnicodeGen2Token(Tokenizer.SLT_X_1, "1", encoding, null, null, null, AllowShort.YES);
      var element = of(method, alphabet);
      for (String clear : new String[] {"\uFFFE", "a\uFFFEb", "\uFEFF\uFFFE\uFFFF", "abcd"}) {
        byte[] bytes = clear.getBytes(encoding.charset());
        byte[] token = element.protect(bytes, NO_IV);
        assertThat(element.unprotect(token, NO_IV)).isEqualTo(bytes);
        String text = element.protect(clear, NO_IV);
        assertThat(token).isEqualTo(text.getBytes(encoding.charset()));
      }
      // And where it is in the token, not in the value.
      String made = element.unprotect("\uFFFE\uFFFE\uFFFE", NO_IV);
      byte[] token = element.protect(made.getBytes(encoding.charset()), NO_IV);
      assertThat(element.unprotect(token, NO_IV)).isEqualTo(made.getBytes(encoding.charset()));
      if (encoding != TextEncoding.UTF8) {
        assertThat(code(() -> element.protect(new byte[3], NO_IV)))
            .isEqualTo(ReturnCode.CONTENT_NOT_VALID);
        byte[] half =
            encoding == TextEncoding.UTF16BE
                ? new byte[] {(byte) 0xd8, 0}
                : new byte[] {0, (byte) 0xd8};
        assertThat(code(() -> element.protect(half, NO_IV)))
            .isEqualTo(ReturnCode.CONTENT_NOT_VALID);
      }
    }
  }
}
