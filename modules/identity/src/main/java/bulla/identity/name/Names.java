package bulla.identity.name;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the names of users, groups and roles have in common. */
public final class Names {
  /** The most UTF-16 units of a name. */
  public static final int LONGEST = 128;

  private static final Pattern PLAIN =
      Pattern.compile("[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N} _.:@+-]{0,126}[\\p{L}\\p{M}\\p{N}])?");

  private Names() {}

  /**
   * A text in Unicode's normal form C; empty for one that is far too long for a name. Normalisation
   * may shorten a text, but its cost, which grows with the square of the number of marks on one
   * letter, must not be for the client to choose.
   */
  public static String normalised(String text) {
    return text.length() > 4 * LONGEST ? "" : Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /**
   * A name of letters, digits, spaces and {@code _ . : @ + -}, as groups and roles have it, in
   * normal form C.
   *
   * @param whose whose name it is, for the message: {@code A role's}
   * @throws IllegalArgumentException with a message for the client
   */
  public static String plain(String text, String whose) {
    String normalised = normalised(text);
    if (!PLAIN.matcher(normalised).matches()) {
      throw new IllegalArgumentException(
          whose
              + " name has 1 to 128 letters, digits, spaces and _ . : @ + -, and starts and ends"
              + " with a letter or digit");
    }
    return normalised;
  }

  /**
   * A name as it is compared: names that differ in letter case alone have the same key. In upper
   * case first, because some letters have two lower case forms of which the place decides.
   */
  public static String key(String name) {
    return Normalizer.normalize(
        name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }
}
