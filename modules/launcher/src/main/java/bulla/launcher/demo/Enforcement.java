package bulla.launcher.demo;

import bulla.launcher.CommandFailure;
import bulla.launcher.demo.Story.Column;
import java.util.List;
import java.util.Map;

/** What the files of the demonstration must show; without it nothing is demonstrated. */
final class Enforcement {
  /** A short token may be by chance what it stands for. */
  private static final double MOST_UNCHANGED = 0.01;

  private Enforcement() {}

  /**
   * Checks that the protector has protected and revealed what the rules say. A file is its records,
   * the header first.
   *
   * @param clear the input
   * @param sealed the protected file
   * @param seen what each role sees, by its name
   * @throws CommandFailure naming the column that is not as it should be
   */
  static void require(
      List<List<String>> clear, List<List<String>> sealed, Map<String, List<List<String>>> seen) {
    if (clear.size() < 2) {
      throw new CommandFailure("The input has no rows");
    }
    requireRowsOf(clear, "input", clear);
    requireRowsOf(clear, "protected file", sealed);
    seen.forEach((role, view) -> requireRowsOf(clear, "view of the role " + role, view));
    requireProtected(clear, sealed);
    if (!seen.get(Story.FRAUD).equals(clear)) {
      throw new CommandFailure("The role " + Story.FRAUD + " does not see the input");
    }
    requireView(Story.SUPPORT, clear, sealed, seen, Enforcement::isForSupport);
    requireView(Story.ANALYST, clear, sealed, seen, Enforcement::isForAnalyst);
  }

  /** Checks that the protector has refused the package because it was altered. */
  static void requireRefusal(String said) {
    if (!said.contains("altered or damaged")) {
      throw new CommandFailure("The altered package was refused for another reason: " + said);
    }
  }

  /** The same rows and columns; what no data element is for is as in the input. */
  private static void requireRowsOf(
      List<List<String>> clear, String name, List<List<String>> file) {
    if (file.size() != clear.size()) {
      throw new CommandFailure(
          "The %s has %d rows, and the input %d"
              .formatted(name, file.size() - 1, clear.size() - 1));
    }
    List<String> header = clear.get(0);
    if (!file.get(0).equals(header)) {
      throw new CommandFailure(
          "The %s has the columns %s, and the input %s".formatted(name, file.get(0), header));
    }
    List<String> elements = Story.COLUMNS.stream().map(Column::column).toList();
    if (!header.containsAll(elements)) {
      throw new CommandFailure("The input has not all of the columns " + elements);
    }
    for (int row = 1; row < file.size(); row++) {
      if (file.get(row).size() != header.size()) {
        throw new CommandFailure(
            "The %s has %d fields in row %d instead of %d"
                .formatted(name, file.get(row).size(), row, header.size()));
      }
      for (int place = 0; place < header.size(); place++) {
        if (!elements.contains(header.get(place))
            && !file.get(row).get(place).equals(clear.get(row).get(place))) {
          throw new CommandFailure(
              "The %s differs from the input in row %d, column %s, which has no data element"
                  .formatted(name, row, header.get(place)));
        }
      }
    }
  }

  private static void requireProtected(List<List<String>> clear, List<List<String>> sealed) {
    for (Column column : Story.COLUMNS) {
      int place = clear.get(0).indexOf(column.column());
      int values = 0;
      int unchanged = 0;
      for (int row = 1; row < clear.size(); row++) {
        String value = clear.get(row).get(place);
        values += value.isEmpty() ? 0 : 1;
        unchanged += !value.isEmpty() && value.equals(sealed.get(row).get(place)) ? 1 : 0;
      }
      if (column.isProtected() && (values == 0 || unchanged > values * MOST_UNCHANGED)) {
        throw new CommandFailure(
            "The column %s is not protected: %d of %d values are as in the input"
                .formatted(column.column(), unchanged, values));
      }
    }
  }

  /** Whether a role's view of a field is what the rules say. */
  private interface Rule {
    boolean holds(Column column, String clear, String sealed, String seen);
  }

  private static boolean isForSupport(Column column, String clear, String sealed, String seen) {
    String mask = column.supportMask() == null ? Story.OWN_MASK : column.supportMask();
    return seen.equals(Story.masked(mask, clear));
  }

  private static boolean isForAnalyst(Column column, String clear, String sealed, String seen) {
    return seen.equals(column.tokensForAnalyst() ? sealed : "");
  }

  private static void requireView(
      String role,
      List<List<String>> clear,
      List<List<String>> sealed,
      Map<String, List<List<String>>> views,
      Rule rule) {
    List<List<String>> seen = views.get(role);
    List<String> header = clear.get(0);
    for (int row = 1; row < clear.size(); row++) {
      for (Column column : Story.COLUMNS) {
        int place = header.indexOf(column.column());
        if (!rule.holds(
            column,
            clear.get(row).get(place),
            sealed.get(row).get(place),
            seen.get(row).get(place))) {
          throw new CommandFailure(
              "The role %s does not see what its rule says: row %d, column %s"
                  .formatted(role, row, column.column()));
        }
      }
    }
  }
}
