package bulla.liberty.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the log of the present run says of a start that fails, for whoever has only the terminal. It
 * is read in both forms of {@code BULLA_LOG_FORMAT}; one file can hold both, because the first
 * records are written before the setting is known.
 */
final class ServerLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Time, thread, logger, level, text. */
  private static final Pattern SIMPLE = Pattern.compile("^\\[[^]]*] \\w+ \\S+ +(\\w) (.*)$");

  private static final Set<String> ERROR_LEVELS = Set.of("E", "F", "ERROR", "SEVERE", "FATAL");

  private static final Set<String> WARNING_LEVELS = Set.of("W", "WARNING");

  /** Liberty goes on without an application that fails to start, and says why before. */
  private static final Pattern APPLICATION_FAILED = Pattern.compile("^CWWKZ0(002|004|106)E");

  /**
   * What else Liberty goes on without: an application of an unknown type, without a place, or that
   * is invalid or not there; a port that it cannot listen on; a configuration that it cannot read.
   */
  private static final Pattern SERVES_NOTHING =
      Pattern.compile("^CWWK(Z0005E|Z0014W|Z0016E|Z0021E|O0221E|G0014E|G0090E)");

  /** An exception with its message, then the class and the place that saw it. */
  private static final Pattern INCIDENT =
      Pattern.compile("^FFDC1015I: [^\"]*\"(.*) \\S+ \\S+\" at \\S+$");

  private record Entry(String level, String text) {
    boolean isError() {
      return ERROR_LEVELS.contains(level);
    }

    boolean saysThatTheStartFailed() {
      return (isError() || WARNING_LEVELS.contains(level))
          && (APPLICATION_FAILED.matcher(text).find() || SERVES_NOTHING.matcher(text).find());
    }
  }

  private final Path directory;
  private Object earlier;

  ServerLog(Path directory) {
    this.directory = directory;
  }

  /** From now on only a log that a later run makes is looked at; Liberty sets the old one aside. */
  void expectNew() {
    earlier = identity();
  }

  /** Whether the run has written that it cannot serve. */
  boolean saysThatTheStartFailed() {
    return entries().stream().anyMatch(Entry::saysThatTheStartFailed);
  }

  /** Why the start failed, as far as the run has said so, and where more is to be read. */
  String explanation() {
    return cause().map(cause -> cause + "\n").orElse("") + "See " + directory;
  }

  /** The last record of the run, for whoever waits; where there is none yet, that. */
  String newest() {
    List<Entry> entries = entries();
    return entries.isEmpty()
        ? "it has logged nothing yet"
        : "its log ends with: " + entries.get(entries.size() - 1).text();
  }

  /**
   * The first error that is more than the consequence of one. Where nobody has logged it, Liberty
   * has at least noted the exception; a Java machine that does not come up says so on its console.
   */
  private Optional<String> cause() {
    List<Entry> entries = entries();
    return Stream.<Stream<String>>of(
            entries.stream()
                .filter(entry -> entry.isError() || entry.saysThatTheStartFailed())
                .map(Entry::text)
                .filter(text -> !APPLICATION_FAILED.matcher(text).find()),
            entries.stream()
                .map(entry -> INCIDENT.matcher(entry.text()))
                .filter(Matcher::matches)
                .map(incident -> incident.group(1)),
            entries.stream().filter(Entry::isError).map(Entry::text),
            entries.isEmpty() ? lines("console.log").stream() : Stream.empty())
        .flatMap(candidates -> candidates)
        .flatMap(String::lines)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  private List<Entry> entries() {
    return Objects.equals(identity(), earlier)
        ? List.of()
        : lines("messages.log").stream()
            .flatMap(line -> entry(line).stream())
            // As of requests, which the JSON form has among the records.
            .filter(entry -> !entry.text().isBlank())
            .toList();
  }

  private static Optional<Entry> entry(String line) {
    if (!line.startsWith("{")) {
      Matcher simple = SIMPLE.matcher(line);
      return simple.matches()
          ? Optional.of(new Entry(simple.group(1), simple.group(2)))
          : Optional.empty();
    }
    try {
      JsonNode record = JSON.readTree(line);
      return Optional.of(
          new Entry(record.path("loglevel").asText(), record.path("message").asText()));
    } catch (JsonProcessingException unfinished) {
      return Optional.empty();
    }
  }

  /**
   * What tells the log of one run from that of another; null where nothing is written yet. Liberty
   * goes on with an empty file that it finds, such as a server leaves whose disk was full.
   */
  private Object identity() {
    try {
      var log = Files.readAttributes(directory.resolve("messages.log"), BasicFileAttributes.class);
      return log.size() == 0 ? null : log.fileKey();
    } catch (IOException absent) {
      return null;
    }
  }

  /** None where the file is not there yet. */
  private List<String> lines(String name) {
    try {
      // A record that is cut short in the middle of a letter is read once more a moment later.
      return new String(Files.readAllBytes(directory.resolve(name)), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException absent) {
      return List.of();
    }
  }
}
