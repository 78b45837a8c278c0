package bulla.pim.source;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Opens the connection of one reading, with TLS from its beginning where the source says so. */
final class LdapSockets extends SocketFactory {
  private final SourceConnection source;
  private final NamedTls tls;
  private final Deadline deadline;

  LdapSockets(SourceConnection source, NamedTls tls, Deadline deadline) {
    this.source = source;
    this.tls = tls;
    this.deadline = deadline;
  }

  /** To the address that was looked up and checked; TLS verifies the name. */
  @Override
  public Socket createSocket(InetAddress address, int port) throws IOException {
    var socket = new BoundedSocket(deadline);
    try {
      socket.connect(new InetSocketAddress(address, port), deadline.leftMillis());
      return source.useSsl() ? tls.createSocket(socket, source.host(), port, true) : socket;
    } catch (IOException | RuntimeException failed) {
      socket.close();
      throw failed;
    }
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw onlyChecked();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw onlyChecked();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
    throw onlyChecked();
  }

  private static UnsupportedOperationException onlyChecked() {
    return new UnsupportedOperationException("Connections go to addresses that were checked");
  }
}
