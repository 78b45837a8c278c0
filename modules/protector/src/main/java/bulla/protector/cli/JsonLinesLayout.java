package bulla.protector.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * JSON lines: one object a line, whose members are the columns. The values that are worked on are
 * texts; where one is null, absent or empty it stays so, and a result that is null becomes null.
 */
final class JsonLinesLayout implements RowLayout {
  // The members that pass by keep their numbers to the last digit, if not their form: 1e9 comes out
  // as 1E+9.
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final long CHARACTERS_OF_A_VALUE = 50;
  private static final Pattern HALF = Pattern.compile("\\\\u[dD][89a-fA-F]");

  private final boolean allowMissing;

  /**
   * A layout.
   *
   * @param allowMissing whether a column may be in no line
   */
  JsonLinesLayout(boolean allowMissing) {
    this.allowMissing = allowMissing;
  }

  @Override
  public RowSource open(InputStream in, List<String> columns) {
    var lines = new Lines(in);
    var missing = new LinkedHashSet<>(columns);
    return new RowSource() {
      private boolean any;

      @Override
      public Row next() throws IOException {
        String line = lines.next();
        if (line == null) {
          return null;
        }
        Members row = row(line, columns, lines.number());
        any |= row.membersOrNull != null;
        missing.removeIf(row::has);
        return row;
      }

      /** Values that nobody has worked on would go out as they came in. */
      @Override
      public void requireColumns() {
        if (any && !allowMissing && !missing.isEmpty()) {
          throw CommandFailedException.wrongUsage(
              "no line of the input has a member %s; where that may be so, give --allow-missing"
                  .formatted(FileCommand.listed(List.copyOf(missing))));
        }
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

  private static Members row(String line, List<String> columns, long number) {
    if (line.isBlank()) {
      return new Members(null, columns, number, line.length());
    }
    try {
      if (JSON.readTree(line) instanceof ObjectNode members) {
        requireWholeLetters(line, members, number);
        return new Members(members, columns, number, weight(line));
      }
    } catch (StreamConstraintsException | NumberFormatException e) {
      throw CommandFailedException.failed(
          "line "
              + number
              + ": a number of more than 1,000 digits or out of range, a name of more than 50,000"
              + " characters, or more than 1,000 objects and arrays in each other");
    } catch (JsonProcessingException e) {
      // Its message may show the value.
      throw notAnObject(number);
    }
    throw notAnObject(number);
  }

  /** Only by an escape there can be half of a surrogate pair, for which UTF-8 has no bytes. */
  private static void requireWholeLetters(String line, ObjectNode members, long number) {
    if (HALF.matcher(line).find()
        && !StandardCharsets.UTF_8.newEncoder().canEncode(members.toString())) {
      throw CommandFailedException.failed(
          "line " + number + ": an escape is half of a surrogate pair, which is no character");
    }
  }

  /** In characters: an object or a value takes many times the memory of its shortest text. */
  private static int weight(String line) {
    long values = line.chars().filter(c -> c == '{' || c == '[' || c == ',').count();
    return (int) Math.min(Integer.MAX_VALUE, line.length() + CHARACTERS_OF_A_VALUE * values);
  }

  private static CommandFailedException notAnObject(long line) {
    return CommandFailedException.failed(
        "line " + line + ": this is not a JSON object of distinct members; is --format right?");
  }

  private static final class Members implements Row {
    private final ObjectNode membersOrNull;
    private final List<String> columns;
    private final long line;
    private final int characters;

    Members(ObjectNode membersOrNull, List<String> columns, long line, int characters) {
      this.membersOrNull = membersOrNull;
      this.columns = columns;
      this.line = line;
      this.characters = characters;
    }

    boolean has(String column) {
      return membersOrNull != null && membersOrNull.has(column);
    }

    @Override
    public String value(int column) {
      JsonNode value = membersOrNull == null ? null : membersOrNull.get(columns.get(column));
      if (value == null || value.isNull()) {
        return null;
      }
      if (!value.isTextual()) {
        throw CommandFailedException.failed(
            "line %d, column %s: the value must be a text in quotes"
                .formatted(line, columns.get(column)));
      }
      return value.textValue();
    }

    @Override
    public void replace(int column, String result) {
      membersOrNull.put(columns.get(column), result);
    }

    @Override
    public long line() {
      return line;
    }

    @Override
    public int characters() {
      return characters;
    }

    /** The line as it is written. */
    @Override
    public String toString() {
      return membersOrNull == null ? "" : membersOrNull.toString();
    }
  }
}
