package bulla.rps;

import bulla.database.StartStep;
import bulla.rps.signingkey.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Makes the first signing keys when the application starts, so that readers can be given their
 * public halves before the first package is sealed.
 */
@ApplicationScoped
class RpsStart implements StartStep {
  @Inject SigningKeys signingKeys;

  @Override
  public int order() {
    return 610;
  }

  @Override
  public synchronized void start() {
    signingKeys.prepare();
  }
}
