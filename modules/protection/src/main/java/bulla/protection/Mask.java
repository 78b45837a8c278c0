package bulla.protection;

/**
 * Hides a part of a text. Positions are counted in Unicode code points.
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

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /**
   * The text with its hidden code points replaced; as many code points as before. When {@code
   * masked} is false, a text that is no longer than both ends together is hidden whole: showing the
   * ends would show it all.
   */
  public String apply(String value) {
    int length = value.codePointCount(0, value.length());
    boolean allHidden = !masked && length <= fromLeft + fromRight;
    var shown = new StringBuilder(value.length());
    int position = 0;
    for (int at = 0; at < value.length(); position++) {
      int codePoint = value.codePointAt(at);
      boolean counted = position < fromLeft || position >= length - fromRight;
      if (allHidden || counted == masked) {
        shown.append(character);
      } else {
        shown.appendCodePoint(codePoint);
      }
      at += Character.charCount(codePoint);
    }
    return shown.toString();
  }
}
