package bulla.protector.cli;

import bulla.protector.ProtectorException;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.List;

/** Some rows of a CSV file that are worked on together and then written. */
final class CsvBatch {
  private static final int MOST_ROWS = 1_000;
  private static final int MOST_CHARACTERS = 1 << 20;

  private final List<String[]> rows = new ArrayList<>(MOST_ROWS);
  private final List<Long> lines = new ArrayList<>(MOST_ROWS);
  private int characters;

  void add(CsvRecord csvRecord) {
    var row = csvRecord.getFields().toArray(String[]::new);
    for (String field : row) {
      characters += field.length();
    }
    rows.add(row);
    lines.add(csvRecord.getStartingLineNumber());
  }

  /** True when more rows would take too much memory, or too long to show progress. */
  boolean isFull() {
    return rows.size() >= MOST_ROWS || characters >= MOST_CHARACTERS;
  }

  List<String[]> rows() {
    return rows;
  }

  void clear() {
    rows.clear();
    lines.clear();
    characters = 0;
  }

  /** Replaces the fields at {@code column}; the empty ones stay as they are. */
  void transform(ColumnWork work, int column) {
    List<String> values = new ArrayList<>(rows.size());
    List<Integer> places = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      String[] row = rows.get(i);
      if (column < row.length && !row[column].isEmpty()) {
        values.add(row[column]);
        places.add(i);
      }
    }
    String[] results;
    try {
      results = work.step().apply(values.toArray(String[]::new));
    } catch (ProtectorException e) {
      if (e.index().isEmpty()) {
        throw e;
      }
      long line = lines.get(places.get(e.index().getAsInt()));
      throw CommandFailedException.failed(
          "line %d, column %s: %s (code %d)"
              .formatted(line, work.column(), reason(e), e.code().number()));
    }
    for (int i = 0; i < results.length; i++) {
      rows.get(places.get(i))[column] = results[i] == null ? "" : results[i];
    }
  }

  // The caller's own data: here the reason is told, which the message of an unprotect keeps back.
  private static String reason(ProtectorException e) {
    return e.getMessage().equals(e.code().text())
        ? e.getMessage()
        : e.getMessage() + " " + e.code().text();
  }
}
