package bulla.protection;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;

/**
 * A text element with what its values are made of.
 *
 * @param least the smallest number of symbols of a value
 * @param most the largest up to 64 that its values may have
 * @param takesIv whether its values may have an external IV
 */
record Kinds(
    Protection element, Source source, IntPredicate inToken, int least, int most, boolean takesIv) {
  private static final String GREEK = "0391-03A1,03A3-03A9,03B1-03C9";
  private static final String LATIN = "0100-01A0";
  private static final String HAN = "0041-005A,4E00-9FFF,20000-2A6DF";

  /** Makes a value of some symbols. */
  interface Source {
    String value(Random random, int symbols);
  }

  /** One of every type of text, tokenizer and way with lengths. */
  static List<Kinds> all() {
    List<Kinds> all = new ArrayList<>();
    for (boolean preserving : new boolean[] {true, false}) {
      AllowShort allowShort = preserving ? AllowShort.YES : null;
      for (Tokenizer tokenizer : Keys.TOKENIZERS) {
        add(all, new NumericToken(tokenizer, 0, 0, preserving, allowShort), Alphabet.DIGITS, 1, 64);
      }
      for (Tokenizer tokenizer : new Tokenizer[] {Tokenizer.SLT_1_3, Tokenizer.SLT_2_3}) {
        add(
            all,
            new AlphaNumericToken(tokenizer, 0, 0, preserving, allowShort),
            Alphabet.ALPHANUMERIC,
            1,
            64);
        add(all, new AlphaToken(tokenizer, 0, 0, preserving, allowShort), Alphabet.ALPHA, 1, 64);
        add(
            all,
            new UpperAlphaToken(tokenizer, 0, 0, preserving, allowShort),
            Alphabet.UPPER_ALPHA,
            1,
            64);
        add(
            all,
            new UpperAlphaNumericToken(tokenizer, 0, 0, preserving, allowShort),
            Alphabet.UPPER_ALPHANUMERIC,
            1,
            64);
        addEmail(all, new EmailToken(tokenizer, preserving, allowShort));
      }
      add(
          all,
          new LowerAsciiToken(null, 0, 0, preserving, allowShort),
          Alphabet.LOWER_ASCII,
          1,
          64);
      addUnicode(all, Tokenizer.SLT_1_3, GREEK, preserving, allowShort);
      addUnicode(all, Tokenizer.SLT_X_1, LATIN, preserving, allowShort);
      addUnicode(all, Tokenizer.SLT_X_1, HAN, preserving, allowShort);
    }
    for (Tokenizer tokenizer : new Tokenizer[] {Tokenizer.SLT_1_3, Tokenizer.SLT_2_3}) {
      addAnyText(all, new UnicodeToken(tokenizer), Alphabet.ALPHANUMERIC);
      addAnyText(all, new UnicodeBase64Token(tokenizer), Alphabet.BASE64);
    }
    for (Tokenizer tokenizer : Keys.TOKENIZERS) {
      int block = tokenizer.block();
      add(all, new CreditCardToken(tokenizer, 0, 0, null, null, null), Alphabet.DIGITS, block, 64);
      for (String format : new String[] {"YYYY-MM-DD", "DD/MM/YYYY", "MM.DD.YYYY"}) {
        addDate(all, new DateToken(tokenizer, format), format);
      }
    }
    for (DateInClear inClear : DateInClear.values()) {
      addDate(all, new DateTimeToken(null, true, false, inClear), "YYYY-MM-DD");
    }
    Source decimal = (random, length) -> text(random, Alphabet.DIGITS, length) + ".5";
    all.add(
        kind(
            new DecimalToken(null, null, null),
            decimal,
            c -> ".123456789".indexOf(c) >= 0,
            1,
            35,
            false));
    Source number = (random, length) -> Integer.toString((short) random.nextInt());
    all.add(
        kind(new IntegerToken(2, null), number, c -> "-0123456789".indexOf(c) >= 0, 1, 1, true));
    add(all, new FpeNumeric(null, null, null, null, null), Alphabet.DIGITS, 6, 64);
    add(all, new FpeNumeric(2, true, null, null, null), Alphabet.DIGITS, 2, 64);
    add(all, new FpeAlpha(null, null, null, null, null), Alphabet.ALPHA, 4, 64);
    add(all, new FpeAlphaNumeric(null, null, null, null, null), Alphabet.ALPHANUMERIC, 4, 64);
    add(all, new FpeLatin1Alpha(null, null, null, null, null), Alphabet.LATIN1_ALPHA, 3, 64);
    add(
        all,
        new FpeLatin1AlphaNumeric(null, null, null, null, null),
        Alphabet.LATIN1_ALPHANUMERIC,
        3,
        64);
    add(all, new FpeCreditCard(null, 0, 0, null, null, null, null, null), Alphabet.DIGITS, 8, 64);
    return all;
  }

  private static Kinds kind(
      ProtectionMethod method,
      Source source,
      IntPredicate inToken,
      int least,
      int most,
      boolean takesIv) {
    return new Kinds(Keys.protection(method), source, inToken, least, most, takesIv);
  }

  private static void add(
      List<Kinds> all, ProtectionMethod method, Alphabet symbols, int least, int most) {
    Source source = (random, length) -> text(random, symbols, length);
    all.add(kind(method, source, c -> symbols.number((char) c) >= 0, least, most, true));
  }

  private static void addEmail(List<Kinds> all, EmailToken method) {
    Source source = (random, length) -> text(random, Alphabet.ALPHANUMERIC, length) + "@b.example";
    all.add(
        kind(
            method,
            source,
            c -> ".@".indexOf(c) >= 0 || Alphabet.ALPHANUMERIC.number((char) c) >= 0,
            1,
            method.lengthPreserving() ? 64 : 63,
            true));
  }

  private static void addUnicode(
      List<Kinds> all,
      Tokenizer tokenizer,
      String alphabet,
      boolean preserving,
      AllowShort allowShort) {
    CodePoints symbols = CodePoints.parse(alphabet);
    var method = new UnicodeGen2Token(tokenizer, "1", null, 0, 0, preserving, allowShort);
    all.add(
        new Kinds(
            Keys.protection(method, symbols),
            (random, length) -> text(random, symbols, length),
            c -> symbols.number(c) >= 0,
            1,
            64,
            true));
  }

  private static void addAnyText(List<Kinds> all, ProtectionMethod method, Alphabet ofToken) {
    CodePoints han = CodePoints.parse(HAN);
    all.add(
        kind(
            method,
            (random, length) -> text(random, han, length),
            c -> ofToken.number((char) c) >= 0,
            1,
            64,
            true));
  }

  private static void addDate(List<Kinds> all, ProtectionMethod method, String format) {
    Source source =
        (random, length) -> {
          int date = Days.date(random.nextInt(Days.COUNT));
          return format
              .replace("YYYY", "%04d".formatted(Days.year(date)))
              .replace("MM", "%02d".formatted(Days.month(date)))
              .replace("DD", "%02d".formatted(Days.day(date)));
        };
    all.add(kind(method, source, c -> "-/.0123456789".indexOf(c) >= 0, 1, 1, false));
  }

  private static String text(Random random, Alphabet symbols, int length) {
    var text = new StringBuilder();
    random.ints(length, 0, symbols.size()).forEach(i -> text.append(symbols.symbol(i)));
    return text.toString();
  }

  private static String text(Random random, CodePoints symbols, int length) {
    var text = new StringBuilder();
    random.ints(length, 0, symbols.size()).map(symbols::codePoint).forEach(text::appendCodePoint);
    return text.toString();
  }

  /** What the element is, for the message of a failure. */
  String name() {
    return element.method().toString();
  }
}
