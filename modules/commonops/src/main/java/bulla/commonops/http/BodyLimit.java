package bulla.commonops.http;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/**
 * Refuses a body of more than {@value #MOST_BYTES} bytes, announced or not, and one whose rest does
 * not come within the server's read time-out.
 */
@Provider
@PreMatching
public class BodyLimit implements ContainerRequestFilter {
  static final int MOST_BYTES = 1 << 20;

  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getLength() > MOST_BYTES) {
      throw tooLarge();
    }
    // The container parses a form itself, and finds none once somebody has asked for the stream.
    // One without a length is FormOfUnknownLength's.
    if (!MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(request.getMediaType())) {
      request.setEntityStream(new Bounded(request.getEntityStream()));
    }
  }

  private static Problem tooLarge() {
    return CommonProblem.BODY_TOO_LARGE.because("Send at most " + MOST_BYTES + " bytes");
  }

  private static final class Bounded extends FilterInputStream {
    private long left = MOST_BYTES;

    Bounded(InputStream in) {
      super(in);
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

    private static int inTime(Read read) throws IOException {
      try {
        return read.read();
      } catch (SocketTimeoutException late) {
        throw CommonProblem.REQUEST_TIMEOUT.because("Send the body without pauses");
      }
    }

    /** One read of the container's stream. */
    private interface Read {
      int read() throws IOException;
    }

    private void count(int read) {
      left -= read;
      if (left < 0) {
        throw tooLarge();
      }
    }
  }
}
