package bulla.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** All that a server has written to its logs and its database. */
final class Logs {
  private Logs() {}

  /** The content of every file of the log directory, whatever its encoding. */
  static String of(TestServer server) throws IOException {
    return content(server.logs());
  }

  /**
   * The records of a call in the log of its API, which are written after its answer, from their
   * level on; whoever waits for one in vain waits for a second.
   */
  static List<String> ofCall(TestServer server, String correlationId) throws IOException {
    Instant end = Instant.now().plusSeconds(1);
    List<String> records;
    do {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      records =
          of(server)
              .lines()
              .filter(line -> line.contains("FINEST: ") && line.contains(correlationId))
              // In JSON a slash may be written as an escape.
              .map(line -> line.substring(line.indexOf("FINEST: ")).replace("\\/", "/"))
              .toList();
    } while (records.isEmpty() && Instant.now().isBefore(end));
    return records;
  }

  /** Every file of the database, with its transaction log, which holds what no page has yet. */
  static String pages(TestServer server) throws IOException {
    return content(server.data().resolve("database"));
  }

  private static String content(Path directory) throws IOException {
    var all = new StringBuilder();
    try (var files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, ISO_8859_1)).append('\n');
      }
    }
    return all.toString();
  }
}
