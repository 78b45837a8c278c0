package bulla.protector;

/**
 * Patterns of names, in which {@code *} stands for any characters and {@code ?} for one; the case
 * counts. What an expression would try again and again, for hours, is tried once: only the last
 * {@code *} is gone back to, since whatever an earlier one could take more of, the last one can
 * take instead.
 */
final class Wildcards {
  private static final int NONE = -1;

  private Wildcards() {}

  /** Whether {@code pattern} stands for all of {@code text}, in code points. */
  static boolean matches(String pattern, String text) {
    int[] wanted = pattern.codePoints().toArray();
    int[] found = text.codePoints().toArray();
    int at = 0;
    int next = 0;
    int star = NONE;
    int resume = 0;
    while (at < found.length) {
      if (next < wanted.length && wanted[next] == '*') {
        star = next++;
        resume = at;
      } else if (next < wanted.length && (wanted[next] == '?' || wanted[next] == found[at])) {
        next++;
        at++;
      } else if (star != NONE) {
        next = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (next < wanted.length && wanted[next] == '*') {
      next++;
    }
    return next == wanted.length;
  }
}
