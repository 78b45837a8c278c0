package bulla.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom a client of TLS believes. */
public final class TrustedAuthorities {
  private TrustedAuthorities() {}

  /**
   * TLS to servers that these authorities vouch for; it shows no certificate of its own. Never the
   * process's default, which in a server may trust the authorities of its clients.
   *
   * @param file X.509 certificates of the authorities in PEM; Java's own authorities without it
   * @throws IOException where the file cannot be read
   * @throws GeneralSecurityException where it holds no certificate
   */
  public static SSLContext tls(Optional<Path> file) throws IOException, GeneralSecurityException {
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(file.isPresent() ? store(file.get()) : null);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return tls;
  }

  /**
   * The authorities of a setting.
   *
   * @param variable the environment variable that names the file
   * @throws IllegalStateException that names it, where the file cannot be read or holds no
   *     certificate
   */
  public static SSLContext configured(String variable, Path file) {
    try {
      return tls(Optional.of(file));
    } catch (GeneralSecurityException unusable) {
      throw new IllegalStateException(
          variable + " must be a file of PEM certificates: " + unusable.getMessage(), unusable);
    } catch (IOException unreadable) {
      throw new IllegalStateException(
          variable + " cannot be read: " + FailureReason.withFile(unreadable), unreadable);
    }
  }

  /** Those that Java trusts by itself. */
  public static SSLContext ofJava() {
    try {
      return tls(Optional.empty());
    } catch (GeneralSecurityException | IOException broken) {
      throw new IllegalStateException("Java's own authorities cannot be read", broken);
    }
  }

  private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate authority :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority" + store.size(), authority);
      }
    }
    if (store.size() == 0) {
      throw new CertificateException("There is no certificate in " + file);
    }
    return store;
  }
}
