package bulla.database.testing;

import bulla.database.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.derby.jdbc.EmbeddedDataSource;

/**
 * Real databases in memory with the tables of a module. The tables are made once; every further
 * database is restored from a copy of the first, which takes a fraction of the time.
 */
public final class TestDatabase {
  private static final Map<String, Path> COPIES = new ConcurrentHashMap<>();

  private TestDatabase() {}

  /** A database of its own, with the tables of {@code module} and no rows. */
  public static EmbeddedDataSource of(String module) {
    Path copy = COPIES.computeIfAbsent(module, TestDatabase::migrated);
    String name = "memory:" + UUID.randomUUID();
    try {
      DriverManager.getConnection("jdbc:derby:" + name + ";createFrom=" + copy).close();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
    return named(name);
  }

  private static Path migrated(String module) {
    String name = UUID.randomUUID().toString();
    var source = named("memory:" + name);
    source.setCreateDatabase("create");
    Schema.migrate(source, module);
    try (var connection = source.getConnection();
        var backup = connection.prepareCall("call syscs_util.syscs_backup_database(?)")) {
      Path directory =
          Files.createTempDirectory(Files.createDirectories(Path.of("target")), "tables-");
      backup.setString(1, directory.toString());
      backup.execute();
      return directory.resolve(name);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static EmbeddedDataSource named(String name) {
    var source = new EmbeddedDataSource();
    source.setDatabaseName(name);
    return source;
  }
}
