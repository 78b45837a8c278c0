package bulla.identity.saml;

import bulla.commonops.outbound.AllowedAddresses;
import bulla.database.SettingsCheck;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where SAML metadata may be fetched from. */
@Dependent
class MetadataNetworks implements SettingsCheck {
  private final AllowedAddresses allowed;

  /**
   * The public Internet and the networks of the settings.
   *
   * @throws IllegalArgumentException where one of them is none
   */
  @Inject
  MetadataNetworks(
      @ConfigProperty(name = "bulla.saml.metadata.networks") Optional<List<String>> networks) {
    this.allowed = new AllowedAddresses("BULLA_SAML_METADATA_NETWORKS", networks.orElse(List.of()));
  }

  AllowedAddresses allowed() {
    return allowed;
  }
}
