package bulla.rps;

import bulla.database.Schema;
import bulla.database.StartStep;
import bulla.rps.signingkey.SigningKeys;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import javax.sql.DataSource;

/**
 * Brings this module's tables up to date when the application starts, and makes the first signing
 * key, so that readers can be given its public half before the first package is sealed.
 */
@ApplicationScoped
class RpsStart implements StartStep {
  @Resource(lookup = "jdbc/bulla")
  DataSource dataSource;

  @Inject SigningKeys signingKeys;

  @Override
  public int order() {
    return 600;
  }

  @Override
  public synchronized void start() {
    Schema.migrate(dataSource, "rps");
    signingKeys.current();
  }
}
