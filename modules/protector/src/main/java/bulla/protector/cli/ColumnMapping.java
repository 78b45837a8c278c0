package bulla.protector.cli;

import static bulla.protector.cli.CommandFailedException.wrongUsage;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What {@code --column} says: which column holds the values of which data elements.
 *
 * @param column the name in the header row
 * @param elements one data element, or the old and the new one of a reprotect
 */
record ColumnMapping(String column, List<String> elements) {
  /** {@code column=ELEMENT} each. */
  static List<ColumnMapping> toOneElement(List<String> options) {
    return parse(options, 1, "column=ELEMENT, such as card=DE_CARD");
  }

  /** {@code column=OLD:NEW} each. */
  static List<ColumnMapping> toTwoElements(List<String> options) {
    return parse(options, 2, "column=OLD:NEW, such as card=DE_CARD:DE_CARD_2");
  }

  private static List<ColumnMapping> parse(List<String> options, int elements, String form) {
    List<ColumnMapping> mappings = new ArrayList<>();
    Set<String> columns = new HashSet<>();
    for (String option : options) {
      ColumnMapping mapping = parse(option, elements, form);
      if (!columns.add(mapping.column())) {
        throw wrongUsage("--column names the column " + mapping.column() + " twice");
      }
      mappings.add(mapping);
    }
    return mappings;
  }

  // At the last equals sign: a column's name may hold one, a data element's does not need to.
  private static ColumnMapping parse(String option, int elements, String form) {
    int equals = option.lastIndexOf('=');
    List<String> names =
        elements == 1
            ? List.of(option.substring(equals + 1))
            : List.of(option.substring(equals + 1).split(":", -1));
    if (equals < 1 || names.size() != elements || names.stream().anyMatch(String::isBlank)) {
      throw wrongUsage("--column " + option + ": the form is " + form);
    }
    return new ColumnMapping(option.substring(0, equals), names);
  }
}
