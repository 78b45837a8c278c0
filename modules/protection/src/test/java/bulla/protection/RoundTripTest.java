package bulla.protection;

import static bulla.protection.Keys.NO_IV;
import static bulla.protection.Keys.protection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every type of text with every tokenizer: values come back, and no two have one token. */
class RoundTripTest {
  private final List<Kinds> kinds = Kinds.all();

  private static byte[] bytes(Random random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Tag("tables")
  @Test
  void everyLengthComesBackUnderARandomIvAndItsTokenIsOfTheAlphabet() {
    var random = new Random(11);
    for (Kinds kind : kinds) {
      for (int length = kind.least(); length <= kind.most(); length++) {
        byte[] iv = kind.takesIv() ? bytes(random, random.nextInt(257)) : NO_IV;
        String clear = kind.source().value(random, length);
        String token = kind.element().protect(clear, iv);
        assertThat(token.codePoints().allMatch(kind.inToken())).as(kind.name()).isTrue();
        assertThat(kind.element().unprotect(token, iv)).as(kind.name()).isEqualTo(clear);
      }
    }
  }

  @Tag("tables")
  @Test
  void manyTogetherComeBackLikeEachAlone() {
    var random = new Random(12);
    for (Kinds kind : kinds) {
      byte[] iv = kind.takesIv() ? bytes(random, 5) : NO_IV;
      var values = new String[70];
      for (int i = 0; i < values.length; i++) {
        int length = i % 3 == 0 ? kind.least() : kind.most();
        values[i] = kind.source().value(random, length);
      }
      String[] tokens = kind.element().protectAll(values, iv).valuesOrThrow();
      for (int i = 0; i < values.length; i++) {
        assertThat(tokens[i]).as(kind.name()).isEqualTo(kind.element().protect(values[i], iv));
      }
      assertThat(kind.element().unprotectAll(tokens, iv).valuesOrThrow())
          .as(kind.name())
          .isEqualTo(values);
    }
  }

  /** Whatever two elements can both protect can be moved from one to the other and back. */
  @Tag("tables")
  @Test
  void everyTypeIsReprotectedAsEveryOtherThatTakesItsValues() {
    String[] values = {
      "4111111111111111",
      "12345",
      "HELLOWORLD",
      "2012-02-29",
      "02.29.2012",
      "29/02/2012",
      "12.5",
      "anna@b.example",
      "\u03B1\u03B2\u03B3\u03B4\u03B5",
      "\u0100\u0101\u0102\u0103",
      "\u4E2D\u6587\u4E2D\u6587"
    };
    int moved = 0;
    for (Kinds from : kinds) {
      for (Kinds to : kinds) {
        byte[] oldIv = from.takesIv() ? new byte[] {1} : NO_IV;
        byte[] newIv = to.takesIv() ? new byte[] {2, 3} : NO_IV;
        for (String value : values) {
          if (takes(from, value, oldIv) && takes(to, value, newIv)) {
            String old = from.element().protect(value, oldIv);
            String now = to.element().protect(from.element().unprotect(old, oldIv), newIv);
            String back = from.element().protect(to.element().unprotect(now, newIv), oldIv);
            assertThat(back).as(from.name() + " to " + to.name()).isEqualTo(old);
            moved++;
          }
        }
      }
    }
    // Each with itself at least, and every type of digits with every other.
    assertThat(moved).isGreaterThan(4000);
  }

  private static boolean takes(Kinds kind, String value, byte[] iv) {
    try {
      kind.element().protect(value, iv);
      return true;
    } catch (ProtectionException refused) {
      return false;
    }
  }

  private static ReturnCode code(ThrowingCallable call) {
    return catchThrowableOfType(ProtectionException.class, call).code();
  }

  private static Protection symbols(Class<?> type, boolean preserving, AllowShort allowShort) {
    ProtectionMethod method;
    if (type == AlphaToken.class) {
      method = new AlphaToken(null, 0, 0, preserving, allowShort);
    } else if (type == UpperAlphaToken.class) {
      method = new UpperAlphaToken(null, 0, 0, preserving, allowShort);
    } else if (type == UpperAlphaNumericToken.class) {
      method = new UpperAlphaNumericToken(null, 0, 0, preserving, allowShort);
    } else if (type == AlphaNumericToken.class) {
      method = new AlphaNumericToken(null, 0, 0, preserving, allowShort);
    } else if (type == LowerAsciiToken.class) {
      method = new LowerAsciiToken(null, 0, 0, preserving, allowShort);
    } else {
      method = new PrintableToken(null, 0, 0, preserving, allowShort);
    }
    return protection(method);
  }

  private static final List<Class<?>> OF_SYMBOLS =
      List.of(
          AlphaToken.class,
          UpperAlphaToken.class,
          UpperAlphaNumericToken.class,
          AlphaNumericToken.class,
          LowerAsciiToken.class,
          PrintableToken.class);

  @Tag("tables")
  @Test
  void shortValuesOfEveryAlphabetAreReturnedWhereTheElementSaysSo() {
    for (Class<?> type : OF_SYMBOLS) {
      var element = symbols(type, true, AllowShort.NO_RETURN_INPUT);
      for (String value : new String[] {"A", "AB", "\u4E2DA\u4E2DB"}) {
        assertThat(element.protect(value, NO_IV)).isEqualTo(value);
        assertThat(element.unprotect(value, NO_IV)).isEqualTo(value);
      }
      String token = element.protect("ABC", NO_IV);
      assertThat(token).isNotEqualTo("ABC");
      assertThat(element.unprotect(token, NO_IV)).isEqualTo("ABC");
    }
  }

  @Tag("tables")
  @Test
  void theLengthsHoldOnTheWayBackToo() {
    for (Class<?> type : OF_SYMBOLS) {
      var any = symbols(type, true, AllowShort.YES);
      var strict = symbols(type, true, null);
      var longer = symbols(type, false, null);
      String most = "A".repeat(4096);
      for (Protection element : List.of(any, strict)) {
        assertThat(element.protect(element.unprotect(most, NO_IV), NO_IV)).isEqualTo(most);
      }
      assertThat(any.protect(any.unprotect("A", NO_IV), NO_IV)).isEqualTo("A");
      for (Protection element : List.of(any, strict, longer)) {
        assertThat(code(() -> element.unprotect(most + "A", NO_IV)))
            .isEqualTo(ReturnCode.DATA_TOO_LONG);
      }
      assertThat(code(() -> any.unprotect("\u4E2D", NO_IV))).isEqualTo(ReturnCode.DATA_TOO_SHORT);
      assertThat(code(() -> strict.unprotect("AB", NO_IV))).isEqualTo(ReturnCode.DATA_TOO_SHORT);
      assertThat(code(() -> longer.unprotect("AB", NO_IV))).isEqualTo(ReturnCode.DATA_TOO_SHORT);
    }
  }

  @Test
  void theLengthsOfAnAddressHoldOnTheWayBackToo() {
    var any = protection(new EmailToken(null, true, AllowShort.YES));
    var strict = protection(new EmailToken(null, true, null));
    var longer = protection(new EmailToken(null, false, null));
    for (int local : new int[] {1, 2, 63, 64}) {
      String token = address(local, 253 - local);
      assertThat(any.protect(any.unprotect(token, NO_IV), NO_IV)).isEqualTo(token);
    }
    assertThat(code(() -> any.unprotect(address(65, 1), NO_IV)))
        .isEqualTo(ReturnCode.DATA_TOO_LONG);
    assertThat(code(() -> any.unprotect(address(1, 254), NO_IV)))
        .isEqualTo(ReturnCode.DATA_TOO_LONG);
    assertThat(code(() -> strict.unprotect(address(3, 253), NO_IV)))
        .isEqualTo(ReturnCode.DATA_TOO_LONG);
    assertThat(code(() -> any.unprotect(address(64, 192), NO_IV)))
        .isEqualTo(ReturnCode.DATA_TOO_LONG);
    assertThat(code(() -> strict.unprotect(address(2, 9), NO_IV)))
        .isEqualTo(ReturnCode.DATA_TOO_SHORT);
    assertThat(code(() -> longer.unprotect(address(2, 9), NO_IV)))
        .isEqualTo(ReturnCode.DATA_TOO_SHORT);
    assertThat(code(() -> longer.unprotect(address(66, 9), NO_IV)))
        .isEqualTo(ReturnCode.DATA_TOO_LONG);
    assertThat(code(() -> any.unprotect("@b", NO_IV))).isEqualTo(ReturnCode.DATA_TOO_SHORT);
    assertThat(code(() -> any.unprotect("a@", NO_IV))).isEqualTo(ReturnCode.DATA_TOO_SHORT);
    String longest = longer.protect(address(63, 192), NO_IV);
    assertThat(longer.unprotect(longest, NO_IV)).isEqualTo(address(63, 192));
  }

  private static String address(int local, int domain) {
    return "a".repeat(local) + "@" + "b".repeat(domain);
  }

  @Tag("tables")
  @Test
  void anIntegerOfFourBytesHasItsBounds() {
    var element = protection(new IntegerToken(4, null));
    for (int extreme : new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1}) {
      String clear = Integer.toString(extreme);
      String token = element.protect(clear, NO_IV);
      assertThat(Integer.parseInt(token)).isNotEqualTo(extreme);
      assertThat(element.unprotect(token, NO_IV)).isEqualTo(clear);
    }
    for (String beyond : new String[] {"2147483648", "-2147483649", "4294967295"}) {
      assertThat(code(() -> element.protect(beyond, NO_IV)))
          .isEqualTo(ReturnCode.CONTENT_NOT_VALID);
      assertThat(code(() -> element.unprotect(beyond, NO_IV)))
          .isEqualTo(ReturnCode.CONTENT_NOT_VALID);
    }
  }

