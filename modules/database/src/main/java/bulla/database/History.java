package bulla.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.sql.DataSource;

/**
 * The scripts that a database has seen, as Flyway has noted them there, beside those that a module
 * has. Every start but the first finds them the same; to ask Flyway for that costs half a second of
 * processor time.
 */
final class History {
  /** What Derby and PostgreSQL say when there is no such table. */
  private static final Set<String> NO_TABLE = Set.of("42X05", "42P01");

  private static final String SUFFIX = ".sql";

  private History() {}

  /**
   * Whether the database has seen exactly the scripts that lie in the folder, each with the content
   * that it has now. What cannot be told is Flyway's to find out.
   *
   * @param table the name of Flyway's history
   * @param folder of the class path, with an empty file {@code flyway.location} in it
   */
  static boolean isOf(DataSource dataSource, String table, ClassLoader loader, String folder) {
    try {
      Optional<Map<String, Integer>> scripts = scripts(loader, folder);
      return scripts.isPresent()
          && !scripts.get().isEmpty()
          && scripts.equals(applied(dataSource, table));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The scripts in " + folder + " cannot be read", unreadable);
    } catch (SQLException failed) {
      throw new IllegalStateException(
          "The history " + table + " cannot be read: " + failed.getMessage(), failed);
    }
  }

  /** Their names and checksums; nothing where one has failed, or there is no history yet. */
  private static Optional<Map<String, Integer>> applied(DataSource dataSource, String table)
      throws SQLException {
    var applied = new HashMap<String, Integer>();
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select \"type\", \"script\", \"checksum\", \"success\" from \"" + table + "\"")) {
      while (rows.next()) {
        if (!rows.getBoolean("success")) {
          return Optional.empty();
        }
        // The other type here is the mark that a database had tables of other modules before.
        if (!rows.getString("type").equals("BASELINE")) {
          applied.put(rows.getString("script"), rows.getInt("checksum"));
        }
      }
      return Optional.of(applied);
    } catch (SQLException failed) {
      if (NO_TABLE.contains(failed.getSQLState())) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  /** The same of the scripts in the folder; nothing where that cannot be listed. */
  private static Optional<Map<String, Integer>> scripts(ClassLoader loader, String folder)
      throws IOException {
    var scripts = new HashMap<String, Integer>();
    for (URL marker : Collections.list(loader.getResources(folder + "/flyway.location"))) {
      Optional<Path> container = container(marker);
      if (container.isEmpty()) {
        return Optional.empty();
      }
      if (Files.isDirectory(container.get())) {
        try (Stream<Path> files = Files.list(container.get())) {
          for (Path file : files.filter(each -> each.toString().endsWith(SUFFIX)).toList()) {
            try (InputStream content = Files.newInputStream(file)) {
              scripts.put(file.getFileName().toString(), checksum(content));
            }
          }
        }
      } else {
        try (var jar = new ZipFile(container.get().toFile())) {
          for (ZipEntry entry : Collections.list(jar.entries())) {
            String name = entry.getName();
            if (name.startsWith(folder + "/") && name.endsWith(SUFFIX)) {
              try (InputStream content = jar.getInputStream(entry)) {
                scripts.put(name.substring(folder.length() + 1), checksum(content));
              }
            }
          }
        }
      }
    }
    return Optional.of(scripts);
  }

  /**
   * The directory or the jar that a file of the class path lies in; Liberty's URLs of what is in a
   * jar begin with {@code wsjar:file:}.
   */
  private static Optional<Path> container(URL file) {
    String text = file.toString();
    int path = text.indexOf("file:");
    int inJar = text.indexOf("!/");
    try {
      if (path == 0 && inJar < 0) {
        return Optional.of(Path.of(URI.create(text)).getParent());
      }
      if (path > 0 && inJar > path) {
        return Optional.of(Path.of(URI.create(text.substring(path, inJar))))
            .filter(Files::isRegularFile);
      }
      return Optional.empty();
    } catch (IllegalArgumentException notAPath) {
      return Optional.empty();
    }
  }

  /** As Flyway makes it: of the lines without their ends. */
  private static int checksum(InputStream script) throws IOException {
    var sum = new CRC32();
    var lines = new BufferedReader(new InputStreamReader(script, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      sum.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return (int) sum.getValue();
  }
}
