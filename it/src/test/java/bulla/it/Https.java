package bulla.it;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** HTTPS as a careful client speaks it: one trusted authority. */
final class Https {
  private Https() {}

  static HttpClient trusting(Path authority) throws IOException, GeneralSecurityException {
    return client(context(authority, null));
  }

  /** The same, with a certificate to show and its key. */
  static HttpClient showing(Path authority, PrivateKey key, X509Certificate certificate)
      throws IOException, GeneralSecurityException {
    return client(context(authority, keys(key, certificate)));
  }

  /** The other side: shows a certificate and asks for none. */
  static SSLContext server(PrivateKey key, X509Certificate certificate)
      throws IOException, GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(keys(key, certificate), null, null);
    return context;
  }

  private static KeyManager[] keys(PrivateKey key, X509Certificate certificate)
      throws IOException, GeneralSecurityException {
    var own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry("own", key, new char[0], new X509Certificate[] {certificate});
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, new char[0]);
    return keys.getKeyManagers();
  }

  /** Trusts {@code authority} alone, and shows no certificate. */
  static SSLContext context(Path authority) throws IOException, GeneralSecurityException {
    return context(authority, null);
  }

  /** A new connection, for what no HTTP client sends. */
  static Socket socket(TestServer server) throws IOException, GeneralSecurityException {
    URI url = URI.create(server.nobody().url());
    return context(server.authority())
        .getSocketFactory()
        .createSocket(url.getHost(), url.getPort());
  }

  /**
   * What the server sends for {@code start} until it closes the connection, which it must do by
   * itself within a minute.
   */
  static String answer(TestServer server, String start)
      throws IOException, GeneralSecurityException {
    try (var socket = socket(server)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(start.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static HttpClient client(SSLContext context) {
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private static SSLContext context(Path authority, KeyManager[] keys)
      throws IOException, GeneralSecurityException {
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(authority)) {
      trusted.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), null);
    return context;
  }
}