  /** All strings of two of some symbols. */
  private static List<String> pairs(String symbols) {
    List<String> pairs = new ArrayList<>();
    for (int first = 0; first < symbols.length(); first++) {
      for (int second = 0; second < symbols.length(); second++) {
        pairs.add("" + symbols.charAt(first) + symbols.charAt(second));
      }
    }
    return pairs;
  }

  private static String symbols(Alphabet alphabet) {
    var symbols = new StringBuilder();
    for (int i = 0; i < alphabet.size(); i++) {
      symbols.append(alphabet.symbol(i));
    }
    return symbols.toString();
  }

  private static void isPermuted(Protection element, List<String> domain) {
    Set<String> tokens = new HashSet<>();
    for (String clear : domain) {
      tokens.add(element.protect(clear, NO_IV));
    }
    assertThat(tokens).as(element.method().toString()).isEqualTo(new HashSet<>(domain));
  }

  @Test
  void ff1PermutesAllPairsOfEveryAlphabet() {
    isPermuted(protection(new FpeAlpha(2, true, null, null, null)), pairs(symbols(Alphabet.ALPHA)));
    isPermuted(
        protection(new FpeAlphaNumeric(2, true, null, null, null)),
        pairs(symbols(Alphabet.ALPHANUMERIC)));
    isPermuted(
        protection(new FpeLatin1Alpha(2, true, null, null, null)),
        pairs(symbols(Alphabet.LATIN1_ALPHA)));
    isPermuted(
        protection(new FpeLatin1AlphaNumeric(2, true, null, null, null)),
        pairs(symbols(Alphabet.LATIN1_ALPHANUMERIC)));
  }

