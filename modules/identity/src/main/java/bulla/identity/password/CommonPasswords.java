package bulla.identity.password;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The passwords that are tried first (NIST SP 800-63B section 5.1.1.2 asks to refuse them): the
 * bundled list, its entries with digits and signs around them or in place of letters, any two of
 * them together, and whatever repeats a few characters.
 */
final class CommonPasswords {
  private static final String LIST = "common-passwords.txt";
  private static final int LONGEST_TRIVIAL_UNIT = 4;
  private static final Map<Character, Character> LETTERS =
      Map.of(
          '0', 'o', '1', 'i', '3', 'e', '4', 'a', '5', 's', '7', 't', '@', 'a', '$', 's', '!', 'i');
  private static final Set<String> LISTED = read();

  private CommonPasswords() {}

  /** Whether {@code password} is among those that are tried first. */
  static boolean contains(String password) {
    String text = Normalizer.normalize(password, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    String unit = repeated(text);
    return unit.length() <= LONGEST_TRIVIAL_UNIT
        || isListed(unit)
        || isListed(withoutDecoration(unit))
        || isPair(withoutDecoration(text));
  }

  private static boolean isPair(String text) {
    for (int i = 1; i < text.length(); i++) {
      if (isListed(text.substring(0, i)) && isListed(text.substring(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isListed(String text) {
    return LISTED.contains(text) || LISTED.contains(spelled(text));
  }

  /** The text without what is no letter at its ends. */
  private static String withoutDecoration(String text) {
    return text.replaceAll("^\\P{L}+|\\P{L}+$", "");
  }

  private static String spelled(String text) {
    var letters = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      letters.setCharAt(i, LETTERS.getOrDefault(text.charAt(i), text.charAt(i)));
    }
    return letters.toString();
  }

  /** The shortest text that, repeated, makes {@code text}; a last part of it may be missing. */
  private static String repeated(String text) {
    for (int length = 1; length <= text.length() / 2; length++) {
      if (text.regionMatches(0, text, length, text.length() - length)) {
        return text.substring(0, length);
      }
    }
    return text;
  }

  private static Set<String> read() {
    try (InputStream in = CommonPasswords.class.getResourceAsStream(LIST)) {
      if (in == null) {
        throw new IllegalStateException("The list of common passwords is missing");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("# "))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
