package bulla.protector.cli;

import static bulla.protector.cli.CommandFailedException.wrongUsage;

import bulla.protection.ReturnCode;
import bulla.protector.Operation;
import bulla.protector.Protector;
import bulla.protector.ProtectorException;
import bulla.protector.Session;
import bulla.resilientpackage.envelope.PackageException;
import bulla.resilientpackage.policy.DataElement;
import bulla.secrets.FailureReason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands that work on files have in common. */
abstract class FileCommand implements Callable<Integer> {
  private static final String STANDARD = "-";
  private static final int MOST_THREADS = 256;
  private static final List<Path> OPEN =
      Stream.of("/dev/fd", "/dev/stdin", "/dev/stdout", "/dev/stderr", "/proc")
          .map(Path::of)
          .toList();
  private static final int MOST_LISTED = 20;

  /** A slow input is no reason to end a session. */
  private static final Duration SESSION = Duration.ofDays(365);

  private final StandardStreams streams;
  private final Operation operation;

  @Mixin private PackageOptions packageOptions;

  @Option(
      names = "--user",
      required = true,
      paramLabel = "NAME",
      description = "On whose behalf: the policy decides by this name. Nothing here proves it.")
  private String user;

  @Option(
      names = "--delimiter",
      defaultValue = ",",
      paramLabel = "CHAR",
      description = "What separates fields; \\t is a tab. Default: a comma")
  private String delimiter;

  @Option(
      names = "--format",
      defaultValue = "csv",
      paramLabel = "csv|jsonl|fixed",
      description = {
        "How rows stand in the files: CSV with a header row (the default), JSON lines, whose",
        "columns are the members of one object a line, or fixed columns, which --field describes."
      })
  private String format;

  @Option(
      names = "--field",
      paramLabel = "COLUMN=FIRST-LAST",
      description =
          "With --format fixed: the first and the last character of a column, from 1; once for each"
              + " column.")
  private List<String> fields = new ArrayList<>();

  @Option(
      names = "--allow-missing",
      description =
          "With --format jsonl: a column that no line has is no error. Without it, a mistyped name"
              + " ends the command.")
  private boolean allowMissing;

  @Option(
      names = "--threads",
      defaultValue = "1",
      paramLabel = "N",
      description = "How many threads work; the rows keep their order. Default: 1")
  private int threads;

  @Option(
      names = "--resume",
      description = {
        "Keeps what is written when the command is interrupted, and goes on with it when the same",
        "command is given again. For files alone."
      })
  private boolean resume;

  @Parameters(
      index = "0",
      paramLabel = "INPUT",
      description = "The file to read, - for standard input.")
  private String input;

  @Parameters(
      index = "1",
      paramLabel = "OUTPUT",
      description = "The file to write, - for standard output. It is replaced as a whole or not.")
  private String output;

  FileCommand(Operation operation, StandardStreams streams) {
    this.operation = operation;
    this.streams = streams;
  }

  /** What {@code --column} says. */
  abstract List<ColumnMapping> mappings();

  /** Carries out the command on some values of one column. */
  abstract String[] apply(Session session, ColumnMapping mapping, String[] values);

  @Override
  public Integer call() {
    RowLayout layout = layout();
    List<ColumnMapping> mappings = mappings();
    if (threads < 1 || threads > MOST_THREADS) {
      throw wrongUsage("--threads must be 1 to " + MOST_THREADS);
    }
    if (resume && (input.equals(STANDARD) || output.equals(STANDARD))) {
      throw wrongUsage("--resume is for files, not for standard input or output");
    }
    if (output.equals(STANDARD) && packageOptions.auditsToStandardOutput()) {
      throw wrongUsage("--audit - would mix records with the result; give a file to write");
    }
    if (user.isBlank()) {
      throw wrongUsage("--user is blank");
    }
    checkFiles();
    try (Protector protector = packageOptions.open(streams)) {
      requireElements(protector, mappings);
      Session session = session(protector);
      List<ColumnWork> works = new ArrayList<>();
      for (ColumnMapping mapping : mappings) {
        works.add(new ColumnWork(mapping.column(), values -> guarded(session, mapping, values)));
      }
      long start = System.nanoTime();
      long rows = run(layout, works, protector, () -> job(mappings, protector));
      summarize(rows, Duration.ofNanos(System.nanoTime() - start));
    } catch (IOException e) {
      throw CommandFailedException.failed(
          "cannot read " + inputName() + " or end the audit records: " + FailureReason.of(e));
    }
    return ExitStatus.DONE;
  }

