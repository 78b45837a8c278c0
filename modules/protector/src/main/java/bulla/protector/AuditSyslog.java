package bulla.protector;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends each record to a syslog receiver (RFC 5424) in facility 13, log audit, with the JSON line
 * as its message: over TCP or TLS with octet counting (RFC 6587 section 3.4.1, RFC 5425), or over
 * UDP (RFC 5426), where nobody learns of what is lost. A broken connection is made anew once for
 * each record. Syslog knows no receipt: what a receiver had not read when it went down is lost over
 * TCP and TLS too.
 */
public final class AuditSyslog implements AuditSink {
  private static final Set<String> SCHEMES = Set.of("udp", "tcp", "tls");
  private static final int LAST_PORT = 65_535;
  private static final int FACILITY = 13;
  private static final Duration USUAL_PATIENCE = Duration.ofSeconds(5);

  private final String scheme;
  private final String host;
  private final int port;
  private final Optional<SSLSocketFactory> tls;
  private final Duration patience;
  private final ReentrantLock turn = new ReentrantLock();
  private SyslogConnection connection;
  private DatagramSocket datagrams;

  private AuditSyslog(
      String scheme, String host, int port, SSLSocketFactory tls, Duration patience) {
    this.scheme = scheme;
    this.host = host;
    this.port = port;
    this.tls = scheme.equals("tls") ? Optional.of(tls) : Optional.empty();
    this.patience = patience;
  }

  /**
   * For the receiver at {@code tls://host:6514}, {@code tcp://host:601} or {@code udp://host:514},
   * which is first reached with the first record. TLS believes the platform's authorities and
   * checks the host's name.
   *
   * @throws IllegalArgumentException when it is no such URL
   */
  public static AuditSyslog at(String url) {
    return at(url, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /** The same, with the authorities that {@code tls} believes. */
  public static AuditSyslog at(String url, SSLSocketFactory tls) {
    return at(url, tls, USUAL_PATIENCE);
  }

  static AuditSyslog at(String url, SSLSocketFactory tls, Duration patience) {
    URI uri = URI.create(url);
    if (uri.getScheme() == null
        || !SCHEMES.contains(uri.getScheme())
        || uri.getHost() == null
        || uri.getPort() < 1
        || uri.getPort() > LAST_PORT
        || !uri.getRawSchemeSpecificPart().equals("//" + uri.getRawAuthority())
        || uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "A syslog receiver is tls://host:port, tcp://host:port or udp://host:port");
    }
    return new AuditSyslog(
        uri.getScheme(), uri.getHost().replaceAll("[\\[\\]]", ""), uri.getPort(), tls, patience);
  }

  @Override
  public void write(AuditRecord auditRecord) throws IOException {
    byte[] message = message(auditRecord).getBytes(StandardCharsets.UTF_8);
    takeTurn();
    try {
      if (scheme.equals("udp")) {
        sendDatagram(message);
        return;
      }
      if (connection != null && connection.isOver()) {
        disconnect();
      }
      boolean fresh = connection == null;
      try {
        send(message);
      } catch (IOException broken) {
        disconnect();
        if (fresh) {
          throw broken;
        }
        send(message);
      }
    } finally {
      turn.unlock();
    }
  }

  /** Whoever waits behind a receiver that hangs does not wait without end. */
  private void takeTurn() throws IOException {
    try {
      if (!turn.tryLock(2 * patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("The syslog receiver is too slow");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for the syslog receiver");
    }
  }

  static String message(AuditRecord auditRecord) {
    int severity =
        switch (auditRecord.level()) {
          case SUCCESS -> 6;
          case WARNING -> 4;
          case ERROR -> 3;
          case EXCEPTION -> 2;
        };
    return "<%d>1 %s %s bulla %d Protection - %s"
        .formatted(
            FACILITY * 8 + severity,
            auditRecord.time().truncatedTo(ChronoUnit.MILLIS),
            Origin.HERE.hostName().replaceAll("[^!-~]", "?"),
            ProcessHandle.current().pid(),
            auditRecord.toJson());
  }

  private void send(byte[] message) throws IOException {
    if (connection == null) {
      connection = SyslogConnection.to(host, port, tls, patience);
    }
    byte[] count = (message.length + " ").getBytes(StandardCharsets.US_ASCII);
    var frame = new byte[count.length + message.length];
    System.arraycopy(count, 0, frame, 0, count.length);
    System.arraycopy(message, 0, frame, count.length, message.length);
    connection.send(frame);
  }

  private void sendDatagram(byte[] message) throws IOException {
    if (datagrams == null) {
      datagrams = new DatagramSocket();
    }
    datagrams.send(new DatagramPacket(message, message.length, InetAddress.getByName(host), port));
  }

  private void disconnect() throws IOException {
    SyslogConnection broken = connection;
    connection = null;
    if (broken != null) {
      broken.close();
    }
  }

  @Override
  public void close() throws IOException {
    turn.lock();
    try {
      disconnect();
      if (datagrams != null) {
        datagrams.close();
      }
    } finally {
      turn.unlock();
    }
  }
}
