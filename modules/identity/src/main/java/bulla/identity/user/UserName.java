package bulla.identity.user;

import bulla.identity.name.Names;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name that a user logs in with: 1 to 128 UTF-16 units of any script, without control and
 * invisible format characters, without a colon (RFC 7617 section 2 ends the name there), and not
 * starting or ending with a space. Names that differ in letter case or in the composition of their
 * characters alone are the same.
 *
 * @param text the name in Unicode's normal form C
 */
public record UserName(@JsonValue String text) {
  private static final Pattern ALLOWED =
      Pattern.compile("[^\\p{C}\\p{Z}:](?:[^\\p{C}\\p{Zl}\\p{Zp}:]*[^\\p{C}\\p{Z}:])?");

  /**
   * Checks a name.
   *
   * @throws IllegalArgumentException with a message for the client
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public UserName {
    text = Names.normalised(text);
    if (text.isEmpty() || text.length() > Names.LONGEST) {
      throw new IllegalArgumentException("A user's name has 1 to " + Names.LONGEST + " characters");
    }
    if (!ALLOWED.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "A user's name has no colon and no control characters, and neither starts nor ends with a"
              + " space");
    }
  }

  /** The name, where it is one: whatever is not belongs to no user. */
  static Optional<UserName> parse(String text) {
    try {
      return Optional.of(new UserName(text));
    } catch (IllegalArgumentException nobodyCanHaveIt) {
      return Optional.empty();
    }
  }

  /**
   * The name as it is compared, of at most a few hundred characters; empty for every text that no
   * user can have as a name.
   */
  public static String keyOf(String text) {
    return parse(text).map(UserName::key).orElse("");
  }

  /** The name as it is compared. */
  String key() {
    return Names.key(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
