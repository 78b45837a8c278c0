package bulla.protector;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A connection to a syslog receiver over TCP or TLS. Such a receiver never answers, so a thread
 * that reads learns at once when it has gone, before the next frame is lost in a buffer.
 */
final class SyslogConnection implements AutoCloseable {
  private final Socket plain;
  private final Socket stream;
  private final Duration patience;
  private volatile boolean over;

  private SyslogConnection(Socket plain, Socket stream, Duration patience) {
    this.plain = plain;
    this.stream = stream;
    this.patience = patience;
  }

  /**
   * Reaches a receiver.
   *
   * @param tls what judges its certificate; nothing for plain TCP
   * @param patience for the connection, each answer of the handshake, and each frame
   */
  static SyslogConnection to(
      String host, int port, Optional<SSLSocketFactory> tls, Duration patience) throws IOException {
    var plain = new Socket();
    try {
      plain.connect(new InetSocketAddress(host, port), (int) patience.toMillis());
      plain.setSoTimeout((int) patience.toMillis());
      Socket stream = tls.isPresent() ? secured(plain, tls.get(), host, port) : plain;
      plain.setSoTimeout(0);
      var connection = new SyslogConnection(plain, stream, patience);
      var watch = new Thread(connection::awaitEnd, "bulla-audit-syslog");
      watch.setDaemon(true);
      watch.start();
      return connection;
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  private static SSLSocket secured(Socket plain, SSLSocketFactory tls, String host, int port)
      throws IOException {
    var secured = (SSLSocket) tls.createSocket(plain, host, port, true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  private void awaitEnd() {
    try {
      // What a receiver says means nothing to a sender.
      stream.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // Gone, or closed by this side.
      return;
    } finally {
      over = true;
    }
  }

  /** Whether the receiver has closed it, or this side. */
  boolean isOver() {
    return over;
  }

  /**
   * Writes a frame.
   *
   * @throws IOException also when the receiver does not take it in time
   */
  void send(byte[] frame) throws IOException {
    var sent = new CompletableFuture<Boolean>();
    // A write has no time-out of its own; it ends when somebody closes the socket.
    CompletableFuture<Boolean> inTime =
        sent.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).exceptionally(this::abandon);
    try {
      OutputStream out = stream.getOutputStream();
      out.write(frame);
      out.flush();
    } finally {
      sent.complete(true);
    }
    if (!inTime.join()) {
      throw new IOException("The syslog receiver does not read");
    }
  }

  /** The plain socket: closing TLS would wait for the write that hangs. */
  private boolean abandon(Throwable late) {
    try {
      plain.close();
    } catch (IOException e) {
      e.addSuppressed(late);
      System.getLogger(SyslogConnection.class.getName())
          .log(System.Logger.Level.DEBUG, "A connection could not be closed", e);
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    over = true;
    stream.close();
  }
}
