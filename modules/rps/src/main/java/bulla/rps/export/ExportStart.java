package bulla.rps.export;

import bulla.database.StartStep;
import bulla.resilientpackage.envelope.PackageHeader;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Ends the start where settings are wrong with which no package could ever be exported, before keys
 * are made for packages.
 */
@Dependent
class ExportStart implements StartStep {
  /** Refuses a wrong setting of its own when it is made. */
  @Inject PackageLifetime lifetime;

  private final String issuer;

  @Inject
  ExportStart(
      @ConfigProperty(name = "bulla.issuer", defaultValue = "https://localhost:9443")
          String issuer) {
    this.issuer = issuer;
  }

  @Override
  public int order() {
    return 600;
  }

  @Override
  public void start() {
    try {
      PackageHeader.requireIssuer(issuer);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("BULLA_ISSUER cannot be sealed: " + e.getMessage(), e);
    }
  }
}
