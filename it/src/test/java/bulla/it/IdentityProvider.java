package bulla.it;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** Serves one SAML metadata document over HTTPS, under every path. */
final class IdentityProvider implements AutoCloseable {
  /** Not 127.0.0.1: tests show that from there nothing is fetched. */
  static final String ADDRESS = "127.0.0.2";

  private final HttpsServer server;

  IdentityProvider(ClientAuthority authority, String metadata)
      throws IOException, GeneralSecurityException {
    byte[] document = metadata.getBytes(StandardCharsets.UTF_8);
    server = HttpsServer.create(new InetSocketAddress(ADDRESS, 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(authority.server(ADDRESS)));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, document.length);
          exchange.getResponseBody().write(document);
          exchange.close();
        });
    server.start();
  }

  /** Without a slash at its end. */
  String url() {
    return "https://" + ADDRESS + ":" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
