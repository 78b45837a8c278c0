package bulla.protector.cli;

import static bulla.protector.cli.CommandFailedException.wrongUsage;

import bulla.protection.ReturnCode;
import bulla.protector.Operation;
import bulla.protector.Protector;
import bulla.protector.ProtectorException;
import bulla.protector.Session;
import bulla.resilientpackage.policy.DataElement;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands that work on CSV files have in common. */
abstract class FileCommand implements Callable<Integer> {
  private static final String STANDARD = "-";

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

  @Parameters(
      index = "0",
      paramLabel = "INPUT",
      description = "The CSV file to read, - for standard input.")
  private String input;

  @Parameters(
      index = "1",
      paramLabel = "OUTPUT",
      description =
          "The CSV file to write, - for standard output. It is replaced as a whole or not.")
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
  public Integer call() throws IOException {
    char separator = separator();
    List<ColumnMapping> mappings = mappings();
    if (user.isBlank()) {
      throw wrongUsage("--user is empty");
    }
    checkFiles();
    try (Protector protector = packageOptions.open(streams)) {
      requireElements(protector, mappings);
      Session session = protector.session(user);
      List<ColumnWork> works = new ArrayList<>();
      for (ColumnMapping mapping : mappings) {
        works.add(new ColumnWork(mapping.column(), values -> guarded(session, mapping, values)));
      }
      long start = System.nanoTime();
      long rows = run(separator, works);
      summarize(rows, Duration.ofNanos(System.nanoTime() - start));
    }
    return ExitStatus.DONE;
  }

  private char separator() {
    String text = delimiter.equals("\\t") ? "\t" : delimiter;
    if (text.length() != 1 || "\"\r\n".contains(text)) {
      throw wrongUsage("--delimiter must be one character, and no quote or line break");
    }
    return text.charAt(0);
  }

  private void checkFiles() throws IOException {
    if (!input.equals(STANDARD) && !Files.exists(Path.of(input))) {
      throw CommandFailedException.failed(
          "cannot read " + input + ": there is no such file or directory");
    }
    if (output.equals(STANDARD)) {
      return;
    }
    Path out = Path.of(output);
    Path directory = out.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw wrongUsage("the directory of " + output + " does not exist; create it first");
    }
    if (Files.exists(out) && !Files.isRegularFile(out)) {
      throw wrongUsage(output + " is not a file; give - to write to standard output");
    }
    List<Path> inputs = new ArrayList<>(packageOptions.inputs());
    if (!input.equals(STANDARD)) {
      inputs.add(Path.of(input));
    }
    for (Path in : inputs) {
      if (Files.exists(in) && Files.exists(out) && Files.isSameFile(in, out)) {
        throw wrongUsage(output + " is an input of this command; give another file to write");
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
                  .formatted(element, String.join(", ", known)));
        }
      }
    }
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
        throw CommandFailedException.failed(
            e.getMessage() + " Without it nothing is given out; free the disk or choose --audit");
      }
      throw e;
    }
  }

  private long run(char separator, List<ColumnWork> works) throws IOException {
    try (InputStream in = openInput();
        Progress progress = Progress.of(in, size(), streams)) {
      var job = new CsvJob(separator, works, progress);
      return output.equals(STANDARD)
          ? toStandardOutput(job, progress.input())
          : toFile(job, progress.input());
    }
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

  private long toFile(CsvJob job, InputStream in) {
    Path out = Path.of(output);
    try (OutputFile file = OutputFile.create(out)) {
      long rows = job.run(in, file::stream);
      file.commit();
      return rows;
    } catch (IOException e) {
      throw CommandFailedException.failed(
          "cannot read "
              + inputName()
              + " or write "
              + out
              + ": "
              + CommandFailedException.reason(e));
    }
  }

  private long toStandardOutput(CsvJob job, InputStream in) {
    var out = new UnclosedOutput(streams.out());
    try {
      return job.run(in, () -> out);
    } catch (CommandFailedException e) {
      if (job.rows() > 0) {
        streams.say("what was written to standard output is not complete; do not use it");
      }
      throw e;
    } catch (IOException e) {
      throw CommandFailedException.failed(
          "cannot read "
              + input
              + " or write standard output: "
              + CommandFailedException.reason(e));
    }
  }

  private void summarize(long rows, Duration duration) {
    double seconds = Math.max(duration.toNanos() / 1e9, 1e-3);
    streams.say(
        String.format(
            Locale.ROOT, "%,d rows in %.2f s, %,.0f rows/s", rows, seconds, rows / seconds));
  }
}
