package bulla.identity.certificate;

import bulla.database.DataDirectory;
import bulla.database.StartStep;
import bulla.secrets.SecretFiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets TLS through what is pinned: the trust store of the HTTPS port holds the authorities that the
 * launcher put there and, beside them, each pinned certificate. The container reads the file again
 * when it changes. TLS is the outer door alone: whose certificate it is, and whether it still is,
 * is asked anew for every request.
 */
@ApplicationScoped
class TrustedClients implements StartStep {
  private static final String PREFIX = "pinned-";

  private PinnedCertificates pinned;
  private Path store;
  private char[] password;

  /** For the container's proxies. */
  protected TrustedClients() {}

  @Inject
  TrustedClients(
      PinnedCertificates pinned,
      DataDirectory data,
      @ConfigProperty(name = "bulla.tls.password") Optional<String> password) {
    this(pinned, data.directory("tls").resolve("clients.p12"), password.orElse(""));
  }

  TrustedClients(PinnedCertificates pinned, Path store, String password) {
    this.pinned = pinned;
    this.store = store;
    this.password = password.toCharArray();
  }

  @Override
  public int order() {
    return 450;
  }

  /** Runs when the tables are there: the launcher has made the file without what is pinned. */
  @Override
  public void start() {
    renew();
  }

  /** Brings the file in line with what is pinned; for after each change. */
  synchronized void renew() {
    write(pinned.all());
  }

  private void write(List<ClientCertificate> certificates) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        trusted.load(in, password);
      }
      Set<String> wanted =
          certificates.stream()
              .map(certificate -> PREFIX + certificate.sha256())
              .collect(Collectors.toSet());
      var present = new TreeSet<>(Collections.list(trusted.aliases()));
      present.removeIf(alias -> !alias.startsWith(PREFIX));
      if (present.equals(wanted)) {
        return;
      }
      for (String alias : present) {
        trusted.deleteEntry(alias);
      }
      for (ClientCertificate certificate : certificates) {
        trusted.setCertificateEntry(PREFIX + certificate.sha256(), certificate.certificate());
      }
      var bytes = new ByteArrayOutputStream();
      trusted.store(bytes, password);
      SecretFiles.replace(store, bytes.toByteArray());
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot renew " + store, failed);
    } catch (GeneralSecurityException unusable) {
      throw new IllegalStateException("Cannot renew " + store, unusable);
    }
  }
}
