package bulla.auditchain;

/** A text in the canonical form of RFC 8785, section 3.2.2.2. */
final class CanonicalText {
  private CanonicalText() {}

  /**
   * {@code text} in quotes.
   *
   * @throws IllegalArgumentException if it has an unpaired surrogate
   */
  static String quoted(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      switch (unit) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\b' -> quoted.append("\\b");
        case '\t' -> quoted.append("\\t");
        case '\n' -> quoted.append("\\n");
        case '\f' -> quoted.append("\\f");
        case '\r' -> quoted.append("\\r");
        default -> {
          if (unit < 0x20) {
            quoted.append("\\u00").append(unit < 0x10 ? "0" : "1").append(hex(unit & 0xf));
          } else if (Character.isSurrogate(unit)) {
            i = appendPair(text, i, quoted);
          } else {
            quoted.append(unit);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  /** RFC 8785, section 3.2.2.2: an unpaired surrogate has no canonical form. */
  private static int appendPair(String text, int at, StringBuilder quoted) {
    if (at + 1 == text.length()
        || !Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1))) {
      throw new IllegalArgumentException("A text with an unpaired surrogate has no canonical form");
    }
    quoted.append(text, at, at + 2);
    return at + 1;
  }

  private static char hex(int digit) {
    return Character.forDigit(digit, 16);
  }
}
