package bulla.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
  @TempDir Path directory;

  @Test
  void findsEveryModuleThatDeclaresItsTables() throws Exception {
    URL[] jars = {declaring("identity"), declaring("rps")};
    try (var loader = new URLClassLoader(jars, null)) {
      assertThat(Migrations.modules(loader)).containsExactly("identity", "rps");
    }
  }

  @Test
  void aFailureReachesWhoeverWaits() {
    // No container, so no data source of that name.
    var migrations = new Migrations();
    migrations.begin(null);
    assertThatThrownBy(migrations::await)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot be opened or brought up to date")
        .hasCauseInstanceOf(javax.naming.NamingException.class);
  }

  private URL declaring(String module) throws Exception {
    Path jar = directory.resolve(module);
    Files.createDirectories(jar.resolve("META-INF/bulla"));
    Files.writeString(jar.resolve(Migrations.DECLARATION), module + "\n");
    return jar.toUri().toURL();
  }
}
