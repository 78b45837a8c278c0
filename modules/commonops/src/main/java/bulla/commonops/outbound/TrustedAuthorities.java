package bulla.commonops.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS to the servers of others. Not the server's own default, which trusts the authorities of its
 * clients.
 */
public final class TrustedAuthorities {
  private TrustedAuthorities() {}

  /**
   * TLS that trusts these authorities.
   *
   * @param authorities a file with certificates (PEM); Java's own authorities without it
   * @throws IllegalStateException where the file cannot be read
   */
  public static SSLContext tls(Optional<Path> authorities) {
    try {
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(authorities.isPresent() ? store(authorities.get()) : null);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, trust.getTrustManagers(), null);
      return tls;
    } catch (GeneralSecurityException | IOException unreadable) {
      throw new IllegalStateException(
          "The certificates of authorities cannot be read: " + authorities, unreadable);
    }
  }

  private static KeyStore store(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate authority :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority" + store.size(), authority);
      }
    }
    return store;
  }
}
