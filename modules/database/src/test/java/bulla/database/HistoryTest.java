package bulla.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private static final String FOLDER = "db/migration/one";
  private static final String SCRIPT = "V1__things.sql";

  @TempDir Path directory;

  private final DataSource dataSource = inMemory();
  private String script;

  @BeforeEach
  void readTheScript() throws IOException {
    try (var content = getClass().getResourceAsStream("/" + FOLDER + "/" + SCRIPT)) {
      script = new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aNewDatabaseHasSeenNothing() {
    assertThat(isOf(getClass().getClassLoader())).isFalse();
  }

  @Test
  void whatFlywayHasAppliedIsSeen() {
    Schema.migrate(dataSource, "one");
    assertThat(isOf(getClass().getClassLoader())).isTrue();
  }

  @Test
  void scriptsInAJarAreComparedByTheirLines() throws Exception {
    Schema.migrate(dataSource, "one");
    assertThat(isOfJarWith(Map.of(SCRIPT, script))).isTrue();
    assertThat(isOfJarWith(Map.of(SCRIPT, script.replace("\n", "\r\n")))).isTrue();
    assertThat(isOfJarWith(Map.of(SCRIPT, script + "-- more\n"))).isFalse();
  }

  @Test
  void aScriptMoreOrLessIsNotTheSame() throws Exception {
    Schema.migrate(dataSource, "one");
    assertThat(isOfJarWith(Map.of(SCRIPT, script, "V2__more.sql", "select 1;"))).isFalse();
    assertThat(isOfJarWith(Map.of())).isFalse();
    assertThat(isOfJarWith(Map.of("V2__more.sql", script))).isFalse();
  }

  @Test
  void aScriptThatHasFailedIsNotSeen() throws SQLException {
    Schema.migrate(dataSource, "one");
    execute("update ONE_SCHEMA_HISTORY set \"success\" = false");
    assertThat(isOf(getClass().getClassLoader())).isFalse();
  }

  @Test
  void flywayRefusesWhatIsNotTheSame() throws SQLException {
    Schema.migrate(dataSource, "one");
    execute("update ONE_SCHEMA_HISTORY set \"checksum\" = 1 where \"type\" = 'SQL'");
    assertThatThrownBy(() -> Schema.migrate(dataSource, "one"))
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("checksum mismatch");
  }

  private boolean isOfJarWith(Map<String, String> scripts) throws IOException {
    Path jar = directory.resolve(UUID.randomUUID() + ".jar");
    try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry(FOLDER + "/flyway.location"));
      for (var each : scripts.entrySet()) {
        out.putNextEntry(new ZipEntry(FOLDER + "/" + each.getKey()));
        out.write(each.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      return isOf(loader);
    }
  }

  private boolean isOf(ClassLoader loader) {
    return History.isOf(dataSource, "ONE_SCHEMA_HISTORY", loader, FOLDER);
  }

  private void execute(String sql) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }

  private static DataSource inMemory() {
    var source = new EmbeddedDataSource();
    source.setDatabaseName("memory:" + UUID.randomUUID());
    source.setCreateDatabase("create");
    return source;
  }
}
