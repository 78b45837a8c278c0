package bulla.identity;

import bulla.database.Schema;
import bulla.database.StartStep;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import javax.sql.DataSource;

/**
 * Brings the tables of this module up to date, after those of the keyring and the journal and
 * before the built-in roles (410), the token keys (420) and the first administrator (430) go into
 * them.
 */
@ApplicationScoped
class IdentityTables implements StartStep {
  @Resource(lookup = "jdbc/bulla")
  DataSource dataSource;

  @Override
  public int order() {
    return 400;
  }

  @Override
  public void start() {
    Schema.migrate(dataSource, "identity");
  }
}
