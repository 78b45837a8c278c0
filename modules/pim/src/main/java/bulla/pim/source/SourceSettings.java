package bulla.pim.source;

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

/** Where directories and databases of member sources may be, and who vouches for them. */
@Dependent
class SourceSettings implements SettingsCheck {
  private final AllowedAddresses allowed;
  private final Optional<SSLContext> named;

  /**
   * Reads the settings.
   *
   * @param networks allowed besides the public Internet
   * @param authorities a file with the authorities (PEM) that vouch for directories, in place of
   *     Java's
   * @throws IllegalArgumentException where one of the networks is none
   * @throws IllegalStateException where the file cannot be read or holds no certificate
   */
  @Inject
  SourceSettings(
      @ConfigProperty(name = "bulla.source.networks") Optional<List<String>> networks,
      @ConfigProperty(name = "bulla.source.ca.file") Optional<String> authorities) {
    this.allowed =
        new AllowedAddresses(
            Network.configured("BULLA_SOURCE_NETWORKS", networks.orElse(List.of())));
    this.named =
        authorities.map(
            file -> TrustedAuthorities.configured("BULLA_SOURCE_CA_FILE", Path.of(file)));
  }

  AllowedAddresses allowed() {
    return allowed;
  }

  SSLContext tls() {
    return named.orElseGet(TrustedAuthorities::ofJava);
  }
}
