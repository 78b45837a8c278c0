package bulla.pim.source;

import bulla.commonops.http.Printable;
import java.util.regex.Pattern;

/** The names that users and groups may have. */
final class MemberNames {
  static final int LONGEST = 255;

  /** How many users, groups or memberships a source may have. */
  static final int MOST = 1_000_000;

  private static final Pattern PRINTABLE = Pattern.compile(Printable.TEXT);

  private MemberNames() {}

  /** Whether a member of a role can have this name, apart from its length. */
  static boolean isPrintable(String name) {
    return PRINTABLE.matcher(name).matches();
  }

  /**
   * Whether a member of a role can have this name. Those that cannot are left out of what a
   * directory holds: nobody can be given rights under them, and one of them should not keep
   * everybody else out.
   */
  static boolean isUsable(String name) {
    return name != null && !name.isBlank() && name.length() <= LONGEST && isPrintable(name);
  }

  /**
   * Makes sure that a source is not larger than the server can hold.
   *
   * @throws UnreadableSourceException in this step
   */
  static void requireFew(SourceStep step, int count) throws UnreadableSourceException {
    if (count > MOST) {
      throw new UnreadableSourceException(step, "There are more than " + MOST);
    }
  }
}