  private Session session(Protector protector) {
    try {
      return protector.session(user, SESSION);
    } catch (ProtectorException e) {
      throw CommandFailedException.refused(
          "the package does not trust this application: %s (code %d)"
              .formatted(e.code().text(), e.code().number()));
    }
  }

  private RowLayout layout() {
    if (!format.equals("fixed") && !fields.isEmpty()) {
      throw wrongUsage("--field is for --format fixed");
    }
    if (!format.equals("jsonl") && allowMissing) {
      throw wrongUsage("--allow-missing is for --format jsonl");
    }
    return switch (format) {
      case "csv" -> new CsvLayout(separator());
      case "jsonl" -> new JsonLinesLayout(allowMissing);
      case "fixed" -> FixedLayout.of(fields);
      default -> throw wrongUsage("--format must be csv, jsonl or fixed");
    };
  }

  /** What makes this run the same job as another one. */
  private Map<String, String> job(List<ColumnMapping> mappings, Protector protector)
      throws IOException {
    Path in = Path.of(input);
    return Map.of(
        "input",
        in.toRealPath().toString(),
        "size",
        Long.toString(Files.size(in)),
        "modified",
        Files.getLastModifiedTime(in).toString(),
        "command",
        operation + " as " + user,
        "columns",
        mappings.toString(),
        "layout",
        format + " " + delimiter + " " + fields,
        "package",
        protector.header().dataStore() + " serial " + protector.header().serial(),
        "issuer",
        protector.header().issuer(),
        "audience",
        protector.header().audience(),
        "digest",
        digest(protector));
  }

  /** SHA-256 of the package in use; two servers can give two packages the same serial. */
  private String digest(Protector protector) throws IOException {
    String digest = packageOptions.digest();
    try {
      if (!protector.reload()) {
        return digest;
      }
    } catch (PackageException e) {
      throw CommandFailedException.failed(replaced());
    }
    throw CommandFailedException.failed(replaced());
  }

  private static String replaced() {
    return "the package was replaced while the command began; give it again";
  }

  private char separator() {
    String text = delimiter.equals("\\t") ? "\t" : delimiter;
    if (text.length() != 1 || "\"\r\n".contains(text)) {
      throw wrongUsage("--delimiter must be one character, and no quote or line break");
    }
    return text.charAt(0);
  }

  private void checkFiles() {
    try {
      checkInput();
      if (!output.equals(STANDARD)) {
        checkOutput(Path.of(output));
      }
    } catch (IOException e) {
      throw CommandFailedException.failed(
          "cannot tell the files of the command apart: " + FailureReason.withFile(e));
    }
  }

  private void checkInput() throws IOException {
    if (!input.equals(STANDARD) && !Files.exists(Path.of(input))) {
      throw CommandFailedException.failed(
          "cannot read " + input + ": there is no such file or directory");
    }
    for (Path kept : packageOptions.kept()) {
      for (Path in : inputs()) {
        if (FileNames.areOfOneFile(in, kept)) {
          throw wrongUsage(
              kept
                  + " is an input of this command and would hold the audit records or the memory of"
                  + " packages; give another file for the one or the other");
        }
      }
    }
  }

  private List<Path> inputs() {
    List<Path> inputs = new ArrayList<>(packageOptions.inputs());
    if (!input.equals(STANDARD)) {
      inputs.add(Path.of(input));
    }
    return inputs;
  }

