package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** As {@link GoldenTokensTest}, for the types that came after it. */
class GoldenTokensOfMoreTypesTest {
  @Test
  void tokensStayWhatTheyWere() throws Exception {
    String expected;
    try (var in = getClass().getResourceAsStream("/vectors/golden-tokens-2.txt")) {
      expected = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(String.join("\n", lines()) + "\n").isEqualTo(expected);
  }

  @Test
  void tokensOfTheLatestTypesStayWhatTheyWere() throws Exception {
    String expected;
    try (var in = getClass().getResourceAsStream("/vectors/golden-tokens-3.txt")) {
      expected = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(String.join("\n", latestLines()) + "\n").isEqualTo(expected);
  }

  /** Several threads that share elements whose tables are not yet built get the same. */
  @Test
  void severalThreadsGetTheSame() throws Exception {
    var pool = Executors.newFixedThreadPool(4);
    try {
      Callable<List<String>> work = GoldenTokensOfMoreTypesTest::latestLines;
      for (Future<List<String>> result : pool.invokeAll(List.of(work, work, work, work))) {
        assertThat(result.get()).isEqualTo(latestLines());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  static List<String> latestLines() {
    var lines = new ArrayList<String>();
    CodePoints greek = CodePoints.parse("0391-03A1,03A3-03A9,03B1-03C9");
    CodePoints han = CodePoints.parse("0041-005A,4E00-9FFF,20000-2A6DF");
    CodePoints latin = CodePoints.parse("0100-01A0");
    for (boolean preserving : new boolean[] {true, false}) {
      AllowShort allowShort = preserving ? AllowShort.YES : null;
      addUnicode(
          lines, Tokenizer.SLT_1_3, greek, preserving, allowShort, "\u03B1", "\u03A3\u03BF-\u03C6");
      addUnicode(
          lines,
          Tokenizer.SLT_X_1,
          latin,
          preserving,
          allowShort,
          "\u0101\u0102",
          "\u0100 \u0110\u0120\u0130");
      addUnicode(
          lines,
          Tokenizer.SLT_X_1,
          han,
          preserving,
          allowShort,
          "\u4E2D",
          "\u6587\uD840\uDC00 \u4E2D");
    }
    add(lines, new FpeCreditCard(null, 0, 4, true, null, null, null, null), "4111111111111111");
    addPlain(
        lines, new FpeCreditCard(null, 0, 0, true, null, null, true, null), "4111111111111111");
    addPlain(lines, new FpeNumeric(null, null, null, 2, 2, TweakMode.CLEAR_ENDS), "0123456789");
    return lines;
  }

  private static void addUnicode(
      List<String> lines,
      Tokenizer tokenizer,
      CodePoints alphabet,
      boolean preserving,
      AllowShort allowShort,
      String... values) {
    var method = new UnicodeGen2Token(tokenizer, "1", null, 0, 0, preserving, allowShort);
    var element = Protection.of(method, ElementKeys.of(Keys.KEY), alphabet);
    for (String value : values) {
      for (String iv : new String[] {"", "customers"}) {
        String token = element.protect(value, iv.getBytes(StandardCharsets.UTF_8));
        lines.add(method + " | " + alphabet + " | " + iv + " | " + value + " | " + token);
      }
    }
  }

  static List<String> lines() {
    var lines = new ArrayList<String>();
    for (var tokenizer : new Tokenizer[] {Tokenizer.SLT_1_3, Tokenizer.SLT_2_3}) {
      for (boolean preserving : new boolean[] {true, false}) {
        AllowShort allowShort = preserving ? AllowShort.YES : null;
        add(lines, new AlphaToken(tokenizer, 0, 1, preserving, allowShort), "ab", "Jane-Doe");
        add(lines, new UpperAlphaToken(tokenizer, 0, 0, preserving, allowShort), "JANE DOE");
        add(
            lines,
            new UpperAlphaNumericToken(tokenizer, 2, 0, preserving, allowShort),
            "DE89 3704 0044");
      }
      add(lines, new UnicodeToken(tokenizer), "z", "Zo\u00EB \uD83D\uDE00");
      add(lines, new UnicodeBase64Token(tokenizer), "z", "Zo\u00EB \uD83D\uDE00");
      addPlain(lines, new DateToken(tokenizer, "YYYY-MM-DD"), "2012-02-29", "1582.10.04");
    }
    for (boolean preserving : new boolean[] {true, false}) {
      AllowShort allowShort = preserving ? AllowShort.YES : null;
      add(lines, new LowerAsciiToken(null, 0, 0, preserving, allowShort), "{x}", "5% off!");
      add(lines, new PrintableToken(null, 0, 0, preserving, allowShort), "\u20AC 7", "na\u00EFve");
    }
    addPlain(lines, new DateToken(Tokenizer.SLT_2_6, "DD/MM/YYYY"), "29/02/2012");
    addPlain(lines, new DateToken(Tokenizer.SLT_1_6, "MM.DD.YYYY"), "02-29-2012");
    for (var inClear : DateInClear.values()) {
      for (boolean time : new boolean[] {true, false}) {
        var method = new DateTimeToken(null, time, false, inClear);
        addPlain(lines, method, "2012-02-29", "2012/02/29T12:34:56", "2012.02.29 12:34:56,789");
      }
    }
    addPlain(lines, new DateTimeToken(null, true, true, null), "2012-02-29 12:34:56.123456789");
    addPlain(lines, new DecimalToken(null, null, null), "0", "-12.50", "0012345678901234567890123");
    for (int size = 2; size <= 8; size *= 2) {
      add(lines, new IntegerToken(size, null), "12", "-1");
    }
    add(lines, new FpeAlpha(null, null, null, null, null), "Jane Doe");
    add(lines, new FpeAlphaNumeric(null, null, null, 1, 1), "DE89 3704");
    add(lines, new FpeLatin1Alpha(null, null, null, null, null), "Zo\u00EB");
    add(lines, new FpeLatin1AlphaNumeric(null, null, null, null, null), "Zo\u00EB 7");
    addPlain(lines, new AlphaNumericToken(null, null, null, null, null, true, null), "AbC-12d3");
    addPlain(lines, new AlphaNumericToken(null, null, null, null, null, null, true), "AbC-12d3");
    add(lines, new CreditCardToken(null, 0, 4, true, null, null, true), "4111111111111111");
    var binary = Keys.protection(new BinaryToken(null, 1, 1));
    for (String hex : new String[] {"0001020304", "ff00ff00ff00"}) {
      byte[] token = binary.protect(HexFormat.of().parseHex(hex));
      lines.add("binaryToken | " + hex + " | " + HexFormat.of().formatHex(token));
    }
    return lines;
  }

  private static void add(List<String> lines, ProtectionMethod method, String... values) {
    addPlain(lines, method, values);
    byte[] iv = "customers".getBytes(StandardCharsets.UTF_8);
    var protection = Keys.protection(method);
    for (String value : values) {
      lines.add(method + " | customers | " + value + " | " + protection.protect(value, iv));
    }
  }

  private static void addPlain(List<String> lines, ProtectionMethod method, String... values) {
    var protection = Keys.protection(method);
    for (String value : values) {
      lines.add(method + " |  | " + value + " | " + protection.protect(value, null));
    }
  }
}
