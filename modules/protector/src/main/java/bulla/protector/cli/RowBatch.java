package bulla.protector.cli;

import bulla.protector.ProtectorException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Some rows that are worked on together and then written. */
final class RowBatch {
  private static final int MOST_ROWS = 1_000;
  private static final int MOST_CHARACTERS = 1 << 20;

  private final List<Row> rows = new ArrayList<>(MOST_ROWS);

  private RowBatch() {}

  /**
   * The next rows of {@code source}: as many as neither take too much memory nor too long to show
   * progress; none at its end.
   */
  static RowBatch read(RowSource source) throws IOException {
    var batch = new RowBatch();
    long characters = 0;
    while (batch.rows.size() < MOST_ROWS && characters < MOST_CHARACTERS) {
      Row row = source.next();
      if (row == null) {
        break;
      }
      batch.rows.add(row);
      characters += row.characters();
    }
    return batch;
  }

  List<Row> rows() {
    return rows;
  }

  /** Works on each column; the empty values stay as they are. */
  RowBatch transform(List<ColumnWork> works) {
    for (int column = 0; column < works.size(); column++) {
      transform(works.get(column), column);
    }
    return this;
  }

  private void transform(ColumnWork work, int column) {
    List<String> values = new ArrayList<>(rows.size());
    List<Row> places = new ArrayList<>(rows.size());
    for (Row row : rows) {
      String value = row.value(column);
      if (value != null && !value.isEmpty()) {
        values.add(value);
        places.add(row);
      }
    }
    String[] results;
    try {
      results = work.step().apply(values.toArray(String[]::new));
    } catch (ProtectorException e) {
      if (e.index().isEmpty()) {
        throw e;
      }
      throw CommandFailedException.failed(
          "line %d, column %s: %s (code %d)"
              .formatted(
                  places.get(e.index().getAsInt()).line(),
                  work.column(),
                  reason(e),
                  e.code().number()));
    }
    for (int i = 0; i < results.length; i++) {
      places.get(i).replace(column, results[i]);
    }
  }

  // The caller's own data: here the reason is told, which the message of an unprotect keeps back.
  private static String reason(ProtectorException e) {
    return e.getMessage().startsWith(e.code().text())
        ? e.getMessage()
        : e.getMessage() + " " + e.code().text();
  }
}
