package bulla.protector.cli;

import java.util.function.UnaryOperator;

/**
 * What happens to one column.
 *
 * @param column the name in the header row
 * @param step gives for some values, none of them empty, as many results; null is an empty field
 */
record ColumnWork(String column, UnaryOperator<String[]> step) {}
