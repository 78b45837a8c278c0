package bulla.launcher.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
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
      Pattern.compile("^CWWK(Z0005E|Z0014W|Z0016E|Z0021E|O0221E|O0224E|G0014E|G0090E)");

  /** Each with the port. */
  private static final String LISTENS = "CWWKO0219I:";

  /** The first record of a start, but for those of what is traced. */
  private static final String LAUNCHED = "CWWKE0001I:";

  private static final String TRACE = "TRAS";

  private static final String MESSAGES = "messages.log";

  private static final String CONSOLE = "console.log";

  /**
   * What a Java machine says on its console that is no reason for its end, or that stands above
   * one.
   */
  private static final Pattern NO_REASON =
      Pattern.compile(
          "^((NOTE: )?Picked up |WARNING: |.* VM warning: |\\[[0-9.]+s\\]\\[|\\d+ compiler directives added"
              + "|Error occurred during initialization of VM)");

  private static final DateTimeFormatter ASIDE =
      DateTimeFormatter.ofPattern("'messages'_yy.MM.dd_HH.mm.ss").withZone(ZoneOffset.UTC);

  private record Entry(String level, String text) {
    boolean isError() {
      return ERROR_LEVELS.contains(level);
    }

    boolean saysThatTheStartFailed() {
      return (isError() || WARNING_LEVELS.contains(level))
          && (APPLICATION_FAILED.matcher(text).find() || SERVES_NOTHING.matcher(text).find());
    }
  }

  /** What a run has written so far; the newest of it, where it has written very much. */
  record Said(List<Entry> entries) {
    /** Whether it is that the server cannot serve. */
    boolean failed() {
      return entries.stream().anyMatch(Entry::saysThatTheStartFailed);
    }

    /** Whether it is that the server has {@code port}. */
    boolean listensOn(int port) {
      if (entries.isEmpty()) {
        return false;
      }
      // Else its start is in a file that is full.
      boolean fromItsStart =
          entries.get(0).text().startsWith(TRACE)
              || entries.stream().anyMatch(entry -> entry.text().startsWith(LAUNCHED));
      // Names of channels and addresses have digits too.
      Pattern number = Pattern.compile("(?<![\\w.:-])" + port + "(?![\\w:-]|\\.\\w)");
      return !fromItsStart
          || entries.stream()
              .map(Entry::text)
              .anyMatch(text -> text.startsWith(LISTENS) && number.matcher(text).find());
    }

    /** The last record, for whoever waits; where there is none yet, that. */
    String newest() {
      // Requests, which the JSON form has among the records, say nothing.
      List<String> said =
          entries.stream().map(Entry::text).filter(text -> !text.isBlank()).toList();
      return said.isEmpty()
          ? "it has logged nothing yet"
          : "its log ends with: " + said.get(said.size() - 1);
    }
  }

  private record Reading(long size, Said said) {
    static final Reading NONE = new Reading(-1, new Said(List.of()));
  }

  /** Made when it is first used: a start waits for nothing that it does not need (ADR 33). */
  private static final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();
  }

  private final Path directory;
  private volatile Reading newest = Reading.NONE;

  ServerLog(Path directory) {
    this.directory = directory;
  }

  /**
   * Puts the log of the run before aside, under a name of Liberty's, which would do it too: but
   * only when it comes to it, and until then the log would be taken for that of the new run. What
   * its Java machine said on the console goes, which a run in the foreground would not replace.
   */
  void setAside() throws IOException {
    Files.deleteIfExists(directory.resolve(CONSOLE));
    deleteIncidents();
    Path log = directory.resolve(MESSAGES);
    if (!Files.exists(log)) {
      return;
    }
    String name = ASIDE.format(Instant.now());
    int number = 0;
    while (Files.exists(directory.resolve(name + "." + number + ".log"))) {
      number++;
    }
    Files.move(log, directory.resolve(name + "." + number + ".log"));
    newest = Reading.NONE;
  }

  /** Incident files of earlier versions hold headers of requests, with passwords. */
  private void deleteIncidents() throws IOException {
    Path incidents = directory.resolve("ffdc");
    if (Files.isDirectory(incidents)) {
      try (var files = Files.newDirectoryStream(incidents)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
      Files.delete(incidents);
    }
  }

  /** It is read again only where it has grown, because whoever waits for a start asks often. */
  Said said() {
    // Before its content, which may grow meanwhile.
    long size = size();
    Reading known = newest;
    if (known.size() == size) {
      return known.said();
    }
    var said = new Said(entries());
    // Else it may be that it could not be read.
    if (!said.entries().isEmpty()) {
      newest = new Reading(size, said);
    }
    return said;
  }

  /** Why the start failed, as far as the run has said so, and where more is to be read. */
  String explanation() {
    return cause().map(cause -> cause + "\n").orElse("") + "See " + directory;
  }

  /**
   * The first error that is more than the consequence of one; a Java machine that does not come up
   * says so on its console.
   */
  private Optional<String> cause() {
    List<Entry> entries = entries();
    List<String> console = entries.isEmpty() ? lines(CONSOLE) : List.of();
    return Stream.<Stream<String>>of(
            entries.stream()
                .filter(entry -> entry.isError() || entry.saysThatTheStartFailed())
                .map(Entry::text)
                .filter(text -> !APPLICATION_FAILED.matcher(text).find()),
            entries.stream().filter(Entry::isError).map(Entry::text),
            console.stream().filter(line -> !NO_REASON.matcher(line).find()),
            console.stream())
        .flatMap(candidates -> candidates)
        .flatMap(String::lines)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  private long size() {
    return directory.resolve(MESSAGES).toFile().length();
  }

  private List<Entry> entries() {
    return lines(MESSAGES).stream().flatMap(line -> entry(line).stream()).toList();
  }

  private static Optional<Entry> entry(String line) {
    if (!line.startsWith("{")) {
      Matcher simple = SIMPLE.matcher(line);
      return simple.matches()
          ? Optional.of(new Entry(simple.group(1), simple.group(2)))
          : Optional.empty();
    }
    try {
      JsonNode record = Json.MAPPER.readTree(line);
      return Optional.of(
          new Entry(record.path("loglevel").asText(), record.path("message").asText()));
    } catch (JsonProcessingException unfinished) {
      return Optional.empty();
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
