package bulla.audit.delivery;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A syslog receiver over TCP (RFC 6587) or TLS (RFC 5425). Syslog knows no receipt, and what was
 * written to a socket may still be lost with the connection. So every batch has a connection of its
 * own, on which a receiver that has read everything closes in order, after this side has said that
 * nothing more comes. One that closes before that, resets or keeps silent has not taken the batch.
 * And no connection ever begins inside a frame.
 */
final class SyslogDestination implements Destination {
  private static final Duration SETTLING = Duration.ofMillis(250);

  private final String name;
  private final String host;
  private final int port;
  private final Optional<SSLContext> tls;
  private final SyslogMessage messages;
  private final Patience patience;

  /**
   * How long a receiver is waited for.
   *
   * @param connect until it accepts a connection
   * @param silence while it is to answer something
   * @param whole for a batch
   */
  record Patience(Duration connect, Duration silence, Duration whole) {
    static final Patience USUAL =
        new Patience(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(LONGEST_DELIVERY_SECONDS - 10L));
  }

  /**
   * A receiver.
   *
   * @param tls what its certificate is judged by; nothing for plain TCP
   */
  SyslogDestination(
      String name,
      String host,
      int port,
      Optional<SSLContext> tls,
      SyslogMessage messages,
      Patience patience) {
    this.name = name;
    this.host = host;
    this.port = port;
    this.tls = tls;
    this.messages = messages;
    this.patience = patience;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void deliver(JournalBatch batch) throws IOException {
    try (var plain = new Socket()) {
      plain.connect(new InetSocketAddress(host, port), (int) patience.connect().toMillis());
      plain.setSoTimeout((int) patience.silence().toMillis());
      // A write has no timeout of its own; it ends when somebody closes the socket.
      CompletableFuture.delayedExecutor(patience.whole().toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> abandon(plain));
      if (tls.isPresent()) {
        try (SSLSocket secured = secured(plain, tls.get())) {
          send(batch, secured);
          plain.shutdownOutput();
          // A receiver may say that it is done and lose what it has not read: TCP knows.
          awaitEnd(plain);
        }
      } else {
        send(batch, plain);
      }
    }
  }

  private SSLSocket secured(Socket plain, SSLContext context) throws IOException {
    var secured = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, false);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  private void send(JournalBatch batch, Socket socket) throws IOException {
    OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
    for (JournalLine line : batch.lines()) {
      out.write(messages.frame(line));
    }
    out.flush();
    requireOpen(socket);
    socket.shutdownOutput();
    awaitEnd(socket);
  }

  /**
   * Gives the last bytes the time to arrive. If the receiver goes away afterwards without having
   * read them, the connection is reset; before that, it would look as if it had read them.
   */
  private void requireOpen(Socket socket) throws IOException {
    socket.setSoTimeout((int) SETTLING.toMillis());
    try {
      if (socket.getInputStream().read() < 0) {
        throw new IOException("The receiver closed the connection before the end");
      }
      throw unexpectedAnswer();
    } catch (SocketTimeoutException open) {
      socket.setSoTimeout((int) patience.silence().toMillis());
    }
  }

  private static void awaitEnd(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    if (in.read() >= 0) {
      throw unexpectedAnswer();
    }
  }

  private static IOException unexpectedAnswer() {
    return new IOException("The receiver answers, which no syslog receiver does");
  }

  /** Whoever reads or writes it learns of it by an exception. */
  private static void abandon(Socket socket) {
    try {
      socket.close();
    } catch (IOException failed) {
      System.getLogger("bulla.audit.delivery")
          .log(System.Logger.Level.DEBUG, "A connection could not be closed", failed);
    }
  }
}
