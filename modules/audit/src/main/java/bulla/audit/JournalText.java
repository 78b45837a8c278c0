package bulla.audit;

/** Makes text from strangers safe to keep in the journal and to print from it. */
final class JournalText {
  private static final int REPLACEMENT = 0xFFFD;
  private static final int ELLIPSIS = 0x2026;

  private JournalText() {}

  /**
   * {@code text} with each dangerous character replaced by U+FFFD, cut to {@code longest} UTF-16
   * units with an ellipsis as the last of them; null if it is null or empty.
   */
  static String bounded(String text, int longest) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    boolean whole = text.length() <= longest;
    int room = whole ? longest : longest - 1;
    var kept = new StringBuilder(Math.min(text.length(), longest));
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      if (kept.length() + Character.charCount(character) > room) {
        break;
      }
      kept.appendCodePoint(forgesLines(character) ? REPLACEMENT : character);
      at += Character.charCount(character);
    }
    if (!whole) {
      kept.appendCodePoint(ELLIPSIS);
    }
    return kept.toString();
  }

  private static boolean forgesLines(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
