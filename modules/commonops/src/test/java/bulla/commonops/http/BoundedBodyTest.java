package bulla.commonops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {
  private static final int MOST = 1000;

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);

  @Test
  void aBodyThatComesInTimeIsReadAsItIs() throws IOException {
    byte[] body = new byte[MOST];
    body[MOST - 1] = 7;
    assertThat(bounded(new ByteArrayInputStream(body)).readAllBytes()).isEqualTo(body);
  }

  @Test
  void aBodyThatTricklesEndsAtItsTimeHoweverShortThePausesAre() throws IOException {
    InputStream body = bounded(trickle(Duration.ofSeconds(29)));
    assertThat(body.read()).isEqualTo('x');
    assertThat(body.read(new byte[10], 0, 10)).isEqualTo(1);
    assertThat(body.read()).isEqualTo('x');
    refused(body::read, CommonProblem.REQUEST_TIMEOUT, "within 60 s");
    refused(body::readAllBytes, CommonProblem.REQUEST_TIMEOUT, "within 60 s");
  }

  @Test
  void aBodyThatStallsEndsWithTheServersTimeOut() {
    var body =
        bounded(
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new SocketTimeoutException();
              }

              @Override
              public int read(byte[] into, int offset, int length) throws IOException {
                throw new SocketTimeoutException();
              }
            });
    refused(body::read, CommonProblem.REQUEST_TIMEOUT, "without pauses");
  }

  @Test
  void aBodyThatIsTooLongEndsWhereItIs() {
    var body = bounded(new ByteArrayInputStream(new byte[MOST + 1]));
    refused(body::readAllBytes, CommonProblem.BODY_TOO_LARGE, "at most " + MOST + " bytes");
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable read,
      CommonProblem type,
      String detail) {
    assertThatThrownBy(read)
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.type()).isEqualTo(type))
        .hasMessageContaining(detail);
  }

  private BoundedBody bounded(InputStream in) {
    return new BoundedBody(in, MOST, clock::get);
  }

  /** One byte after each pause, without end. */
  private InputStream trickle(Duration pause) {
    return new InputStream() {
      @Override
      public int read() {
        clock.addAndGet(pause.toNanos());
        return 'x';
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        into[offset] = (byte) read();
        return 1;
      }
    };
  }
}
