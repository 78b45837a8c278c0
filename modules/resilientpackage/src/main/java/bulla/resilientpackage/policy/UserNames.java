package bulla.resilientpackage.policy;

import java.text.Normalizer;
import java.util.Locale;

/** How names of users, and of the objects of a policy, are compared. */
public final class UserNames {
  private UserNames() {}

  /**
   * The form in which two names that mean the same are equal: composed (Unicode NFC) and in lower
   * case by the rules of the root locale.
   */
  public static String comparable(String name) {
    if (isLowerAscii(name)) {
      return name;
    }
    // Lower case can decompose (İ becomes i and a dot), so it is composed again.
    String lower = Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(lower, Normalizer.Form.NFC);
  }

  /** Whether a text is one of Unicode: each half of a surrogate pair has its other half. */
  public static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (Character.isHighSurrogate(character)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(character)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a name is a text of Unicode in its comparable form. */
  public static boolean isComparable(String name) {
    return isLowerAscii(name) || (isWellFormed(name) && name.equals(comparable(name)));
  }

  /** Almost every name is, and has one form alone. */
  private static boolean isLowerAscii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (!isLowerAscii(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a name of such characters alone is in its comparable form. */
  public static boolean isLowerAscii(int character) {
    return character >= 0 && character <= 127 && (character < 'A' || character > 'Z');
  }
}
