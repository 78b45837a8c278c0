package bulla.pim.source;

import bulla.commonops.outbound.AllowedAddresses;
import bulla.database.SettingsCheck;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where directories and databases of member sources may be. */
@Dependent
class SourceNetworks implements SettingsCheck {
  private final AllowedAddresses allowed;

  /**
   * The public Internet and the networks of the settings.
   *
   * @throws IllegalArgumentException where one of them is none
   */
  @Inject
  SourceNetworks(@ConfigProperty(name = "bulla.source.networks") Optional<List<String>> networks) {
    this.allowed = new AllowedAddresses("BULLA_SOURCE_NETWORKS", networks.orElse(List.of()));
  }

  AllowedAddresses allowed() {
    return allowed;
  }
}
