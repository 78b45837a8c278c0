package bulla.identity.authentication;

import bulla.database.StartStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Which client certificates name a user: those that an authority in the configured file has issued
 * for client authentication. TLS has verified them too, but against whatever the server trusts for
 * all its purposes; a certificate of a public authority must not open anything here. Without the
 * file no certificate names anybody.
 */
@ApplicationScoped
class ClientCertificates implements StartStep {
  private static final Logger LOG = Logger.getLogger("bulla.identity.authentication");
  private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

  private Set<TrustAnchor> authorities;

  /** For the container's proxies. */
  protected ClientCertificates() {}

  @Inject
  ClientCertificates(
      @ConfigProperty(name = "bulla.client.ca.file") Optional<String> authorityFile) {
    this.authorities = authorityFile.map(file -> read(Path.of(file))).orElse(Set.of());
  }

  @Override
  public int order() {
    return 440;
  }

  /** Reads the file at the start of the server: a mistake in it is then found by who made it. */
  @Override
  public void start() {
    LOG.log(
        Level.CONFIG,
        "Authorities of client certificates: {0}",
        String.valueOf(authorities.size()));
  }

  /** The common name of the certificate's subject, if the certificate is to be accepted. */
  Optional<String> userName(X509Certificate certificate) {
    return !authorities.isEmpty() && isForClients(certificate) && isIssuedByAuthority(certificate)
        ? commonName(certificate)
        : Optional.empty();
  }

  private boolean isIssuedByAuthority(X509Certificate certificate) {
    try {
      var parameters = new PKIXParameters(authorities);
      parameters.setRevocationEnabled(false);
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)),
              parameters);
      return true;
    } catch (GeneralSecurityException issuedByAnother) {
      return false;
    }
  }

  private static boolean isForClients(X509Certificate certificate) {
    try {
      List<String> usages = certificate.getExtendedKeyUsage();
      return usages != null && usages.contains(CLIENT_AUTHENTICATION);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  private static Optional<String> commonName(X509Certificate certificate) {
    try {
      List<String> names =
          new LdapName(certificate.getSubjectX500Principal().getName())
              .getRdns().stream()
                  .filter(part -> part.size() == 1 && part.getType().equalsIgnoreCase("CN"))
                  .map(part -> part.getValue())
                  .filter(String.class::isInstance)
                  .map(String.class::cast)
                  .toList();
      // Of two names, one could be read here and the other by whoever issued the certificate.
      return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    } catch (InvalidNameException malformed) {
      return Optional.empty();
    }
  }

  private static Set<TrustAnchor> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      var anchors = new HashSet<TrustAnchor>();
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        anchors.add(new TrustAnchor((X509Certificate) certificate, null));
      }
      if (anchors.isEmpty()) {
        throw new IllegalStateException("There is no certificate in BULLA_CLIENT_CA_FILE: " + file);
      }
      return anchors;
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new IllegalStateException("Cannot read BULLA_CLIENT_CA_FILE: " + file, unreadable);
    }
  }
}
