package bulla.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** As {@link GoldenTokensTest}, for the types that came after it. */
class GoldenTokensOfMoreTypesTest {
  @Test
  void tokensStayWhatTheyWere() throws Exception {
    Golden.compare(lines(Keys::protection), "golden-tokens-2.txt", line -> !line.ofLargeTables());
  }

  @Tag("tables")
  @Test
  void tokensOfLargeTablesStayWhatTheyWere() throws Exception {
    Golden.compare(lines(Keys::protection), "golden-tokens-2.txt", Golden::ofLargeTables);
  }

  @Test
  void tokensOfTheLatestTypesStayWhatTheyWere() throws Exception {
    Golden.compare(latestLines(Keys::protection), "golden-tokens-3.txt");
  }

  /** Several threads that share elements whose tables are not yet built get the same. */
  @Test
  void severalThreadsGetTheSame() throws Exception {
    List<Golden> shared = everything();
    List<String> expected = everything().stream().map(Golden::line).toList();
    int threads = 4;
    var together = new CyclicBarrier(threads);
    var pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<List<String>>> work = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        // Two begin at the other end, so that different tweaks and lengths of an element meet.
        boolean backwards = thread % 2 == 1;
        work.add(
            () -> {
              List<Golden> order = new ArrayList<>(shared);
              if (backwards) {
                Collections.reverse(order);
              }
              together.await();
              for (Golden golden : order) {
                golden.comesBack();
              }
              return shared.stream().map(Golden::line).toList();
            });
      }
      for (Future<List<String>> result : pool.invokeAll(work)) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** All of this class, and FF1 whose tweak and length change from value to value. */
  private static List<Golden> everything() {
    Map<ProtectionMethod, Protection> own = new HashMap<>();
    Function<ProtectionMethod, Protection> element =
        method -> own.computeIfAbsent(method, Keys::newProtection);
    List<Golden> everything = new ArrayList<>(latestLines(element));
    everything.addAll(lines(element));
    // Tables of 28 and 64 MB are built by the same code, and take seconds.
    everything.removeIf(golden -> golden.element().mostTableBytes() > 20_000_000);
    Protection fpe = element.apply(new FpeNumeric(null, null, null, null, null));
    Protection ends = element.apply(new FpeAlphaNumeric(null, null, null, 1, 1));
    for (int i = 0; i < 300; i++) {
      String digits = "0123456789".repeat(4).substring(0, 6 + i % 31);
      everything.add(new Golden("fpe", fpe, "tweak " + i % 7, digits));
      everything.add(new Golden("ends", ends, "tweak " + i % 3, (char) ('a' + i % 26) + digits));
    }
    return everything;
  }

  static List<Golden> latestLines(Function<ProtectionMethod, Protection> element) {
    var lines = new ArrayList<Golden>();
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
    add(
        lines,
        element,
        new FpeCreditCard(null, 0, 4, true, null, null, null, null),
        "4111111111111111");
    addPlain(
        lines,
        element,
        new FpeCreditCard(null, 0, 0, true, null, null, true, null),
        "4111111111111111");
    addPlain(
        lines, element, new FpeNumeric(null, null, null, 2, 2, TweakMode.CLEAR_ENDS), "0123456789");
    return lines;
  }

  private static void addUnicode(
      List<Golden> lines,
      Tokenizer tokenizer,
      CodePoints alphabet,
      boolean preserving,
      AllowShort allowShort,
      String... values) {
    var method = new UnicodeGen2Token(tokenizer, "1", null, 0, 0, preserving, allowShort);
    var element = Protection.of(method, ElementKeys.of(Keys.KEY), alphabet);
    for (String value : values) {
      for (String iv : new String[] {"", "customers"}) {
        lines.add(new Golden(method + " | " + alphabet, element, iv, value));
      }
    }
  }

