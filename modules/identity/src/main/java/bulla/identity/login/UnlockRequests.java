package bulla.identity.login;

import bulla.audit.AuditEvent;
import bulla.audit.AuditJournal;
import bulla.audit.ObjectStates;
import bulla.audit.Outcome;
import bulla.database.DataDirectory;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The requests of {@code ./bulla admin unlock}: files that whoever owns the data directory puts
 * into its directory {@code unlock}. Who can write there could read the database, so this opens
 * nothing new, and it needs no user who is not locked out. The server takes them up when it is
 * about to refuse somebody. Each is good once, and for {@value #GOOD_FOR_MINUTES} minutes, so that
 * one which nobody needed does not lie in wait.
 */
@Dependent
@Transactional
class UnlockRequests {
  static final String DIRECTORY = "unlock";
  private static final String FILES = "*.request";
  private static final int LARGEST = 1024;
  private static final int MOST_AT_ONCE = 32;
  private static final int GOOD_FOR_MINUTES = 15;
  private static final Logger LOG = Logger.getLogger("bulla.identity.login");

  private final Path directory;
  private final AuditJournal journal;
  private final Clock clock;

  @Inject
  UnlockRequests(DataDirectory data, AuditJournal journal) {
    this(data.directory(DIRECTORY), journal, Clock.systemUTC());
  }

  UnlockRequests(Path directory, AuditJournal journal, Clock clock) {
    this.directory = directory;
    this.journal = journal;
    this.clock = clock;
  }

  /** Takes the requests that there are, each with an entry in the journal. */
  List<Unlock> take() {
    var taken = new ArrayList<Unlock>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, FILES)) {
      int number = 0;
      for (Path file : files) {
        if (number++ < MOST_AT_ONCE) {
          take(file).ifPresent(taken::add);
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot read " + directory, failed);
    }
    taken.forEach(
        unlock ->
            journal.recordChange(
                new AuditEvent(
                    null,
                    null,
                    "UNLOCK",
                    "users",
                    unlock.name(),
                    Outcome.SUCCESS,
                    "on the host" + unlock.address().map(from -> ", for " + from).orElse(""),
                    null),
                ObjectStates.NONE));
    return taken;
  }

  private Optional<Unlock> take(Path file) {
    try {
      Optional<Unlock> unlock = read(file);
      // Of two threads that read it, one deletes it.
      return Files.deleteIfExists(file) ? unlock : Optional.empty();
    } catch (IOException unusable) {
      LOG.log(Level.WARNING, unusable, () -> "An unlock request cannot be taken: " + file);
      return Optional.empty();
    }
  }

  private Optional<Unlock> read(Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Instant made = attributes.lastModifiedTime().toInstant();
    boolean old = made.plus(Duration.ofMinutes(GOOD_FOR_MINUTES)).isBefore(clock.instant());
    if (old || !attributes.isRegularFile() || attributes.size() > LARGEST) {
      LOG.warning(() -> "An unlock request is too old or no short file, and ignored: " + file);
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(in.readNBytes(LARGEST)))
              .toString();
      return Optional.of(Unlock.parse(text));
    } catch (IllegalArgumentException | CharacterCodingException unreadable) {
      LOG.log(Level.WARNING, unreadable, () -> "An unlock request is ignored: " + file);
      return Optional.empty();
    }
  }
}
