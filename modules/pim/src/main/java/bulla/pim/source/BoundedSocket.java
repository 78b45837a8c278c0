package bulla.pim.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * A connection that ends when its deadline says so, by time or by bytes: also where the other side
 * sends a byte now and then, which every time-out for a single read allows for ever. It holds
 * beneath TLS, from the first byte of the handshake on.
 */
final class BoundedSocket extends Socket {
  private final Deadline deadline;

  BoundedSocket(Deadline deadline) {
    this.deadline = deadline;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Bounded(super.getInputStream());
  }

  /** Nothing: how long a read takes is what the deadline leaves. */
  @Override
  public synchronized void setSoTimeout(int millis) {}

  private void beforeRead() throws IOException {
    if (deadline.isOver()) {
      throw new SocketTimeoutException("The deadline is over");
    }
    super.setSoTimeout(deadline.leftMillis());
  }

  private void received(int count) throws IOException {
    if (count > 0 && deadline.exceeds(count)) {
      throw new IOException("The other side sends too much");
    }
  }

  private final class Bounded extends FilterInputStream {
    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      beforeRead();
      int one = in.read();
      received(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      beforeRead();
      int count = in.read(bytes, offset, length);
      received(count);
      return count;
    }
  }
}
