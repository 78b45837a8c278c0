package bulla.protector.cli;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** CSV (RFC 4180) in UTF-8, with a header row. */
final class CsvLayout implements RowLayout {
  /** In characters, quotes counted twice, as they are written: so much the reader takes. */
  private static final int LONGEST_FIELD = 16_000_000;

  private static final int SURELY_READ = LONGEST_FIELD / 2;

  private final char delimiter;

  /**
   * @param delimiter what separates fields
   */
  CsvLayout(char delimiter) {
    this.delimiter = delimiter;
  }

  @Override
  public RowSource open(InputStream input, List<String> columns) throws IOException {
    var in = CsvForm.lookingAhead(input);
    CsvForm form = CsvForm.detect(in);
    // A decoder of its own reports what is not UTF-8; the default one would replace it.
    var reader = new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
    return new Source(form, csvReader(reader), columns);
  }

  private CsvReader<CsvRecord> csvReader(InputStreamReader reader) {
    return CsvReader.builder()
        .fieldSeparator(delimiter)
        .skipEmptyLines(false)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowUnclosedQuote(false)
        .ofCsvRecord(reader);
  }

  private final class Source implements RowSource {
    private final CsvForm form;
    private final CsvReader<CsvRecord> csv;
    private final CloseableIterator<CsvRecord> records;
    private final List<String> header;
    private final int[] places;
    private long nextLine = 1;

    Source(CsvForm form, CsvReader<CsvRecord> csv, List<String> columns) {
      this.form = form;
      this.csv = csv;
      this.records = csv.iterator();
      if (!hasNext()) {
        throw CommandFailedException.failed("the input is empty; it needs a header row");
      }
      this.header = nextRecord().getFields();
      this.places = places(header, columns);
    }

    @Override
    public Row next() throws IOException {
      try {
        if (!hasNext()) {
          return null;
        }
        CsvRecord csvRecord = nextRecord();
        requireWidth(csvRecord, header.size());
        return new Fields(
            csvRecord.getFields().toArray(String[]::new),
            places,
            csvRecord.getStartingLineNumber());
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    @Override
    public RowSink sink(OutputStream out, boolean begun) throws IOException {
      if (!begun) {
        form.writeMark(out);
      }
      // In a file of one column an empty field without quotes would be a blank line, which many
      // programs skip.
      QuoteStrategy quotes = header.size() == 1 ? QuoteStrategies.EMPTY : QuoteStrategies.REQUIRED;
      CsvWriter writer =
          CsvWriter.builder()
              .fieldSeparator(delimiter)
              .lineDelimiter(form.lineDelimiter())
              .quoteStrategy(quotes)
              .build(out, StandardCharsets.UTF_8);
      if (!begun) {
        writer.writeRecord(header);
      }
      return new Sink(writer);
    }

    private boolean hasNext() {
      try {
        return records.hasNext();
      } catch (CsvParseException e) {
        // Its own message quotes a character of the value.
        throw CommandFailedException.failed(
            "line "
                + nextLine
                + ": this is not CSV: a quote that is not closed, text after a closing quote, a"
                + " field of more than 16 million characters, or more than 16,384 fields");
      } catch (UncheckedIOException e) {
        if (e.getCause() instanceof CharacterCodingException) {
          throw CommandFailedException.failed(
              "the input is not UTF-8, somewhere after line "
                  + (nextLine - 1)
                  + "; convert it first");
        }
        throw e;
      }
    }

    private CsvRecord nextRecord() {
      CsvRecord csvRecord = records.next();
      nextLine = csvRecord.getStartingLineNumber() + 1;
      for (String field : csvRecord.getFields()) {
        nextLine += field.chars().filter(c -> c == '\n').count();
      }
      return csvRecord;
    }

    @Override
    public void close() throws IOException {
      records.close();
      csv.close();
    }
  }

  private static int[] places(List<String> header, List<String> columns) {
    // No name of the header row is shown: where that is missing, they are somebody's values.
    Map<String, Integer> names = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      Integer same = names.put(header.get(i), i);
      if (same != null) {
        throw CommandFailedException.failed(
            "columns %d and %d of the header row have the same name; rename one"
                .formatted(same + 1, i + 1));
      }
    }
    var places = new int[columns.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = header.indexOf(columns.get(i));
      if (places[i] < 0) {
        throw CommandFailedException.wrongUsage(
            "there is no column %s in the header row (columns: %d); is --delimiter right?"
                .formatted(columns.get(i), header.size()));
      }
    }
    return places;
  }

  // A blank line reads as one empty field, and stays a blank line.
  private static void requireWidth(CsvRecord csvRecord, int width) {
    int fields = csvRecord.getFieldCount();
    boolean blank = fields == 1 && csvRecord.getField(0).isEmpty();
    if (fields != width && !blank) {
      throw CommandFailedException.failed(
          "line %d: it has %d fields, the header row has %d; is --delimiter right?"
              .formatted(csvRecord.getStartingLineNumber(), fields, width));
    }
  }

  private static final class Fields implements Row {
    private final String[] fields;
    private final int[] places;
    private final long line;

    Fields(String[] fields, int[] places, long line) {
      this.fields = fields;
      this.places = places;
      this.line = line;
    }

    @Override
    public String value(int column) {
      return places[column] < fields.length ? fields[places[column]] : null;
    }

    @Override
    public void replace(int column, String result) {
      fields[places[column]] = result == null ? "" : result;
    }

    @Override
    public long line() {
      return line;
    }

    @Override
    public int characters() {
      int characters = 0;
      for (String field : fields) {
        characters += field.length();
      }
      return characters;
    }
  }

  private static final class Sink implements RowSink {
    private final CsvWriter writer;

    Sink(CsvWriter writer) {
      this.writer = writer;
    }

    @Override
    public void write(Row row) throws IOException {
      String[] fields = ((Fields) row).fields;
      for (String field : fields) {
        if (field.length() > SURELY_READ && inQuotes(field) > LONGEST_FIELD) {
          throw CommandFailedException.failed(
              "line %d: a result has more than 16 million characters, which no command could read"
                  .formatted(row.line()));
        }
      }
      try {
        writer.writeRecord(fields);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    private static long inQuotes(String field) {
      return field.length() + field.chars().filter(c -> c == '"').count();
    }

    @Override
    public void flush() throws IOException {
      writer.flush();
    }

    @Override
    public void close() throws IOException {
      writer.close();
    }
  }
}
