package bulla.rps.export;

import bulla.database.StartStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Removes at the start what was stored and never confirmed, because a server died in between. What
 * another server stores at that moment goes as well: it seals it once more.
 */
@ApplicationScoped
class UnconfirmedPackages implements StartStep {
  private SealedPackageRepository packages;

  /** For the container's proxies. */
  protected UnconfirmedPackages() {}

  @Inject
  UnconfirmedPackages(SealedPackageRepository packages) {
    this.packages = packages;
  }

  @Override
  public int order() {
    return 620;
  }

  @Override
  public synchronized void start() {
    packages.removeUnconfirmed();
  }
}
