package bulla.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
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

  /**
   * A heap that has been touched. Else what allocates little measures for seconds how fast the
   * system gives it new pages, while its peers, who allocate a hundred times as much, have come
   * round to the same ones.
   */
  private static final String[] MACHINE = {"-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch"};

  private ProtectionBench() {}

  /**
   * Runs it and prints the tables.
   *
   * @param rounds how often all of it is measured, each time in new processes. Other guests of a
   *     machine, and what the compiler happens to decide in one process, change a figure by half:
   *     the middle one of several rounds says more than a long measurement in one, and a ratio is
   *     of two neighbours in one round
   */
  static void run(int rounds) throws RunnerException {
    if (rounds < 1) {
      throw new IllegalArgumentException("At least one round is needed");
    }
    var compared = new Rounds(rounds);
    for (int round = 0; round < rounds; round++) {
      compared.add(
          new OptionsBuilder()
              .include(ProtectionComparison.class.getName())
              .addProfiler(GCProfiler.class)
              .jvmArgsAppend(MACHINE)
              .build());
    }
    Map<Integer, Rounds> scaling = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      int processors = Runtime.getRuntime().availableProcessors();
      for (int threads = 1; threads <= processors; threads *= 2) {
        scaling
            .computeIfAbsent(threads, count -> new Rounds(rounds))
            .add(
                new OptionsBuilder()
                    .include(ProtectionScaling.class.getName())
                    .threads(threads)
                    .jvmArgsAppend(MACHINE)
                    .build());
      }
    }
    System.out.println(table(compared));
    System.out.println(table(scaling));
  }

  private static String table(Rounds rounds) {
    var table = new StringBuilder("\n| Work | values/s | lowest to highest |");
    table.append(" times BouncyCastle | bytes allocated |\n|---|---|---|---|---|\n");
    for (String[] row : ROWS) {
      String ratio = row[2].isEmpty() ? "" : decimal(rounds.ratio(row[0], rounds, row[2]));
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %,.0f | %s | %s | %.0f |%n",
              row[1],
              rounds.score(row[0]),
              rounds.range(row[0]),
              ratio,
              rounds.allocated(row[0])));
    }
    return table.toString();
  }

  /** How it grows with one, two, four threads and so on. */
  private static String table(Map<Integer, Rounds> byThreads) {
    var table = new StringBuilder("\n| Work | threads | values/s | lowest to highest |");
    table.append(" times one thread |\n|---|---|---|---|---|\n");
    Rounds one = byThreads.get(1);
    byThreads.forEach(
        (threads, rounds) -> {
          for (String[] row : SCALING) {
            table.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %d | %,.0f | %s | %s |%n",
                    row[1],
                    threads,
                    rounds.score(row[0]),
                    rounds.range(row[0]),
                    decimal(rounds.ratio(row[0], one, row[0]))));
          }
        });
    return table.toString();
  }

  private static String decimal(double ratio) {
    return String.format(Locale.ROOT, "%.1f", ratio);
  }

  /** What several runs of the same benchmarks gave, round by round. */
  private static final class Rounds {
    private final int expected;
    private final Map<String, List<RunResult>> byName = new LinkedHashMap<>();

    Rounds(int expected) {
      this.expected = expected;
    }

    void add(Options options) throws RunnerException {
      for (RunResult result : new Runner(options).run()) {
        byName
            .computeIfAbsent(result.getPrimaryResult().getLabel(), name -> new ArrayList<>())
            .add(result);
      }
    }

    double score(String name) {
      return median(scores(name));
    }

    /** The least and the most of the rounds, in millions. */
    String range(String name) {
      double[] scores = scores(name);
      Arrays.sort(scores);
      return String.format(
          Locale.ROOT, "%.2f M to %.2f M", scores[0] / 1e6, scores[scores.length - 1] / 1e6);
    }

    /** The middle one of the ratios of each round to the same round of another benchmark. */
    double ratio(String name, Rounds others, String other) {
      double[] scores = scores(name);
      double[] otherScores = others.scores(other);
      Arrays.setAll(scores, round -> scores[round] / otherScores[round]);
      return median(scores);
    }

    double allocated(String name) {
      return median(of(name).stream().mapToDouble(ProtectionBench::allocated).toArray());
    }

    private double[] scores(String name) {
      return of(name).stream()
          .mapToDouble(result -> result.getPrimaryResult().getScore())
          .toArray();
    }

    private List<RunResult> of(String name) {
      List<RunResult> results = byName.getOrDefault(name, List.of());
      if (results.size() != expected) {
        throw new IllegalStateException("The benchmark " + name + " did not end in every round");
      }
      return results;
    }

    private static double median(double[] values) {
      Arrays.sort(values);
      return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }
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
