package bulla.pim.alphabet;

import bulla.pim.object.PimProblem;
import bulla.protection.CodePoints;
import java.util.BitSet;
import java.util.regex.Pattern;

/**
 * A set of Unicode code points between U+0020 and U+3FFFF, all of them assigned and none a
 * surrogate. Not safe for use by several threads.
 */
final class Symbols {
  static final int FEWEST = CodePoints.FEWEST;
  static final int MOST = CodePoints.MOST;

  private static final int LOWEST = 0x20;
  private static final int HIGHEST = 0x3FFFF;
  private static final Pattern HEXADECIMAL = Pattern.compile("[0-9A-Fa-f]{1,6}");

  private final BitSet codePoints = new BitSet(HIGHEST + 1);

  /** The symbols that {@link #text} wrote. */
  static Symbols parse(String text) {
    var symbols = new Symbols();
    for (String part : text.split(",", -1)) {
      String[] ends = part.split("-", -1);
      symbols.codePoints.set(
          Integer.parseInt(ends[0], 16), Integer.parseInt(ends[ends.length - 1], 16) + 1);
    }
    return symbols;
  }

  /** Ranges in ascending order: {@code 0041-005A,00DF}. */
  String text() {
    var text = new StringBuilder();
    int from = codePoints.nextSetBit(0);
    while (from >= 0) {
      int to = codePoints.nextClearBit(from) - 1;
      text.append(text.isEmpty() ? "" : ",").append("%04X".formatted(from));
      if (to > from) {
        text.append("-%04X".formatted(to));
      }
      from = codePoints.nextSetBit(to + 1);
    }
    return text.toString();
  }

  int size() {
    return codePoints.cardinality();
  }

  void addAll(Symbols others) {
    codePoints.or(others.codePoints);
  }

  /** Adds a range without the code points in it that Unicode does not assign. */
  void add(CodePointRange range, String member) {
    int from = codePoint(range.from(), member + ".from");
    int to = codePoint(range.to(), member + ".to");
    if (from > to) {
      throw PimProblem.INVALID_ALPHABET.because(
          "A range goes from the lower code point to the higher", member);
    }
    var symbols = new BitSet(HIGHEST + 1);
    symbols.set(from, to + 1);
    symbols.and(Assigned.SYMBOLS);
    codePoints.or(symbols);
  }

  /** Adds one code point, which must be assigned. */
  void add(String hexadecimal, String member) {
    int codePoint = codePoint(hexadecimal, member);
    if (!isSymbol(codePoint)) {
      throw PimProblem.INVALID_ALPHABET.because(
          "U+%04X is a surrogate, or Unicode assigns no character to it".formatted(codePoint),
          member);
    }
    codePoints.set(codePoint);
  }

  private static int codePoint(String hexadecimal, String member) {
    if (HEXADECIMAL.matcher(hexadecimal).matches()) {
      int codePoint = Integer.parseInt(hexadecimal, 16);
      if (codePoint >= LOWEST && codePoint <= HIGHEST) {
        return codePoint;
      }
    }
    throw PimProblem.INVALID_ALPHABET.because(
        "A code point is hexadecimal, from 0020 to 3FFFF", member);
  }

  private static boolean isSymbol(int codePoint) {
    int type = Character.getType(codePoint);
    return type != Character.UNASSIGNED && type != Character.SURROGATE;
  }

  /** All that there are, looked up once, so that many large ranges cost little. */
  private static final class Assigned {
    static final BitSet SYMBOLS = symbols();

    private static BitSet symbols() {
      var symbols = new BitSet(HIGHEST + 1);
      for (int codePoint = LOWEST; codePoint <= HIGHEST; codePoint++) {
        symbols.set(codePoint, isSymbol(codePoint));
      }
      return symbols;
    }
  }
}
