package bulla.identity.user;

import bulla.commonops.problem.CommonProblem;
import bulla.identity.name.Names;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * Which users a list is to have: those whose name and whose email contain these texts, in any
 * letter case. The texts are compared as they are; no character in them stands for others.
 *
 * @param name null for any name
 * @param email null for any email, or none
 */
record UserSearch(String name, String email) {
  static final UserSearch ALL = new UserSearch(null, null);

  private static final int LONGEST = 254;

  /**
   * Reads the query parameters as they came.
   *
   * @throws bulla.commonops.problem.Problem 400 naming the parameter that is too long
   */
  static UserSearch of(String name, String email) {
    return new UserSearch(
        text("username", name).map(Names::key).orElse(null),
        text("email", email)
            .map(text -> Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFC))
            .orElse(null));
  }

  boolean isForAll() {
    return name == null && email == null;
  }

  /**
   * A pattern for LIKE with the escape character {@code !}, which has no meaning in any dialect's
   * string literals.
   */
  static String pattern(String text) {
    String escaped = text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    return "%" + escaped + "%";
  }

  private static Optional<String> text(String parameter, String text) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    if (text.length() > LONGEST) {
      throw CommonProblem.INVALID_PARAMETER.because(
          parameter + " has at most " + LONGEST + " characters", parameter);
    }
    return Optional.of(text);
  }
}