  @Test
  void addressesOfTwoSymbolsArePermuted() {
    List<String> addresses =
        pairs(symbols(Alphabet.ALPHANUMERIC)).stream().map(pair -> pair + "@b").toList();
    for (Tokenizer tokenizer : new Tokenizer[] {Tokenizer.SLT_1_3, Tokenizer.SLT_2_3}) {
      isPermuted(protection(new EmailToken(tokenizer, true, AllowShort.YES)), addresses);
      Set<String> longer = new HashSet<>();
      var element = protection(new EmailToken(tokenizer, false, null));
      addresses.forEach(address -> longer.add(element.protect(address, NO_IV)));
      assertThat(longer).hasSameSizeAs(addresses);
    }
  }

  @Test
  void keptPlacesArePermutedWithinTheirPattern() {
    var element = protection(new AlphaNumericToken(null, null, null, null, null, null, true));
    isPermuted(element, pairs(symbols(Alphabet.ALPHA)));
    List<String> mixed = new ArrayList<>();
    for (char letter : symbols(Alphabet.ALPHA).toCharArray()) {
      for (int i = 0; i < 1000; i++) {
        mixed.add("%03d".formatted(i) + letter);
      }
    }
    isPermuted(element, mixed);
  }

  @Test
  void textsOfOneAndTwoBytesHaveTheirOwnTokens() {
    var ascii = new StringBuilder();
    for (char character = 0; character < 128; character++) {
      ascii.append(character);
    }
    List<String> texts = new ArrayList<>(pairs(ascii.toString()));
    ascii.chars().forEach(character -> texts.add(Character.toString(character)));
    for (ProtectionMethod method :
        List.of(
            new UnicodeToken(Tokenizer.SLT_1_3),
            new UnicodeToken(Tokenizer.SLT_2_3),
            new UnicodeBase64Token(Tokenizer.SLT_1_3),
            new UnicodeBase64Token(Tokenizer.SLT_2_3))) {
      var element = protection(method);
      Set<String> tokens = new HashSet<>();
      texts.forEach(text -> tokens.add(element.protect(text, NO_IV)));
      assertThat(tokens).as(method.toString()).hasSameSizeAs(texts);
    }
  }

