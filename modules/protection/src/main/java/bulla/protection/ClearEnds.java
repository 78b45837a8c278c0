package bulla.protection;

import java.util.BitSet;

/**
 * The characters at both ends of a value that stay clear. They are the internal IV: what lies
 * between them is protected differently for different ends.
 *
 * @param fromLeft in code points
 * @param fromRight in code points
 */
record ClearEnds(int fromLeft, int fromRight) {
  static final ClearEnds NONE = new ClearEnds(0, 0);

  boolean none() {
    return fromLeft == 0 && fromRight == 0;
  }

  /** Whether the value has as many characters as stay clear. */
  boolean fit(String value) {
    return none() || value.codePointCount(0, value.length()) >= (long) fromLeft + (long) fromRight;
  }

  /** The index of the first char behind the left end of a value that they {@link #fit}. */
  int start(String value) {
    return fromLeft == 0 ? 0 : value.offsetByCodePoints(0, fromLeft);
  }

  /** The index of the right end's first char. */
  int end(String value) {
    return fromRight == 0 ? value.length() : value.offsetByCodePoints(value.length(), -fromRight);
  }

  /**
   * Where the symbols between the ends are, in code points; all symbols where the ends don't fit.
   */
  BitSet positionsBetween(String value, Alphabet alphabet) {
    return fit(value)
        ? alphabet.positions(value, start(value), end(value))
        : alphabet.positions(value, 0, value.length());
  }

  /**
   * External and internal IV in one: the external one alone when no end stays clear, else {@code
   * length(2) external length(2) left right}, lengths in bytes, big endian, the ends in UTF-8. It
   * stays so until this thread asks again.
   */
  byte[] iv(String value, byte[] external) {
    if (none()) {
      return external;
    }
    int leftEnd = start(value);
    int rightStart = end(value);
    int left = Utf8.length(value, 0, leftEnd);
    int leftAt = 4 + external.length;
    byte[] iv = Scratch.own().iv(leftAt + left + Utf8.length(value, rightStart, value.length()));
    BigEndian.writeShort(iv, 0, external.length);
    System.arraycopy(external, 0, iv, 2, external.length);
    BigEndian.writeShort(iv, 2 + external.length, left);
    Utf8.encode(value, 0, leftEnd, iv, leftAt);
    Utf8.encode(value, rightStart, value.length(), iv, leftAt + left);
    return iv;
  }
}
