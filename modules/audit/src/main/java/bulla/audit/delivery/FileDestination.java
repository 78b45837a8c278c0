package bulla.audit.delivery;

import bulla.auditchain.JournalLines;
import bulla.auditchain.JournalLines.Tail;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files of JSON lines in a directory. Each is a stretch of the journal with its checkpoints, as
 * {@link JournalLines} says, continues the one before it, and can be verified. A new one begins
 * every day (UTC), when one is full, and where what is there does not end where the next entry
 * begins. The names sort by age. Lines that are there already do not come twice, and what was cut
 * off at the end of a file is replaced.
 */
final class FileDestination implements Destination {
  /** Below it the database, which may lie on the same disk, comes first. */
  private static final long LEAST_ROOM_BYTES = 256L << 20;

  private static final Pattern NAME =
      Pattern.compile("journal-[0-9]{8}T[0-9]{6}Z-[0-9]{16}\\.jsonl");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int TIME_AT = "journal-".length();
  private static final int DAY = "uuuuMMdd".length();
  private static final int SECOND = "uuuuMMddTHHmmssZ".length();

  private final Path directory;
  private final long fullBytes;
  private final Clock clock;
  private Written written;

  private record Written(Path file, Tail tail) {}

  /**
   * Files in {@code directory}, which is made where it is missing.
   *
   * @param fullBytes the size from which on a file gets a successor
   */
  FileDestination(Path directory, long fullBytes, Clock clock) {
    this.directory = directory;
    this.fullBytes = fullBytes;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "file:" + directory;
  }

  @Override
  public void deliver(JournalBatch batch) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    if (Files.getFileStore(directory).getUsableSpace() < LEAST_ROOM_BYTES) {
      throw new IOException(
          "Less than " + (LEAST_ROOM_BYTES >> 20) + " MB are left where " + directory + " lies");
    }
    Optional<Written> newest = newest();
    // Not known until the lines are safe.
    written = null;
    Optional<Written> continued = newest.filter(last -> continues(last.tail(), batch));
    Tail from =
        continued
            .map(Written::tail)
            .orElse(new Tail(batch.journal(), batch.after(), batch.hash(), -1, 0));
    var lines = new ByteArrayOutputStream();
    Tail to = append(from, batch.lines(), lines);
    boolean isNew = continued.isEmpty() || isFull(continued.get());
    Path file;
    long before = 0;
    if (!isNew) {
      file = continued.get().file();
      before = from.bytes();
    } else {
      file = next(from.seq() + 1, newest.map(Written::file));
      var header = new ByteArrayOutputStream();
      JournalLines.writeHeader(header, from.journal(), from.seq(), from.hash());
      header.write(lines.toByteArray());
      lines = header;
    }
    write(file, isNew, lines.toByteArray());
    written =
        new Written(
            file,
            new Tail(to.journal(), to.seq(), to.hash(), to.checkpoint(), before + lines.size()));
  }

  /** The newest file and its end; another server may have written one meanwhile. */
  private Optional<Written> newest() throws IOException {
    Optional<Path> file;
    try (Stream<Path> files = Files.list(directory)) {
      file =
          files
              .filter(path -> NAME.matcher(path.getFileName().toString()).matches())
              .max(Comparator.comparing(path -> path.getFileName().toString()));
    }
    if (file.isEmpty()) {
      return Optional.empty();
    }
    if (written != null
        && written.file().equals(file.get())
        && Files.size(file.get()) == written.tail().bytes()) {
      return Optional.of(written);
    }
    Optional<Tail> tail;
    try (InputStream in = Files.newInputStream(file.get())) {
      tail = JournalLines.tail(in);
    }
    if (tail.isPresent()) {
      cut(file.get(), tail.get().bytes());
    }
    return Optional.of(new Written(file.get(), tail.orElse(new Tail("", 0, "", -1, 0))));
  }

  /** Whether the first line that is missing after {@code tail} is in {@code batch}. */
  private static boolean continues(Tail tail, JournalBatch batch) {
    if (!tail.journal().equals(batch.journal())) {
      return false;
    }
    if (tail.seq() == batch.after()) {
      return tail.hash().equals(batch.hash());
    }
    return batch.lines().stream()
        .anyMatch(line -> line.seq() == tail.seq() && tail.hash().equals(line.hash()));
  }

  /** A file of a day to come, by a clock that was ahead, goes on until it is full. */
  private boolean isFull(Written file) {
    String today = TIME.format(clock.instant()).substring(0, DAY);
    String day = file.file().getFileName().toString().substring(TIME_AT, TIME_AT + DAY);
    return file.tail().bytes() >= fullBytes || day.compareTo(today) < 0;
  }

  /** The lines after {@code tail}; answers the end with them, but for its length. */
  private static Tail append(Tail tail, List<JournalLine> lines, OutputStream out)
      throws IOException {
    long seq = tail.seq();
    String hash = tail.hash();
    long checkpoint = tail.checkpoint();
    for (JournalLine line : lines) {
      boolean isNew =
          line.isEntry() ? line.seq() > seq : line.seq() >= seq && line.seq() > checkpoint;
      if (isNew) {
        out.write((line.json() + "\n").getBytes(StandardCharsets.UTF_8));
        if (line.isEntry()) {
          seq = line.seq();
          hash = line.hash();
        } else {
          checkpoint = line.seq();
        }
      }
    }
    return new Tail(tail.journal(), seq, hash, checkpoint, 0);
  }

  /** A name that sorts after that of the newest file, even where the clock was set back. */
  private Path next(long seq, Optional<Path> newest) {
    Instant time = clock.instant();
    if (newest.isPresent()) {
      String last = newest.get().getFileName().toString().substring(TIME_AT, TIME_AT + SECOND);
      Instant after = TIME.parse(last, Instant::from).plusSeconds(1);
      time = time.isBefore(after) ? after : time;
    }
    return directory.resolve("journal-%s-%016d.jsonl".formatted(TIME.format(time), seq));
  }

  /** Takes away the line that was not written to its end. */
  private static void cut(Path file, long bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    }
  }

  /** A new file gets its name when it is whole. */
  private void write(Path file, boolean isNew, byte[] lines) throws IOException {
    Path open = isNew ? directory.resolve(file.getFileName() + ".part") : file;
    try (FileChannel channel =
        isNew
            ? DurableFiles.create(open)
            : FileChannel.open(open, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      ByteBuffer left = ByteBuffer.wrap(lines);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    if (isNew) {
      DurableFiles.rename(open, file);
    }
  }
}
