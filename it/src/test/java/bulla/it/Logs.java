package bulla.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** All that a server has written to its logs and its database. */
final class Logs {
  private Logs() {}

  /** The content of every file of the log directory, whatever its encoding. */
  static String of(TestServer server) throws IOException {
    return content(server.logs());
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
