package bulla.audit;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.auditchain.CheckpointKey;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledServerTest {
  private static final int ACKNOWLEDGED = Integer.getInteger("bulla.audit.acknowledged", 150);

  @TempDir Path directory;

  @Test
  void noAcknowledgedEntryIsLostWhenTheProcessIsKilled() throws Exception {
    String database = directory.resolve("database").toString();
    Set<String> acknowledged = new HashSet<>();
    for (int kill = 1; kill <= 2; kill++) {
      Set<String> now = killedAfter(database, ACKNOWLEDGED * kill);
      EmbeddedDataSource source = KilledWriter.database(database);
      Set<String> found = new HashSet<>(numbers(source));
      assertThat(found).as("kill %d", kill).containsAll(now).containsAll(acknowledged);
      acknowledged.addAll(now);

      var keyring = new MemoryKeyring();
      var sealer = new Sealer(source, CheckpointKey.generate(), Clock.systemUTC());
      int sealed = sealer.seal();
      while (sealed > 0) {
        sealed = sealer.seal();
      }
      var journal = new JdbcSealedJournal(keyring);
      journal.dataSource = source;
      assertThat(journal.pending()).isZero();
      assertThat(journal.verify().broken()).isEmpty();
      assertThat(journal.verify().entries()).isEqualTo(numbers(source).size());
      shutDown(source);
    }
  }

  /** Runs the writer, kills it without warning, and gives what it had said by then. */
  private Set<String> killedAfter(String database, int lines)
      throws IOException, InterruptedException {
    String classPath =
        Stream.of(
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path", ""),
                Path.of("target", "classes").toAbsolutePath().toString(),
                Path.of("target", "test-classes").toAbsolutePath().toString())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dderby.stream.error.file=" + directory.resolve("derby.log"),
                "-cp",
                classPath,
                KilledWriter.class.getName(),
                database)
            .redirectError(directory.resolve("error.log").toFile())
            .start();
    Set<String> said = new HashSet<>();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      while (said.size() < lines) {
        String line = output.readLine();
        assertThat(line).as("the writer ended by itself").isNotNull();
        said.add(line);
      }
      // On this system it is SIGKILL: nothing is flushed and nothing closed. (The process itself
      // would close this side's streams too.)
      assertThat(process.toHandle().destroyForcibly()).isTrue();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        said.add(line);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    // The last line may have been cut off.
    return said;
  }

  private static List<String> numbers(EmbeddedDataSource source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return EntryQuery.of(EventFilter.ALL).find(connection, 0, 1_000_000).stream()
          .map(entry -> entry.event().objectId())
          .toList();
    }
  }

  private static void shutDown(EmbeddedDataSource source) {
    source.setShutdownDatabase("shutdown");
    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                    SQLException.class, source::getConnection)
                .getSQLState())
        .isEqualTo("08006");
  }
}
