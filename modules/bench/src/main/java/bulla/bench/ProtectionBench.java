package bulla.bench;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * {@code ./bulla bench protection}: a table with the ratios to the best peer, and one that shows
 * how it grows with the threads.
 */
final class ProtectionBench {
  private static final String DIGITS_PEER = "digitsOneBouncyCastle";
  private static final String ALPHANUMERIC_PEER = "alphanumericOneBouncyCastle";

  private static final String LONG_DIGITS_PEER = "longDigitsOneBouncyCastle";
  private static final String LONG_PEER = "longAlphanumericOneBouncyCastle";

  /** Each row: the benchmark, what it is called, and the peer that it is compared with. */
  private static final String[][] ROWS = {
    {"digitsOne", "FF1, 16 digits, one value a call", DIGITS_PEER},
    {"digitsOneText", "FF1, 16 digits, one String a call", DIGITS_PEER},
    {"digitsColumn", "FF1, 16 digits, byte[] columns", DIGITS_PEER},
    {"digitsTexts", "FF1, 16 digits, String[]", DIGITS_PEER},
    {DIGITS_PEER, "BouncyCastle FF1, 16 digits", DIGITS_PEER},
    {"digitsOneMysto", "mysto FF3-1, 16 digits", DIGITS_PEER},
    {"digitsOneIdealista", "idealista FF1, 16 digits", DIGITS_PEER},
    {"alphanumericOne", "FF1, radix 62, 20 characters, one value a call", ALPHANUMERIC_PEER},
    {"alphanumericColumn", "FF1, radix 62, 20 characters, byte[] columns", ALPHANUMERIC_PEER},
    {ALPHANUMERIC_PEER, "BouncyCastle FF1, radix 62, 20 characters", ALPHANUMERIC_PEER},
    {"longDigitsOne", "FF1, 40 digits, one value a call", LONG_DIGITS_PEER},
    {LONG_DIGITS_PEER, "BouncyCastle FF1, 40 digits", LONG_DIGITS_PEER},
    {"longAlphanumericOne", "FF1, radix 62, 24 characters, one value a call", LONG_PEER},
    {LONG_PEER, "BouncyCastle FF1, radix 62, 24 characters", LONG_PEER},
    {"tokensThroughThePolicy", "Table tokens, 16 alphanumeric, String[] with policy check", ""},
    {"tokensOfOtherLengths", "Table tokens, 15 or 16 alphanumeric, String[]", ""},
    {"tokenColumn", "Table tokens, 16 alphanumeric, byte[] columns", ""},
    {"tokenOfASession", "Table tokens, 16 alphanumeric, audited session, one String a call", ""},
    {"tokensOfASession", "Table tokens, 16 alphanumeric, audited session, String[]", ""},
    {"digitsOneOfASession", "FF1, 16 digits, audited session, one String a call", DIGITS_PEER},
    {"digitsOfASession", "FF1, 16 digits, audited session, String[]", DIGITS_PEER}
  };

  /** What several threads do, and what it is called. */
  private static final String[][] SCALING = {
    {"digitsColumn", "FF1, 16 digits, byte[] columns"},
    {"digitsTexts", "FF1, 16 digits, String[]"},
    {"tokenTexts", "Table tokens, 16 alphanumeric, String[]"},
    {"codePointTexts", "Tokens of 16 code points of 20,992, SLT_X_1, String[]"}
  };

  private ProtectionBench() {}

  /** Runs it and prints the tables. */
  static void run() throws RunnerException {
    var options =
        new OptionsBuilder()
            .include(ProtectionComparison.class.getName())
            .addProfiler(GCProfiler.class)
            .build();
    System.out.println(table(new Runner(options).run()));
    System.out.println(scaling());
  }

  /** One, two, four threads and so on, to as many as there are processors. */
  private static String scaling() throws RunnerException {
    var table = new StringBuilder("\n| Work | threads | values/s | times one thread |\n");
    table.append("|---|---|---|---|\n");
    Map<String, Double> ofOne = new LinkedHashMap<>();
    int processors = Runtime.getRuntime().availableProcessors();
    for (int threads = 1; threads <= processors; threads *= 2) {
      var options =
          new OptionsBuilder().include(ProtectionScaling.class.getName()).threads(threads).build();
      Map<String, RunResult> byName = byName(new Runner(options).run());
      for (String[] row : SCALING) {
        double score = byName.get(row[0]).getPrimaryResult().getScore();
        ofOne.putIfAbsent(row[0], score);
        table.append(
            String.format(
                Locale.ROOT,
                "| %s | %d | %,.0f | %.2f |%n",
                row[1],
                threads,
                score,
                score / ofOne.get(row[0])));
      }
    }
    return table.toString();
  }

  private static Map<String, RunResult> byName(Collection<RunResult> results) {
    Map<String, RunResult> byName = new LinkedHashMap<>();
    for (RunResult result : results) {
      byName.put(result.getPrimaryResult().getLabel(), result);
    }
    return byName;
  }

  private static String table(Collection<RunResult> results) {
    Map<String, RunResult> byName = byName(results);
    var table = new StringBuilder("\n| Work | values/s | times BouncyCastle | bytes allocated |\n");
    table.append("|---|---|---|---|\n");
    for (String[] row : ROWS) {
      RunResult result = byName.get(row[0]);
      if (result == null) {
        throw new IllegalStateException("The benchmark " + row[0] + " gave no result");
      }
      double score = result.getPrimaryResult().getScore();
      String ratio =
          row[2].isEmpty()
              ? ""
              : String.format(
                  Locale.ROOT, "%.1f", score / byName.get(row[2]).getPrimaryResult().getScore());
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %,.0f | %s | %.0f |%n",
              row[1],
              score,
              ratio,
              allocated(result)));
    }
    return table.toString();
  }

  // JMH's own signature has the raw type.
  @SuppressWarnings("rawtypes")
  private static double allocated(RunResult result) {
    return result.getSecondaryResults().entrySet().stream()
        .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
        .mapToDouble(entry -> entry.getValue().getScore())
        .findFirst()
        .orElse(Double.NaN);
  }
}
