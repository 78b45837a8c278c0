package bulla.identity.group;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a group: 1 to 128 letters, digits, spaces and {@code _ . : @ + -}, starting and
 * ending with a letter or digit. Names that differ in letter case alone are the same.
 *
 * @param text the name in Unicode's normal form C
 */
public record GroupName(@JsonValue String text) {
  private static final int LONGEST = 128;
  private static final Pattern ALLOWED =
      Pattern.compile("[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N} _.:@+-]{0,126}[\\p{L}\\p{M}\\p{N}])?");

  /**
   * Checks a name.
   *
   * @throws IllegalArgumentException with a message for the client
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public GroupName {
    // Normalisation may shorten a text, but its cost must not be for the client to choose.
    text = text.length() > 4 * LONGEST ? "" : Normalizer.normalize(text, Normalizer.Form.NFC);
    if (!ALLOWED.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "A group's name has 1 to 128 letters, digits, spaces and _ . : @ + -, and starts and ends"
              + " with a letter or digit");
    }
  }

  /** The name, where it is one: whatever is not belongs to no group. */
  static Optional<GroupName> parse(String text) {
    try {
      return Optional.ofNullable(text).map(GroupName::new);
    } catch (IllegalArgumentException noGroupCanHaveIt) {
      return Optional.empty();
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
