package bulla.protection;

import java.util.BitSet;

/**
 * Hides a part of a text. Positions are counted in Unicode code points. When {@code masked} is
 * false, a text that is no longer than both ends together is hidden whole: showing the ends would
 * show it all.
 *
 * <p>Whoever may have a token unprotected may first put characters into it that are kept in place,
 * such as hyphens before a number or a longer domain behind an email's local part. Counted over the
 * whole text alone, they would move what is protected out of the hidden places. So the counts are
 * taken twice, by the same rules: over all code points, and over those alone that the method
 * transforms. One of the latter is shown only where both counts show it. Whatever else the text
 * holds, of its protected symbols there is never more to see than the mask shows of a text that has
 * nothing but them.
 *
 * @param fromLeft code points counted from the left end, 0 to 99
 * @param fromRight code points counted from the right end, 0 to 99
 * @param masked true hides the counted code points and shows the rest; false shows the counted ones
 *     and hides the rest
 * @param character the one code point that is shown for each hidden one
 */
public record Mask(int fromLeft, int fromRight, boolean masked, String character) {
  /**
   * @throws InvalidMethodException when a count is out of range, when {@code masked} with both
   *     counts 0 would hide nothing, or when {@code character} is not one printable code point
   */
  public Mask {
    MethodRules.clearCharacters("fromLeft", fromLeft);
    MethodRules.clearCharacters("fromRight", fromRight);
    if (masked && fromLeft + fromRight == 0) {
      throw new InvalidMethodException(
          "masked", "must be false when fromLeft and fromRight are 0: nothing would be hidden");
    }
    if (character == null
        || character.codePointCount(0, character.length()) != 1
        || !isPrintable(character.codePointAt(0))) {
      throw new InvalidMethodException("character", "must be one printable character");
    }
  }

  /**
   * What a later Unicode may have made a character of is one: who reads a mask may have an older
   * platform than who wrote it.
   */
  private static boolean isPrintable(int codePoint) {
    return !isNoncharacter(codePoint) && isVisible(codePoint);
  }

  /** Which stay unassigned for good (The Unicode Standard, section 23.7). */
  private static boolean isNoncharacter(int codePoint) {
    return (codePoint & 0xFFFE) == 0xFFFE || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /**
   * The text with its hidden code points replaced; as many code points as before. A code point is
   * shown where both counts show it: the one over all code points and, at a protected position, the
   * one over the protected positions alone.
   *
   * @param protectedPositions indexes of code points of {@code value}. Not public, since a caller
   *     who left some out would show what should be hidden: see {@link Protection#masked}
   */
  String apply(String value, BitSet protectedPositions) {
    int length = value.codePointCount(0, value.length());
    int protectedLength = protectedPositions.cardinality();
    var shown = new StringBuilder(value.length());
    int position = 0;
    int protectedPosition = 0;
    for (int at = 0; at < value.length(); position++) {
      int codePoint = value.codePointAt(at);
      boolean shows = shows(position, length);
      if (protectedPositions.get(position)) {
        shows &= shows(protectedPosition, protectedLength);
        protectedPosition++;
      }
      if (shows) {
        shown.appendCodePoint(codePoint);
      } else {
        shown.append(character);
      }
      at += Character.charCount(codePoint);
    }
    return shown.toString();
  }

  private boolean shows(int position, int length) {
    if (!masked && length <= fromLeft + fromRight) {
      return false;
    }
    boolean counted = position < fromLeft || position >= length - fromRight;
    return counted != masked;
  }
}
