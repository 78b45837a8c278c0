package bulla.identity;

import bulla.database.Schema;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import javax.sql.DataSource;

/**
 * Brings the tables of this module up to date, after those of the keyring and the journal and
 * before the built-in roles (410), the token keys (420) and the first administrator (430) go into
 * them.
 */
@ApplicationScoped
class IdentityTables {
  @Resource(lookup = "jdbc/bulla")
  DataSource dataSource;

  void migrate(@Observes @Priority(400) Startup startup) {
    Schema.migrate(dataSource, "identity");
  }
}
