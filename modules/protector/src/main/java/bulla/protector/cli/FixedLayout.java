package bulla.protector.cli;

import static bulla.protector.cli.CommandFailedException.wrongUsage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fixed columns: each column is a range of characters (Unicode code points) of each line, the same
 * in all of them. Spaces at the end of a value fill it up and are none of it; a result must fit
 * into the same range.
 */
final class FixedLayout implements RowLayout {
  private static final Pattern FIELD = Pattern.compile("(.+)=([1-9][0-9]{0,6})-([1-9][0-9]{0,6})");

  private final Map<String, Range> ranges;

  private FixedLayout(Map<String, Range> ranges) {
    this.ranges = ranges;
  }

  /** From the first to before the last character, counted from 0. */
  private record Range(int from, int to) {
    boolean overlaps(Range other) {
      return from < other.to && other.from < to;
    }
  }

  /** As {@code --field} says: {@code card=1-16}, the first and the last character from 1. */
  static FixedLayout of(List<String> fields) {
    Map<String, Range> ranges = new LinkedHashMap<>();
    for (String field : fields) {
      Matcher matcher = FIELD.matcher(field);
      if (!matcher.matches()) {
        throw wrongUsage("--field " + field + ": the form is column=FIRST-LAST, such as card=1-16");
      }
      var range =
          new Range(Integer.parseInt(matcher.group(2)) - 1, Integer.parseInt(matcher.group(3)));
      if (range.from >= range.to) {
        throw wrongUsage("--field " + field + ": it ends before it begins");
      }
      if (ranges.values().stream().anyMatch(range::overlaps)) {
        throw wrongUsage("--field " + field + ": it overlaps another one");
      }
      if (ranges.put(matcher.group(1), range) != null) {
        throw wrongUsage("--field names the column " + matcher.group(1) + " twice");
      }
    }
    return new FixedLayout(ranges);
  }

  @Override
  public RowSource open(InputStream in, List<String> columns) {
    List<Range> used = new ArrayList<>();
    for (String column : columns) {
      if (!ranges.containsKey(column)) {
        throw wrongUsage("say by --field " + column + "=FIRST-LAST where that column stands");
      }
      used.add(ranges.get(column));
    }
    var lines = new Lines(in);
    return new RowSource() {
      @Override
      public Row next() throws IOException {
        String line = lines.next();
        return line == null ? null : new Line(line, columns, used, lines.number());
      }

      @Override
      public RowSink sink(OutputStream out, boolean begun) {
        return new LineSink(out, lines);
      }

      @Override
      public void close() throws IOException {
        lines.close();
      }
    };
  }

  private static final class Line implements Row {
    private final int[] characters;
    private final List<String> columns;
    private final List<Range> ranges;
    private final long number;

    Line(String line, List<String> columns, List<Range> ranges, long number) {
      this.characters = line.codePoints().toArray();
      this.columns = columns;
      this.ranges = ranges;
      this.number = number;
    }

    @Override
    public String value(int column) {
      if (characters.length == 0) {
        return null;
      }
      Range range = ranges.get(column);
      if (characters.length < range.to) {
        throw CommandFailedException.failed(
            "line %d, column %s: the line has %d characters, the column ends at %d"
                .formatted(number, columns.get(column), characters.length, range.to));
      }
      int to = range.to;
      while (to > range.from && characters[to - 1] == ' ') {
        to--;
      }
      return new String(characters, range.from, to - range.from);
    }

    @Override
    public void replace(int column, String result) {
      Range range = ranges.get(column);
      int[] placed = (result == null ? "" : result).codePoints().toArray();
      if (placed.length > range.to - range.from) {
        throw CommandFailedException.failed(
            "line %d, column %s: the result has %d characters, the column %d"
                .formatted(number, columns.get(column), placed.length, range.to - range.from));
      }
      if (placed.length > 0
          && (placed[placed.length - 1] == ' '
              || Arrays.stream(placed).anyMatch(c -> c == '\n' || c == '\r'))) {
        throw CommandFailedException.failed(
            "line %d, column %s: the result ends with a space or has a line break, which fixed columns cannot keep; use --format csv or jsonl"
                .formatted(number, columns.get(column)));
      }
      for (int i = range.from; i < range.to; i++) {
        int at = i - range.from;
        characters[i] = at < placed.length ? placed[at] : ' ';
      }
    }

    @Override
    public long line() {
      return number;
    }

    @Override
    public int characters() {
      return characters.length;
    }

    /** The line as it is written. */
    @Override
    public String toString() {
      return new String(characters, 0, characters.length);
    }
  }
}
