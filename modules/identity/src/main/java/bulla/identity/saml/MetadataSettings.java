package bulla.identity.saml;

import bulla.commonops.caller.Network;
import bulla.commonops.outbound.AllowedAddresses;
import bulla.database.SettingsCheck;
import bulla.secrets.TrustedAuthorities;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where SAML metadata may be fetched from, and who vouches for its servers. */
@Dependent
class MetadataSettings implements SettingsCheck {
  private final AllowedAddresses allowed;
  private final Optional<SSLContext> named;

  /**
   * Reads the settings.
   *
   * @param networks allowed besides the public Internet
   * @param authorities a file with the authorities (PEM) that vouch for the servers of metadata, in
   *     place of Java's
   * @throws IllegalArgumentException where one of the networks is none
   * @throws IllegalStateException where the file cannot be read or holds no certificate
   */
  @Inject
  MetadataSettings(
      @ConfigProperty(name = "bulla.saml.metadata.networks") Optional<List<String>> networks,
      @ConfigProperty(name = "bulla.saml.metadata.ca.file") Optional<String> authorities) {
    this.allowed =
        new AllowedAddresses(
            Network.configured("BULLA_SAML_METADATA_NETWORKS", networks.orElse(List.of())));
    this.named =
        authorities.map(
            file -> TrustedAuthorities.configured("BULLA_SAML_METADATA_CA_FILE", Path.of(file)));
  }

  AllowedAddresses allowed() {
    return allowed;
  }

  SSLContext tls() {
    return named.orElseGet(TrustedAuthorities::ofJava);
  }
}