  static List<Golden> lines(Function<ProtectionMethod, Protection> element) {
    var lines = new ArrayList<Golden>();
    for (var tokenizer : new Tokenizer[] {Tokenizer.SLT_1_3, Tokenizer.SLT_2_3}) {
      for (boolean preserving : new boolean[] {true, false}) {
        AllowShort allowShort = preserving ? AllowShort.YES : null;
        add(
            lines,
            element,
            new AlphaToken(tokenizer, 0, 1, preserving, allowShort),
            "ab",
            "Jane-Doe");
        add(
            lines,
            element,
            new UpperAlphaToken(tokenizer, 0, 0, preserving, allowShort),
            "JANE DOE");
        add(
            lines,
            element,
            new UpperAlphaNumericToken(tokenizer, 2, 0, preserving, allowShort),
            "DE89 3704 0044");
      }
      add(lines, element, new UnicodeToken(tokenizer), "z", "Zo\u00EB \uD83D\uDE00");
      add(lines, element, new UnicodeBase64Token(tokenizer), "z", "Zo\u00EB \uD83D\uDE00");
      addPlain(lines, element, new DateToken(tokenizer, "YYYY-MM-DD"), "2012-02-29", "1582.10.04");
    }
    for (boolean preserving : new boolean[] {true, false}) {
      AllowShort allowShort = preserving ? AllowShort.YES : null;
      add(
          lines,
          element,
          new LowerAsciiToken(null, 0, 0, preserving, allowShort),
          "{x}",
          "5% off!");
      add(
          lines,
          element,
          new PrintableToken(null, 0, 0, preserving, allowShort),
          "\u20AC 7",
          "na\u00EFve");
    }
    addPlain(lines, element, new DateToken(Tokenizer.SLT_2_6, "DD/MM/YYYY"), "29/02/2012");
    addPlain(lines, element, new DateToken(Tokenizer.SLT_1_6, "MM.DD.YYYY"), "02-29-2012");
    for (var inClear : DateInClear.values()) {
      for (boolean time : new boolean[] {true, false}) {
        var method = new DateTimeToken(null, time, false, inClear);
        addPlain(
            lines, element, method, "2012-02-29", "2012/02/29T12:34:56", "2012.02.29 12:34:56,789");
      }
    }
    addPlain(
        lines, element, new DateTimeToken(null, true, true, null), "2012-02-29 12:34:56.123456789");
    addPlain(
        lines,
        element,
        new DecimalToken(null, null, null),
        "0",
        "-12.50",
        "0012345678901234567890123");
    for (int size = 2; size <= 8; size *= 2) {
      add(lines, element, new IntegerToken(size, null), "12", "-1");
    }
    add(lines, element, new FpeAlpha(null, null, null, null, null), "Jane Doe");
    add(lines, element, new FpeAlphaNumeric(null, null, null, 1, 1), "DE89 3704");
    add(lines, element, new FpeLatin1Alpha(null, null, null, null, null), "Zo\u00EB");
    add(lines, element, new FpeLatin1AlphaNumeric(null, null, null, null, null), "Zo\u00EB 7");
    addPlain(
        lines,
        element,
        new AlphaNumericToken(null, null, null, null, null, true, null),
        "AbC-12d3");
    addPlain(
        lines,
        element,
        new AlphaNumericToken(null, null, null, null, null, null, true),
        "AbC-12d3");
    add(
        lines,
        element,
        new CreditCardToken(null, 0, 4, true, null, null, true),
        "4111111111111111");
    Protection binary = element.apply(new BinaryToken(null, 1, 1));
    for (String hex : new String[] {"0001020304", "ff00ff00ff00"}) {
      lines.add(new Golden("binaryToken", binary, null, hex));
    }
    return lines;
  }

  private static void add(
      List<Golden> lines,
      Function<ProtectionMethod, Protection> element,
      ProtectionMethod method,
      String... values) {
    addPlain(lines, element, method, values);
    Protection protection = element.apply(method);
    for (String value : values) {
      lines.add(new Golden(method.toString(), protection, "customers", value));
    }
  }

  private static void addPlain(
      List<Golden> lines,
      Function<ProtectionMethod, Protection> element,
      ProtectionMethod method,
      String... values) {
    Protection protection = element.apply(method);
    for (String value : values) {
      lines.add(new Golden(method.toString(), protection, "", value));
    }
  }
}
