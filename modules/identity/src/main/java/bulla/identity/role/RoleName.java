package bulla.identity.role;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a role: 1 to 128 letters, digits, spaces and {@code _ . : @ + -}, starting and ending
 * with a letter or digit. Names that differ in letter case alone are the same.
 *
 * @param text the name in Unicode's normal form C
 */
public record RoleName(@JsonValue String text) {
  private static final Pattern ALLOWED =
      Pattern.compile("[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N} _.:@+-]{0,126}[\\p{L}\\p{M}\\p{N}])?");

  /**
   * Checks a name.
   *
   * @throws IllegalArgumentException with a message for the client
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RoleName {
    text = Normalizer.normalize(text, Normalizer.Form.NFC);
    if (!ALLOWED.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "A role's name has 1 to 128 letters, digits, spaces and _ . : @ + -, and starts and ends"
              + " with a letter or digit");
    }
  }

  /** The name as it is compared. */
  String key() {
    return Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }

  @Override
  public String toString() {
    return text;
  }
}
