package bulla.protector.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a job has come, shown where a person looks on: in bytes, since rows are not known. */
final class Progress implements AutoCloseable, LongConsumer {
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
  private static final int CONSOLE_WITHOUT_TERMINAL = 22;
  private static final int WIDTH = 79;
  private static final long MEBIBYTE = 1 << 20;

  private final Counting in;
  private final ProgressBar bar;

  private Progress(Counting in, ProgressBar bar) {
    this.in = in;
    this.bar = bar;
  }

  /**
   * Watches the reading of {@code in}.
   *
   * @param size how many bytes there are; negative when that is not known
   */
  static Progress of(InputStream in, long size, StandardStreams streams) {
    ProgressBar bar =
        streams.watched()
            ? new ProgressBarBuilder()
                .setTaskName("bulla")
                .setInitialMax(size)
                .setUnit(" MiB", MEBIBYTE)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(streams.err(), WIDTH))
                .clearDisplayOnFinish()
                .build()
            : null;
    return new Progress(new Counting(in), bar);
  }

  /** Whether standard error is a terminal, as far as that can be found out. */
  @SuppressWarnings("SystemConsoleNull") // Asked only of the versions where null means no terminal.
  static boolean isWatched() {
    if (Files.isSymbolicLink(STANDARD_ERROR)) {
      try {
        String device = Files.readSymbolicLink(STANDARD_ERROR).toString();
        return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
      } catch (IOException e) {
        return false;
      }
    }
    return Runtime.version().feature() < CONSOLE_WITHOUT_TERMINAL && System.console() != null;
  }

  InputStream input() {
    return in;
  }

  @Override
  public void accept(long rows) {
    if (bar != null) {
      bar.stepTo(in.count);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = in.read(bytes, from, length);
      count += Math.max(read, 0);
      return read;
    }
  }
}