  private void checkOutput(Path out) throws IOException {
    Path directory = out.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw wrongUsage("the directory of " + output + " does not exist; create it first");
    }
    // A name of what another process, or the shell, has open is not one to rename a file to.
    boolean isOpen = OPEN.stream().anyMatch(out.toAbsolutePath().normalize()::startsWith);
    if (isOpen || (Files.exists(out) && !Files.isRegularFile(out))) {
      throw wrongUsage(output + " is not a file; give - to write to standard output");
    }
    for (Path in : inputs()) {
      if (FileNames.areOfOneFile(in, out)) {
        throw wrongUsage(output + " is an input of this command; give another file to write");
      }
    }
    for (Path kept : packageOptions.kept()) {
      if (FileNames.areOfOneFile(kept, out)) {
        throw wrongUsage(
            output
                + " holds the audit records or the memory of packages; give another file to write");
      }
    }
  }

  private static void requireElements(Protector protector, List<ColumnMapping> mappings) {
    List<String> known = protector.dataElements().stream().map(DataElement::name).toList();
    for (ColumnMapping mapping : mappings) {
      for (String element : mapping.elements()) {
        if (!known.contains(element)) {
          throw wrongUsage(
              "there is no data element %s in the package; it has: %s"
                  .formatted(element, listed(known)));
        }
      }
    }
  }

  /** Names for a message, of which a package may have thousands. */
  static String listed(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(MOST_LISTED, names.size())));
    int more = names.size() - MOST_LISTED;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  private String[] guarded(Session session, ColumnMapping mapping, String[] values) {
    try {
      return apply(session, mapping, values);
    } catch (ProtectorException e) {
      if (e.isRefusal()) {
        throw CommandFailedException.refused(
            "the policy does not let user %s %s %s (column %s): %s (code %d)"
                .formatted(
                    user,
                    operation,
                    String.join(" to ", mapping.elements()),
                    mapping.column(),
                    e.code().text(),
                    e.code().number()));
      }
      if (e.code() == ReturnCode.LOGS_NOT_SENT) {
        throw notRecorded(e);
      }
      throw e;
    }
  }

  /** Nothing is given out before the records that still wait are kept. */
  private static void requireRecorded(Protector protector) {
    try {
      protector.flushAudit();
    } catch (ProtectorException e) {
      throw notRecorded(e);
    }
  }

  private static CommandFailedException notRecorded(ProtectorException e) {
    return CommandFailedException.failed(
        e.getMessage() + " Without it nothing is given out; mend that, or choose another --audit");
  }

  private long run(RowLayout layout, List<ColumnWork> works, Protector protector, Job sameJob)
      throws IOException {
    try (InputStream in = openInput();
        Progress progress = Progress.of(in, size(), streams)) {
      var job = new FileJob(layout, works, threads, progress);
      if (output.equals(STANDARD)) {
        return toStandardOutput(job, progress.input(), protector);
      }
      return resume
          ? toResumableFile(job, progress.input(), protector, sameJob)
          : toFile(job, progress.input(), protector);
    }
  }

  /** Tells what must be the same for a job to be resumed. */
  private interface Job {
    Map<String, String> describe() throws IOException;
  }

  private InputStream openInput() {
    if (input.equals(STANDARD)) {
      return new FilterInputStream(streams.in()) {
        @Override
        public void close() {}
      };
    }
    try {
      return Files.newInputStream(Path.of(input));
    } catch (IOException e) {
      throw CommandFailedException.of("cannot read", Path.of(input), e);
    }
  }

  private String inputName() {
    return input.equals(STANDARD) ? "standard input" : input;
  }

  private long size() throws IOException {
    return input.equals(STANDARD) ? -1 : Files.size(Path.of(input));
  }

  private long toFile(FileJob job, InputStream in, Protector protector) {
    Path out = Path.of(output);
    try (OutputFile file = OutputFile.create(out)) {
      long rows = job.run(in, file);
      requireRecorded(protector);
      file.commit();
      return rows;
    } catch (IOException e) {
      throw cannotReadOrWrite(out, e);
    }
  }

  private long toResumableFile(FileJob job, InputStream in, Protector protector, Job sameJob) {
    Path out = Path.of(output);
    try (ResumableFile file =
        ResumableFile.open(out, sameJob.describe(), () -> requireRecorded(protector))) {
      if (file.rowsDone() > 0) {
        streams.say(String.format(Locale.ROOT, "going on after %,d rows", file.rowsDone()));
      }
      long rows = job.run(in, file);
      requireRecorded(protector);
      file.commit();
      return rows;
    } catch (IOException e) {
      throw cannotReadOrWrite(out, e);
    }
  }

  private CommandFailedException cannotReadOrWrite(Path out, IOException e) {
    return CommandFailedException.failed(
        "cannot read " + inputName() + " or write " + out + ": " + FailureReason.of(e));
  }

  private long toStandardOutput(FileJob job, InputStream in, Protector protector) {
    var out = new UnclosedOutput(streams.out());
    try {
      long rows = job.run(in, () -> out);
      requireRecorded(protector);
      return rows;
    } catch (CommandFailedException e) {
      if (job.written() > 0) {
        streams.say("what was written to standard output is not complete; do not use it");
      }
      throw e;
    } catch (IOException e) {
      throw CommandFailedException.failed(
          "cannot read " + input + " or write standard output: " + FailureReason.of(e));
    }
  }

  private void summarize(long rows, Duration duration) {
    double seconds = Math.max(duration.toNanos() / 1e9, 1e-3);
    streams.say(
        String.format(
            Locale.ROOT, "%,d rows in %.2f s, %,.0f rows/s", rows, seconds, rows / seconds));
  }
}
