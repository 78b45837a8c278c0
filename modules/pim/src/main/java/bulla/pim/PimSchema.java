package bulla.pim;

import bulla.database.Schema;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import javax.sql.DataSource;

/** Brings this module's tables up to date when the application starts. */
@ApplicationScoped
class PimSchema {
  private static final int AFTER_THE_LOWER_MODULES = 500;

  @Resource(lookup = "jdbc/bulla")
  DataSource dataSource;

  void migrate(@Observes @Priority(AFTER_THE_LOWER_MODULES) Startup started) {
    Schema.migrate(dataSource, "pim");
  }
}
