package bulla.rps.export;

import bulla.database.SettingsCheck;
import bulla.resilientpackage.envelope.PackageHeader;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses settings with which no package could ever be exported. */
@Dependent
class ExportSettings implements SettingsCheck {
  /** Refuses a wrong setting of its own when it is made. */
  @Inject PackageLifetime lifetime;

  /**
   * Asks of the issuer what a package asks.
   *
   * @throws IllegalArgumentException where no package can have it
   */
  @Inject
  ExportSettings(
      @ConfigProperty(name = "bulla.issuer", defaultValue = "https://localhost:9443")
          String issuer) {
    try {
      PackageHeader.requireIssuer(issuer);
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException(
          "BULLA_ISSUER cannot be sealed: " + refused.getMessage(), refused);
    }
  }
}
