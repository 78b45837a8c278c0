package bulla.pim.access;

import bulla.commonops.problem.CommonProblem;
import java.util.Locale;

/** How much is told of a user's access. */
enum AccessDetail {
  /** The rights. */
  SIMPLE,
  /** The rights, and the roles and rules that say so. */
  ADVANCED;

  /**
   * Reads the query parameter as it came; null is {@link #SIMPLE}.
   *
   * @throws bulla.commonops.problem.Problem 400 where it is neither
   */
  static AccessDetail of(String view) {
    return switch (view == null ? "simple" : view.toLowerCase(Locale.ROOT)) {
      case "simple" -> SIMPLE;
      case "advanced" -> ADVANCED;
      default ->
          throw CommonProblem.INVALID_PARAMETER.because("view must be simple or advanced", "view");
    };
  }
}
