package bulla.audit.delivery;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ServerSocketFactory;

/**
 * A syslog receiver on a real socket of the loopback address. It takes frames with counted octets
 * and nothing else.
 */
public final class SyslogReceiver implements AutoCloseable {
  /** What it does with a connection. */
  public enum Manner {
    /** Reads to the end and closes. */
    ORDERLY,
    /** Resets the connection in the middle of the third frame. */
    RESETS,
    /** Closes in order after the second frame, whatever else came. */
    LEAVES,
    /** Reads to the end and does not close. */
    KEEPS_OPEN,
    /** Accepts and reads nothing. */
    DEAF
  }

  private final ServerSocket listening;
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger aborted = new AtomicInteger();
  private final AtomicReference<IOException> malformed = new AtomicReference<>();
  private volatile Manner manner = Manner.ORDERLY;

  /** Listens on a free port, or on {@code port} where that is not 0. */
  public SyslogReceiver(ServerSocketFactory sockets, int port) throws IOException {
    this.listening = sockets.createServerSocket(port, 10, InetAddress.getLoopbackAddress());
    var thread = new Thread(this::accept, "syslog receiver");
    thread.setDaemon(true);
    thread.start();
  }

  /** What it does with the connections that come from now on. */
  public void behave(Manner next) {
    manner = next;
  }

  public int port() {
    return listening.getLocalPort();
  }

  public int connections() {
    return connections.get();
  }

  /** The whole messages so far, in the order in which they came. */
  public List<String> messages() throws IOException {
    if (malformed.get() != null) {
      throw malformed.get();
    }
    return List.copyOf(messages);
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        connections.incrementAndGet();
        open.add(socket);
        serve(socket, manner);
      } catch (IOException ended) {
        // The other side gave up, or the test is over; what came whole is in the list.
        aborted.incrementAndGet();
      }
    }
  }

  private void serve(Socket socket, Manner how) throws IOException {
    if (how == Manner.DEAF) {
      return;
    }
    InputStream in = new BufferedInputStream(socket.getInputStream());
    int frames = 0;
    for (int length = count(in); length >= 0; length = count(in)) {
      frames++;
      if (how == Manner.LEAVES && frames == 3) {
        socket.close();
        return;
      }
      if (how == Manner.RESETS && frames == 3) {
        in.readNBytes(length / 2);
        socket.setSoLinger(true, 0);
        socket.close();
        return;
      }
      byte[] message = in.readNBytes(length);
      if (message.length < length) {
        malformed.set(new IOException("A frame of " + length + " has " + message.length));
        return;
      }
      messages.add(new String(message, StandardCharsets.UTF_8));
    }
    if (how != Manner.KEEPS_OPEN) {
      socket.close();
    }
  }

  /** The octet count of the next frame; -1 at the end. */
  private int count(InputStream in) throws IOException {
    int count = 0;
    for (int character = in.read(); character != ' '; character = in.read()) {
      if (character < 0 && count == 0) {
        return -1;
      }
      if (character < '0' || character > '9' || count > 100_000) {
        malformed.set(new IOException("No octet count but " + character));
        return -1;
      }
      count = count * 10 + character - '0';
    }
    return count;
  }
}
