package bulla.protector.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that a later run can go on with: what is written so far, and how far that is, stays beside
 * it in two hidden files for their owner alone, until the whole gets its name. A third one keeps a
 * second run out meanwhile. How far is noted about once a second, after what is written is on the
 * disk; what came later is cut off, also when the run fails, and done again.
 */
final class ResumableFile implements RowOutput, AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Sparse, where the file system knows that. */
  private static final long LONGEST_MARK = 1 << 20;

  private final Path target;
  private final Path part;
  private final Path note;
  private final Map<String, String> job;
  private final Runnable beforeNote;
  private final Duration pause;
  private final long rowsDone;
  private final FileChannel turn;
  private final FileChannel channel;
  private final OutputStream stream;
  private long noted = System.nanoTime();

  /** The length of what is noted. Of what is behind it the audit records may not be kept. */
  private long kept;

  private ResumableFile(
      Path target,
      Path part,
      Path note,
      Map<String, String> job,
      Runnable beforeNote,
      Duration pause,
      Note former,
      FileChannel turn,
      FileChannel channel)
      throws IOException {
    this.target = target;
    this.part = part;
    this.note = note;
    this.job = job;
    this.beforeNote = beforeNote;
    this.pause = pause;
    this.rowsDone = former.rows();
    this.turn = turn;
    this.channel = channel.truncate(former.bytes());
    channel.position(former.bytes());
    this.kept = former.bytes();
    this.stream =
        new BufferedOutputStream(new UnclosedOutput(Channels.newOutputStream(channel)), 65_536);
  }

  /** What an earlier run came to. */
  record Note(Map<String, String> job, long rows, long bytes) {}

  /**
   * Begins to write {@code file}, or goes on with what an earlier run of the same job has left.
   *
   * @param job what must be the same: the input, the command, the package
   * @param beforeNote comes before each note of how far it is, since no later run does that part
   *     again; where it fails, nothing is noted
   * @throws CommandFailedException when another job has left something
   */
  static ResumableFile open(Path file, Map<String, String> job, Runnable beforeNote)
      throws IOException {
    return open(file, job, beforeNote, PAUSE);
  }

  /**
   * @param pause the time between two notes
   */
  static ResumableFile open(Path file, Map<String, String> job, Runnable beforeNote, Duration pause)
      throws IOException {
    Path target = FileNames.place(file);
    FileChannel turn = takeTurn(target);
    try {
      return open(target, turn, job, beforeNote, pause);
    } catch (IOException | RuntimeException e) {
      turn.close();
      throw e;
    }
  }

  private static ResumableFile open(
      Path target, FileChannel turn, Map<String, String> job, Runnable beforeNote, Duration pause)
      throws IOException {
    Path part = beside(target, "part");
    Path note = beside(target, "json");
    Files.deleteIfExists(nextNote(target));
    var former = new Note(job, 0, 0);
    // A note alone is of a run that was killed after it gave the file its name.
    if (Files.exists(note) && Files.exists(part)) {
      former = read(note);
      if (!new TreeMap<>(job).equals(new TreeMap<>(former.job()))
          || Files.size(part) < former.bytes()) {
        throw CommandFailedException.failed(
            "%s is of another input, command or package, so %s is not resumed; remove it to begin anew"
                .formatted(note, target));
      }
    } else {
      Files.deleteIfExists(part);
      Files.deleteIfExists(note);
      OutputFile.ownerOnly(part);
    }
    FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
    try {
      return new ResumableFile(target, part, note, job, beforeNote, pause, former, turn, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static Path beside(Path target, String use) {
    return target.resolveSibling("." + target.getFileName() + ".resume." + use);
  }

  /** Always of one name, so that the next run removes what a killed one left. */
  private static Path nextNote(Path target) {
    return beside(target, "json.new");
  }

  /** Two runs at once would write into each other's file. A killed run's lock goes with it. */
  private static FileChannel takeTurn(Path target) throws IOException {
    Path lock = beside(target, "lock");
    makeIfMissing(lock);
    FileChannel turn = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (isFree(turn) && isStillAt(lock, turn)) {
        return turn;
      }
    } catch (IOException e) {
      turn.close();
      throw e;
    }
    turn.close();
    throw CommandFailedException.failed("Another run is writing " + target + "; let it end first");
  }

  private static void makeIfMissing(Path lock) throws IOException {
    try {
      OutputFile.ownerOnly(lock);
    } catch (FileAlreadyExistsException madeMeanwhile) {
      // By the run whose turn it is, or that asks for it.
    }
  }

  /**
   * Whether a file is still under the name that it was opened by: another run may have ended, and
   * removed it, before it was locked here, and a third one may have made it anew. It is told by a
   * length that nobody else gives it. To read it would give the lock up: POSIX ends all locks of a
   * process on a file when the process closes it, however often it has it open.
   */
  static boolean isStillAt(Path lock, FileChannel turn) throws IOException {
    long mark = ThreadLocalRandom.current().nextLong(1, LONGEST_MARK);
    turn.truncate(0).write(ByteBuffer.allocate(1), mark - 1);
    try {
      return Files.size(lock) == mark;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean isFree(FileChannel turn) throws IOException {
    try {
      return turn.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Held in this very process.
      return false;
    }
  }

  private static Note read(Path note) throws IOException {
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(note));
      var job = new TreeMap<String, String>();
      for (var member : json.required("job").properties()) {
        job.put(member.getKey(), member.getValue().asText());
      }
      return new Note(job, count(json.required("rows")), count(json.required("bytes")));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw CommandFailedException.failed(note + " cannot be read; remove it to begin anew");
    }
  }

  private static long count(JsonNode number) {
    if (!number.canConvertToLong() || number.longValue() < 0) {
      throw new IllegalArgumentException("No count");
    }
    return number.longValue();
  }

  private static byte[] json(Note note) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    ObjectNode members = json.putObject("job");
    note.job().forEach(members::put);
    json.put("rows", note.rows()).put("bytes", note.bytes());
    return JSON.writeValueAsBytes(json);
  }

  @Override
  public long rowsDone() {
    return rowsDone;
  }

  @Override
  public OutputStream stream() {
    return stream;
  }

  @Override
  public void rowsWritten(long rows, Flushable sink) throws IOException {
    // Without a row there is nothing to save, and the next run would write the header row again.
    if (rows > 0 && System.nanoTime() - noted >= pause.toNanos()) {
      beforeNote.run();
      sink.flush();
      stream.flush();
      channel.force(true);
      Path next = OutputFile.ownerOnly(nextNote(target));
      Files.write(next, json(new Note(job, rows, channel.position())));
      Files.move(next, note, StandardCopyOption.ATOMIC_MOVE);
      kept = channel.position();
      noted = System.nanoTime();
    }
  }

  @Override
  public void discard() throws IOException {
    kept = 0;
    Files.deleteIfExists(note);
    Files.deleteIfExists(part);
    Files.deleteIfExists(beside(target, "lock"));
  }

  /** Gives the file its name, once all of it is on the disk. */
  void commit() throws IOException {
    stream.flush();
    OutputFile.keepPermissions(target, part);
    channel.force(true);
    channel.close();
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(note);
    Files.deleteIfExists(beside(target, "lock"));
  }

  /** Leaves what is noted, and nothing else, to a later run, unless it was committed. */
  @Override
  public void close() throws IOException {
    try (turn;
        channel) {
      if (channel.isOpen()) {
        channel.truncate(kept);
      }
    }
  }
}
