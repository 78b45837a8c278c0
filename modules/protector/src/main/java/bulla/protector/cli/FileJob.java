package bulla.protector.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * Streams rows from an input to an output and works on some of their columns, in several threads if
 * wanted; the rows keep their order. It holds two batches of rows for each thread at a time.
 * Nothing is written before the first batch is done, so an input that is refused as a whole leaves
 * no trace.
 */
final class FileJob {
  private final RowLayout layout;
  private final List<ColumnWork> works;
  private final int threads;
  private final LongConsumer progress;
  private long rows;
  private long written;

  /**
   * @param works what happens to which columns
   * @param threads how many work at once
   * @param progress is told the number of rows that are done, again and again
   */
  FileJob(RowLayout layout, List<ColumnWork> works, int threads, LongConsumer progress) {
    this.layout = layout;
    this.works = List.copyOf(works);
    this.threads = threads;
    this.progress = progress;
  }

  /**
   * Does it.
   *
   * @param output begun when there is something to write
   * @return the number of rows in the input
   * @throws CommandFailedException when the input is not what it must be
   * @throws IOException when it cannot be read or written
   */
  long run(InputStream input, RowOutput output) throws IOException {
    List<String> columns = works.stream().map(ColumnWork::column).toList();
    try (RowSource source = layout.open(input, columns)) {
      skip(source, output.rowsDone());
      RowBatch first = RowBatch.read(source).transform(works);
      try (RowSink sink = source.sink(output.stream(), output.rowsDone() > 0)) {
        write(first, sink, output);
        if (threads == 1) {
          alone(source, sink, output);
        } else {
          together(source, sink, output);
        }
        requireColumns(source, output);
      }
      return rows;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void requireColumns(RowSource source, RowOutput output) throws IOException {
    try {
      source.requireColumns();
    } catch (CommandFailedException missing) {
      output.discard();
      throw missing;
    }
  }

  /** The number of rows that were handed to the output so far. */
  long written() {
    return written;
  }

  private void skip(RowSource source, long done) throws IOException {
    for (; rows < done; rows++) {
      if (source.next() == null) {
        throw CommandFailedException.failed(
            "the input has fewer rows than were done before; it is not resumed");
      }
    }
  }

  private void alone(RowSource source, RowSink sink, RowOutput output) throws IOException {
    for (RowBatch next = RowBatch.read(source);
        !next.rows().isEmpty();
        next = RowBatch.read(source)) {
      write(next.transform(works), sink, output);
    }
  }

  private void together(RowSource source, RowSink sink, RowOutput output) throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Deque<Future<RowBatch>> begun = new ArrayDeque<>();
      for (RowBatch next = RowBatch.read(source);
          !next.rows().isEmpty();
          next = RowBatch.read(source)) {
        RowBatch batch = next;
        begun.add(pool.submit(() -> batch.transform(works)));
        if (begun.size() >= 2 * threads) {
          write(done(begun.remove()), sink, output);
        }
      }
      while (!begun.isEmpty()) {
        write(done(begun.remove()), sink, output);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static RowBatch done(Future<RowBatch> future) throws IOException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("A batch failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void write(RowBatch batch, RowSink sink, RowOutput output) throws IOException {
    for (Row row : batch.rows()) {
      sink.write(row);
    }
    rows += batch.rows().size();
    written += batch.rows().size();
    output.rowsWritten(rows, sink);
    progress.accept(rows);
  }
}
