package bulla.pim;

import bulla.database.Schema;
import bulla.database.StartStep;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import javax.sql.DataSource;

/** Brings this module's tables up to date when the application starts. */
@ApplicationScoped
class PimSchema implements StartStep {
  @Resource(lookup = "jdbc/bulla")
  DataSource dataSource;

  @Override
  public int order() {
    return 500;
  }

  @Override
  public void start() {
    Schema.migrate(dataSource, "pim");
  }
}