  /** The whole domain: nearly a million days. */
  @Tag("tables")
  @Test
  void allDaysAreDaysAgain() {
    var element = protection(new DateToken(Tokenizer.SLT_2_3, "YYYY-MM-DD"));
    var seen = new BitSet(Days.COUNT);
    for (int day = 0; day < Days.COUNT; day++) {
      int date = Days.date(day);
      char[] clear = "0000-00-00".toCharArray();
      DateTokens.write(clear, 0, 4, Days.year(date));
      DateTokens.write(clear, 5, 2, Days.month(date));
      DateTokens.write(clear, 8, 2, Days.day(date));
      String token = element.protect(new String(clear), NO_IV);
      seen.set(
          Days.number(
              DateTokens.digits(token, 0, 4),
              DateTokens.digits(token, 5, 2),
              DateTokens.digits(token, 8, 2)));
    }
    assertThat(seen.cardinality()).isEqualTo(Days.COUNT);
  }

  /** All days of four years, of each kind of clear date; those that lie apart have their own. */
  @Test
  void allDaysOfSomeYearsHaveTheirOwnTokens() {
    for (DateInClear inClear : DateInClear.values()) {
      for (boolean apart : new boolean[] {false, true}) {
        if (apart && inClear != DateInClear.NONE) {
          continue;
        }
        var element = protection(new DateTimeToken(null, true, apart, inClear));
        Set<String> tokens = new HashSet<>();
        int first = Days.number(2011, 1, 1);
        int behind = Days.number(2015, 1, 1);
        for (int day = first; day < behind; day++) {
          int date = Days.date(day);
          String clear =
              "%04d-%02d-%02d".formatted(Days.year(date), Days.month(date), Days.day(date));
          tokens.add(element.protect(clear, NO_IV));
        }
        assertThat(tokens).hasSize(behind - first);
      }
    }
  }

  /** One symbol many times: no part of a token may show what becomes of it elsewhere. */
  @Tag("tables")
  @Test
  void anotherLengthOrIvGivesOtherFragments() {
    for (Kinds kind : kinds) {
      if (!kind.takesIv() || kind.most() < 63 || kind.element().method() instanceof EmailToken) {
        continue;
      }
      String symbol = kind.source().value(new Random(1), 1);
      // So long that equal fragments do not come about by chance: at least 10^12 of them.
      int fragment = 12;
      Set<String> fragments = new HashSet<>();
      int count = 0;
      for (int length = 16; length <= 40; length += 4) {
        for (byte iv = 0; iv < 4; iv++) {
          String token = kind.element().protect(symbol.repeat(length), new byte[] {iv});
          int[] characters = token.codePoints().toArray();
          for (int at = 0; at + fragment <= characters.length; at++) {
            fragments.add(new String(characters, at, fragment));
            count++;
          }
        }
      }
      assertThat(fragments).as(kind.name()).hasSize(count);
    }
  }
}
