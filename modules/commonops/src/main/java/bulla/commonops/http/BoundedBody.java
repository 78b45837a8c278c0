package bulla.commonops.http;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A body that ends with a {@link Problem} where it is too long or comes too slowly. The server's
 * read time-out bounds a pause; a client that sends a byte before each ends would hold a thread for
 * as long as it likes, so that all of the body has a time too.
 */
final class BoundedBody extends FilterInputStream {
  /** One mebibyte, the longest body of all, comes within it at 140 kbit/s. */
  static final Duration LONGEST = Duration.ofSeconds(60);

  private final int mostBytes;
  private final LongSupplier nanoTime;
  private final long end;
  private long left;

  BoundedBody(InputStream in, int mostBytes) {
    this(in, mostBytes, System::nanoTime);
  }

  BoundedBody(InputStream in, int mostBytes, LongSupplier nanoTime) {
    super(in);
    this.mostBytes = mostBytes;
    this.left = mostBytes;
    this.nanoTime = nanoTime;
    this.end = nanoTime.getAsLong() + LONGEST.toNanos();
  }

  static Problem tooLarge(int mostBytes) {
    return CommonProblem.BODY_TOO_LARGE.because("Send at most " + mostBytes + " bytes");
  }

  @Override
  public int read() throws IOException {
    int value = inTime(super::read);
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = inTime(() -> super.read(into, offset, length));
    count(Math.max(read, 0));
    return read;
  }

  private int inTime(Read read) throws IOException {
    if (nanoTime.getAsLong() - end > 0) {
      throw CommonProblem.REQUEST_TIMEOUT.because(
          "Send the body within " + LONGEST.toSeconds() + " s");
    }
    try {
      return read.read();
    } catch (SocketTimeoutException late) {
      throw CommonProblem.REQUEST_TIMEOUT.because("Send the body without pauses");
    } catch (IOException cutShort) {
      throw CommonProblem.BAD_REQUEST.because(
          "The body ends before its length, or is not well chunked");
    }
  }

  /** One read of the container's stream. */
  private interface Read {
    int read() throws IOException;
  }

  private void count(int read) {
    left -= read;
    if (left < 0) {
      throw tooLarge(mostBytes);
    }
  }
}
