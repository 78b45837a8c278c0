package bulla.database;

import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the tables of one module up to date. The scripts of module {@code m} lie in {@code
 * db/migration/m} of its jar; its tables carry the prefix {@code m_}, and so does the history of
 * its migrations, so that the modules share a database without sharing a schema history. Beside the
 * scripts lies an empty file {@code flyway.location}: Liberty's class loaders show no folders, and
 * Flyway finds the scripts by that file there. (The one in {@code db/callback} keeps Flyway from
 * logging an error about a folder that it looks for and nobody needs.)
 */
public final class Schema {
  private Schema() {}

  /**
   * Applies the scripts of {@code module} that the database has not seen yet.
   *
   * @throws org.flywaydb.core.api.FlywayException if a script fails or an applied one was altered
   */
  public static void migrate(DataSource dataSource, String module) {
    ClassLoader loader = Schema.class.getClassLoader();
    String folder = "db/migration/" + module;
    String table = (module + "_schema_history").toUpperCase(Locale.ROOT);
    if (History.isOf(dataSource, table, loader, folder)) {
      return;
    }
    Flyway.configure(loader)
        .dataSource(dataSource)
        .locations("classpath:" + folder)
        .table(table)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .failOnMissingLocations(true)
        .cleanDisabled(true)
        .load()
        .migrate();
  }
}
