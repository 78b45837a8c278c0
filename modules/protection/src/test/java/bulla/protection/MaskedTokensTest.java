package bulla.protection;

import static bulla.protection.Keys.NO_IV;
import static bulla.protection.Keys.protection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MaskedTokensTest {
  /** No symbol, delimiter or part of an address, so that it is seen where something is hidden. */
  private static final String HIDDEN = "\u2022";

  private static final List<String> DELIMITERS = List.of("-", ".", " ", "\u00e9", "\ud83d\ude00");
  private static final List<String> DIGITS = List.of("0", "1", "5", "8", "9");
  private static final List<String> LETTERS = List.of("0", "7", "a", "m", "z", "A", "Z");

  /**
   * A method with clear ends, which are a part of the IV: what is put there brings back another.
   */
  private record Case(Protection protection, int fromLeft, int fromRight, List<String> symbols) {}

  private final List<Case> cases =
      List.of(
          numeric(0, 0, true),
          numeric(3, 2, true),
          numeric(0, 0, false),
          numeric(1, 4, false),
          alphaNumeric(0, 0, true),
          alphaNumeric(2, 4, true),
          alphaNumeric(4, 0, false),
          fpe(0, 0),
          fpe(2, 4));

  private final List<Protection> emails =
      List.of(
          protection(new EmailToken(Tokenizer.SLT_1_3, true, AllowShort.YES)),
          protection(new EmailToken(Tokenizer.SLT_1_3, false, null)));

  private static Case numeric(int left, int right, boolean preserving) {
    var method =
        new NumericToken(
            Tokenizer.SLT_1_3, left, right, preserving, preserving ? AllowShort.YES : null);
    return new Case(protection(method), left, right, DIGITS);
  }

  private static Case alphaNumeric(int left, int right, boolean preserving) {
    var method =
        new AlphaNumericToken(
            Tokenizer.SLT_1_3, left, right, preserving, preserving ? AllowShort.YES : null);
    return new Case(protection(method), left, right, LETTERS);
  }

  private static Case fpe(int left, int right) {
    return new Case(
        protection(new FpeNumeric(2, true, AllowShort.NO_GENERATE_ERROR, left, right)),
        left,
        right,
        DIGITS);
  }

  private static Mask mask(int left, int right, boolean masked) {
    return new Mask(left, right, masked && left + right > 0, HIDDEN);
  }

  private static List<String> codePoints(String text) {
    return text.codePoints().mapToObj(Character::toString).toList();
  }

  private static String text(Random random, int length, List<String> characters) {
    var text = new StringBuilder();
    random.ints(length, 0, characters.size()).forEach(i -> text.append(characters.get(i)));
    return text.toString();
  }

  private static String with(
      String text, int from, int to, List<String> characters, Random random) {
    List<String> all = new ArrayList<>(codePoints(text));
    int last = to;
    for (int more = random.nextInt(20); more >= 0; more--) {
      all.add(
          from + random.nextInt(last - from + 1),
          characters.get(random.nextInt(characters.size())));
      last++;
    }
    return String.join("", all);
  }

  private static Optional<String> unprotected(Protection protection, String token) {
    try {
      return Optional.of(protection.unprotect(token, NO_IV));
    } catch (ProtectionException e) {
      // A token that is longer than its value may have no delimiter among the symbols it has more.
      assertThat(e.code()).isEqualTo(ReturnCode.CONTENT_NOT_VALID);
      return Optional.empty();
    }
  }

  /** For each protected symbol of the text, what is shown of it. */
  private static List<String> shownSymbols(
      Protection protection, String clear, Mask mask, List<Integer> positions) {
    List<String> shown = codePoints(protection.masked(clear, mask));
    assertThat(shown).hasSize(codePoints(clear).size());
    return positions.stream().map(shown::get).toList();
  }

  // Worked out here once more, so that the test does not believe what it tests.
  private static List<Integer> symbolPositions(
      String clear, int from, int to, List<Integer> positions) {
    List<String> all = codePoints(clear);
    for (int i = from; i < to; i++) {
      if (all.get(i).matches("[0-9a-zA-Z]")) {
        positions.add(i);
      }
    }
    return positions;
  }

  private static void assertShowsNoMore(List<String> before, List<String> after) {
    assertThat(after).hasSameSizeAs(before);
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i).equals(HIDDEN)) {
        assertThat(after.get(i)).isEqualTo(HIDDEN);
      }
    }
  }

  @Property(tries = 200)
  void delimitersPutIntoATokenShowNoFurtherSymbol(
      @ForAll @IntRange(min = 2, max = 24) int length,
      @ForAll @IntRange(max = 14) int left,
      @ForAll @IntRange(max = 14) int right,
      @ForAll boolean masked,
      @ForAll boolean delimited,
      @ForAll Random random) {
    var mask = mask(left, right, masked);
    for (var each : cases) {
      var protection = each.protection();
      String middle = text(random, length, each.symbols());
      if (delimited) {
        middle = with(middle, 0, length, DELIMITERS, random);
      }
      String clear =
          text(random, each.fromLeft(), each.symbols())
              + middle
              + text(random, each.fromRight(), each.symbols());
      String token = protection.protect(clear, NO_IV);
      int tokenLength = codePoints(token).size();
      String padded =
          with(token, each.fromLeft(), tokenLength - each.fromRight(), DELIMITERS, random);
      assertThat(protection.unprotect(token, NO_IV)).isEqualTo(clear);
      unprotected(protection, padded)
          .ifPresent(
              paddedClear ->
                  assertShowsNoMore(
                      shown(protection, each, clear, mask),
                      shown(protection, each, paddedClear, mask)));
    }
  }

  private static List<String> shown(Protection protection, Case each, String clear, Mask mask) {
    int to = codePoints(clear).size() - each.fromRight();
    return shownSymbols(
        protection, clear, mask, symbolPositions(clear, each.fromLeft(), to, new ArrayList<>()));
  }

  @Property(tries = 200)
  void aLongerDomainAndDelimitersInTheLocalPartShowNoFurtherSymbol(
      @ForAll @IntRange(min = 1, max = 20) int length,
      @ForAll @IntRange(max = 14) int left,
      @ForAll @IntRange(max = 14) int right,
      @ForAll boolean masked,
      @ForAll boolean preserving,
      @ForAll Random random) {
    var mask = mask(left, right, masked);
    var protection = emails.get(preserving ? 0 : 1);
    String clear = text(random, length, LETTERS) + "@b.example";
    String token = protection.protect(clear, NO_IV);
    int at = token.lastIndexOf('@');
    String local = with(token.substring(0, at), 0, at, DELIMITERS, random);
    String domain = with(token.substring(at + 1), 0, token.length() - at - 1, LETTERS, random);
    unprotected(protection, local + "@" + domain)
        .ifPresent(
            padded ->
                assertShowsNoMore(
                    shownLocal(protection, clear, mask), shownLocal(protection, padded, mask)));
  }

  private static List<String> shownLocal(Protection protection, String clear, Mask mask) {
    int at = codePoints(clear).lastIndexOf("@");
    return shownSymbols(protection, clear, mask, symbolPositions(clear, 0, at, new ArrayList<>()));
  }

  @Property(tries = 200)
  void ofProtectedSymbolsThereIsNeverMoreToSeeThanOfATextOfThemAlone(
      @ForAll @IntRange(min = 1, max = 24) int length,
      @ForAll @IntRange(max = 14) int left,
      @ForAll @IntRange(max = 14) int right,
      @ForAll boolean masked,
      @ForAll Random random) {
    var mask = mask(left, right, masked);
    var each = cases.get(0);
    var protection = each.protection();
    String bare = text(random, length, DIGITS);
    String delimited = with(bare, 0, length, DELIMITERS, random);
    assertShowsNoMore(
        shown(protection, each, bare, mask), shown(protection, each, delimited, mask));
    assertThat(protection.masked(bare, mask))
        .isEqualTo(mask.apply(bare, Protection.everyPosition(bare)));
  }

  @Example
  void hyphensBeforeAShortNumberDoNotShowIt() {
    var protection = protection(new NumericToken(null, 0, 0, true, AllowShort.YES));
    var lastFour = new Mask(0, 4, false, "*");
    assertThat(protection.masked("123", lastFour)).isEqualTo("***");
    assertThat(protection.masked("-----123", lastFour)).isEqualTo("****-***");
  }

  @Example
  void spacesDoNotTakeThePlacesThatAreHidden() {
    var protection = protection(new AlphaNumericToken(null, 0, 0, true, AllowShort.YES));
    assertThat(protection.masked(" ".repeat(12) + "4111111111111111", new Mask(12, 0, true, "*")))
        .isEqualTo("*".repeat(24) + "1111");
  }

  @Example
  void aClearEndIsShownAsBefore() {
    var protection = protection(new CreditCardToken(null, 0, 4, null, null, null));
    assertThat(protection.masked("4111111111119883", new Mask(0, 4, false, "*")))
        .isEqualTo("************9883");
    assertThat(protection.masked("4111111111119883", new Mask(0, 6, false, "*")))
        .isEqualTo("**********119883");
  }

  @Example
  void aCardTokenTakesNoDelimiters() {
    var protection = protection(new CreditCardToken(null, 0, 4, null, null, null));
    String token = protection.protect("4111111111119883", NO_IV);
    assertThatThrownBy(() -> protection.unprotect("-" + token, NO_IV))
        .isInstanceOfSatisfying(
            ProtectionException.class,
            e -> assertThat(e.code()).isEqualTo(ReturnCode.CONTENT_NOT_VALID));
  }

  @Example
  void allOfAnEncryptedOrUnprotectedTextIsCounted() {
    var lastFour = new Mask(0, 4, false, "*");
    for (var protection :
        List.of(protection(new Aes256GcmEnc()), Protection.of(new NoEnc(null), null))) {
      assertThat(protection.masked("Zo\u00eb - 12", lastFour)).isEqualTo("****- 12");
      assertThat(protection.masked("", lastFour)).isEmpty();
    }
  }
}
