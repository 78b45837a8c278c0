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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Streams a CSV file (RFC 4180, UTF-8, with a header row) from an input to an output and works on
 * some of its columns. It holds one batch of rows at a time. Nothing is written before the first
 * batch is done, so an input that is refused as a whole leaves no trace.
 */
final class CsvJob {
  private final char delimiter;
  private final List<ColumnWork> works;
  private final LongConsumer progress;
  private long rows;
  private long nextLine = 1;

  /**
   * @param delimiter what separates fields
   * @param works what happens to which columns
   * @param progress is told the number of rows that are done, again and again
   */
  CsvJob(char delimiter, List<ColumnWork> works, LongConsumer progress) {
    this.delimiter = delimiter;
    this.works = List.copyOf(works);
    this.progress = progress;
  }

  /**
   * Does it.
   *
   * @param output asked for once, when there is something to write
   * @return the number of rows, the header row not counted
   * @throws CommandFailedException when the input is not what it must be
   * @throws IOException when it cannot be read or written
   */
  long run(InputStream input, Supplier<OutputStream> output) throws IOException {
    var in = CsvForm.lookingAhead(input);
    CsvForm form = CsvForm.detect(in);
    // A decoder of its own reports what is not UTF-8; the default one would replace it.
    var reader = new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
    try (var csv = csvReader(reader);
        CloseableIterator<CsvRecord> records = csv.iterator()) {
      if (!hasNext(records)) {
        throw CommandFailedException.failed("the input is empty; it needs a header row");
      }
      List<String> header = next(records).getFields();
      int[] columns = columns(header);
      var batch = new CsvBatch();
      fill(batch, records, header.size());
      transform(batch, columns);
      var out = output.get();
      form.writeMark(out);
      try (CsvWriter writer = csvWriter(out, form, header.size())) {
        writer.writeRecord(header);
        write(batch, writer);
        while (hasNext(records)) {
          fill(batch, records, header.size());
          transform(batch, columns);
          write(batch, writer);
        }
      }
      return rows;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The number of rows that were handed to the output so far. */
  long rows() {
    return rows;
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

  private CsvWriter csvWriter(OutputStream out, CsvForm form, int columns) {
    // In a file of one column an empty field without quotes would be a blank line, which many
    // programs skip.
    QuoteStrategy quotes = columns == 1 ? QuoteStrategies.EMPTY : QuoteStrategies.REQUIRED;
    return CsvWriter.builder()
        .fieldSeparator(delimiter)
        .lineDelimiter(form.lineDelimiter())
        .quoteStrategy(quotes)
        .build(out, StandardCharsets.UTF_8);
  }

  private int[] columns(List<String> header) {
    Set<String> names = new LinkedHashSet<>();
    for (String name : header) {
      if (!names.add(name)) {
        throw CommandFailedException.failed(
            "the header row has two columns named \"" + name + "\"; rename one");
      }
    }
    var columns = new int[works.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = header.indexOf(works.get(i).column());
      if (columns[i] < 0) {
        throw CommandFailedException.wrongUsage(
            "there is no column %s in the input; it has: %s"
                .formatted(works.get(i).column(), String.join(", ", header)));
      }
    }
    return columns;
  }

  private void fill(CsvBatch batch, CloseableIterator<CsvRecord> records, int width) {
    batch.clear();
    while (!batch.isFull() && hasNext(records)) {
      CsvRecord csvRecord = next(records);
      requireWidth(csvRecord, width);
      batch.add(csvRecord);
    }
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

  private void transform(CsvBatch batch, int[] columns) {
    for (int i = 0; i < columns.length; i++) {
      batch.transform(works.get(i), columns[i]);
    }
  }

  private void write(CsvBatch batch, CsvWriter writer) {
    for (String[] row : batch.rows()) {
      writer.writeRecord(row);
    }
    rows += batch.rows().size();
    progress.accept(rows);
  }

  private boolean hasNext(CloseableIterator<CsvRecord> records) {
    try {
      return records.hasNext();
    } catch (CsvParseException e) {
      // Its own message quotes a character of the value.
      throw CommandFailedException.failed(
          "line "
              + nextLine
              + ": this is not CSV: a quote that is not closed, text after a closing quote, or a"
              + " field of more than 16 million characters");
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

  private CsvRecord next(CloseableIterator<CsvRecord> records) {
    CsvRecord csvRecord = records.next();
    nextLine = csvRecord.getStartingLineNumber() + 1;
    for (String field : csvRecord.getFields()) {
      nextLine += field.chars().filter(c -> c == '\n').count();
    }
    return csvRecord;
  }
}
