package bulla.protector.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import bulla.protector.PackageWorkshop;
import bulla.resilientpackage.keys.PemDecryptor;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layouts besides CSV, several threads, resuming, and where records go. */
class LayoutsTest {
  private static final String JSON_LINES =
      """
      {"id":12345678901234567890.100,"name":"Zoë Müller","card":"4111111111111111","more":{"a":[1,null]}}
      {"name":"","card":null}

      {"card":"5500000000000004","id":1}
      """;
  private static final String FIXED =
      """
      4111111111111111Zoë Müller  x
      5500000000000004            y

      """;

  @TempDir private Path directory;
  private PackageWorkshop workshop;
  private Path in;
  private Path out;
  private Path back;

  @BeforeEach
  void make() {
    workshop = PackageWorkshop.in(directory);
    in = workshop.file("in.txt");
    out = workshop.file("out.txt");
    back = workshop.file("back.txt");
  }

  private List<String> arguments(String command, Path from, Path to, String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                command,
                "--package=" + workshop.packageFile(),
                "--trusted-keys=" + workshop.trustedKeys(),
                "--state-dir=" + workshop.state(),
                "--user=fraud"));
    arguments.addAll(List.of(more));
    if (arguments.stream().noneMatch(argument -> argument.startsWith("--private-key"))) {
      arguments.add("--private-key=" + workshop.privateKey());
    }
    arguments.add(from.toString());
    arguments.add(to.toString());
    return arguments;
  }

  private CommandRun run(String command, Path from, Path to, String... more) {
    return CommandRun.of(arguments(command, from, to, more));
  }

  @Test
  void jsonLinesComeBackWithWhateverElseIsInThem() throws IOException {
    Files.writeString(in, JSON_LINES);
    String[] options = {"--format=jsonl", "--column=name=DE_NAME", "--column=card=DE_CARD"};
    assertThat(run("protect", in, out, options).status()).isZero();
    List<String> lines = Files.readAllLines(out);
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0))
        .startsWith("{\"id\":12345678901234567890.100,\"name\":\"")
        .endsWith("1111\",\"more\":{\"a\":[1,null]}}")
        .doesNotContain("Zoë", "4111111111111111");
    assertThat(lines.get(1)).isEqualTo("{\"name\":\"\",\"card\":null}");
    assertThat(lines.get(2)).isEmpty();
    assertThat(run("unprotect", out, back, options).status()).isZero();
    assertThat(back).hasContent(JSON_LINES);
  }

  /** A name that is mistyped would let the values out as they came in. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "3"})
  void aMemberThatNoLineHasIsWrongUsage(String threads) throws IOException {
    Files.writeString(in, JSON_LINES.repeat(1_000));
    String[] options = {
      "--format=jsonl", "--threads=" + threads, "--column=card=DE_CARD", "--column=nmae=DE_NAME"
    };
    CommandRun run = run("protect", in, out, options);
    assertThat(run.err()).contains("no line of the input has a member nmae");
    assertThat(run.status()).isEqualTo(ExitStatus.WRONG_USAGE);
    assertThat(out).doesNotExist();

    assertThat(run("protect", in, out, with(options, "--resume")).status())
        .isEqualTo(ExitStatus.WRONG_USAGE);
    try (var files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("nothing to go on with")
          .noneMatch(name -> name.contains(".resume."));
    }
    assertThat(run("protect", in, out, with(options, "--allow-missing")).status()).isZero();
    Files.writeString(in, "\n\n");
    assertThat(run("protect", in, out, options).status()).as("no rows").isZero();
  }

  private static String[] with(String[] options, String more) {
    return Stream.concat(Stream.of(options), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void numbersKeepTheirValueAndTakeNoMoreRoomThanTheyHad() throws IOException {
    Files.writeString(in, "{\"name\":\"anna\",\"n\":[1e999999,0.00000001,-1.50,12e3]}\n");
    assertThat(run("protect", in, out, "--format=jsonl", "--column=name=DE_NAME").status())
        .isZero();
    assertThat(Files.readString(out))
        .endsWith("\",\"n\":[1E+999999,1E-8,-1.50,1.2E+4]}\n")
        .hasSizeLessThan(100);
  }

  @Test
  void aBatchOfManySmallValuesIsHeldAsTheMemoryThatTheyTake() throws IOException {
    String line = "{\"a\":[" + "{},".repeat(30_000) + "{}]}\n";
    try (RowSource source =
        new JsonLinesLayout(false)
            .open(
                new ByteArrayInputStream(line.repeat(5).getBytes(StandardCharsets.UTF_8)),
                List.of("a"))) {
      assertThat(RowBatch.read(source).rows()).hasSize(1);
      assertThat(RowBatch.read(source).rows()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"secret\",\"name\":\"twice\"}",
        "[\"secret\"]",
        "secret",
        "{\"name\":secret}",
        "{\"name\":\"secret\"} more",
        "{\"name\":5}"
      })
  void aLineThatIsNoObjectWithTextsIsNamedAndNotShown(String line) throws IOException {
    Files.writeString(in, "{\"name\":\"anna\"}\n" + line + "\n");
    CommandRun failed = run("protect", in, out, "--format=jsonl", "--column=name=DE_NAME");
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("line 2").doesNotContain("secret");
    assertThat(out).doesNotExist();
  }

  @Test
  void fixedColumnsComeBackAndKeepTheirWidth() throws IOException {
    Files.writeString(in, FIXED);
    String[] options = {
      "--format=fixed",
      "--field=card=1-16",
      "--field=name=17-28",
      "--column=card=DE_CARD",
      "--column=name=DE_NAME"
    };
    assertThat(run("protect", in, out, options).status()).isZero();
    List<String> lines = Files.readAllLines(out);
    assertThat(lines.get(0)).hasSize(29).endsWith("  x").doesNotContain("Zoë");
    assertThat(lines.get(1)).hasSize(29).endsWith("0004            y");
    assertThat(lines.get(2)).isEmpty();
    assertThat(run("unprotect", out, back, options).status()).isZero();
    assertThat(back).hasContent(FIXED);
  }

  @Test
  void aFixedColumnThatIsTooNarrowOrCutIsNamed() throws IOException {
    Files.writeString(in, "anna\nbo\n");
    CommandRun cut =
        run("protect", in, out, "--format=fixed", "--field=a=1-4", "--column=a=DE_NAME");
    assertThat(cut.err()).contains("line 2, column a: the line has 2 characters");
    CommandRun narrow =
        run("protect", in, out, "--format=fixed", "--field=a=1-2", "--column=a=DE_TEXT");
    assertThat(narrow.err()).contains("line 1, column a: the result has");
    assertThat(out).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--format=xml",
        "--format=fixed",
        "--format=fixed --field=name",
        "--format=fixed --field=name=4-1",
        "--format=fixed --field=name=1-4 --field=b=4-5",
        "--format=fixed --field=name=1-4 --field=name=5-6",
        "--field=name=1-4",
        "--threads=0",
        "--threads=257",
        "--audit-mode=x",
        "--audit-interval=-1",
        "--audit=http://a:1",
        "--allow-missing",
        "--key-alias=x"
      })
  void optionsThatCannotBeAreWrongUsage(String options) throws IOException {
    Files.writeString(in, "name\nanna\n");
    var all = new ArrayList<>(List.of(options.split(" ", -1)));
    all.add("--column=name=DE_NAME");
    assertThat(run("protect", in, out, all.toArray(String[]::new)).status()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  @Test
  void severalThreadsKeepTheOrderOfRows() throws IOException {
    Files.writeString(in, csv(20_000));
    String[] columns = {"--column=name=DE_NAME", "--column=card=DE_CARD"};
    assertThat(run("protect", in, out, columns).status()).isZero();
    Path together = workshop.file("together.csv");
    var options = new ArrayList<>(List.of(columns));
    options.add("--threads=4");
    assertThat(run("protect", in, together, options.toArray(String[]::new)).status()).isZero();
    assertThat(together).hasSameBinaryContentAs(out);
    Files.writeString(in, csv(20_000) + "19,name,notacard\n");
    CommandRun failed = run("protect", in, back, options.toArray(String[]::new));
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("line 20002, column card");
    assertThat(back).doesNotExist();
  }

  @Test
  void anInterruptedCommandGoesOnWhereItWas() throws Exception {
    Files.writeString(in, csv(3_000));
    String[] options = {"--column=name=DE_NAME", "--column=card=DE_CARD"};
    assertThat(run("protect", in, out, options).status()).isZero();
    byte[] whole = Files.readAllBytes(out);

    // As far as an earlier run came: its note is older than what it wrote last.
    String[] resuming = {"--column=name=DE_NAME", "--column=card=DE_CARD", "--resume"};
    Path part = directory.resolve(".back.txt.resume.part");
    Path note = directory.resolve(".back.txt.resume.json");
    Files.writeString(in, csv(2_999) + "2999,name,notacard\n");
    assertThat(run("protect", in, back, resuming).status()).isEqualTo(1);
    assertThat(back).doesNotExist();
    assertThat(part).exists();
    Files.writeString(in, csv(3_000));
    Files.write(part, Arrays.copyOf(whole, whole.length / 2));
    long rows =
        new String(whole, 0, whole.length / 4, StandardCharsets.UTF_8)
                .chars()
                .filter(c -> c == '\n')
                .count()
            - 1;
    long bytes = endOfLine(whole, rows + 1);
    Files.writeString(note, note(rows, bytes));
    Path lock = directory.resolve(".back.txt.resume.lock");
    assertThat(lock).exists();
    try (FileChannel other = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      assertThat(other.tryLock()).isNotNull();
      CommandRun second = run("protect", in, back, resuming);
      assertThat(second.status()).isEqualTo(1);
      assertThat(second.err()).contains("Another run is writing");
      assertThat(part).hasSize(whole.length / 2);
    }
    CommandRun resumed = run("protect", in, back, resuming);
    assertThat(resumed.err()).contains("going on after " + rows + " rows");
    assertThat(resumed.status()).isZero();
    assertThat(back).hasBinaryContent(whole);
    assertThat(part).doesNotExist();
    assertThat(note).doesNotExist();
    assertThat(lock).doesNotExist();

    Files.writeString(part, "x");
    Files.writeString(note, note(rows, 1).replace("protect as fraud", "protect as loader"));
    CommandRun other = run("protect", in, back, resuming);
    assertThat(other.status()).isEqualTo(1);
    assertThat(other.err()).contains("is not resumed");
    assertThat(back).hasBinaryContent(whole);

    // As a run leaves it that was killed after it gave the file its name.
    Files.delete(part);
    Files.writeString(note, note(rows, 1));
    assertThat(run("protect", in, back, resuming).status()).isZero();
    assertThat(back).hasBinaryContent(whole);
    assertThat(note).doesNotExist();
  }

  @Test
  void whatAnotherPackageOfTheSameSerialProtectedIsNotGoneOnWith() throws Exception {
    Files.writeString(in, csv(10));
    Path part = Files.writeString(directory.resolve(".back.txt.resume.part"), "id,name,card\n");
    Path note = directory.resolve(".back.txt.resume.json");
    Files.writeString(note, note(0, 13));
    workshop.seal("rps.json", 2, PackageWorkshop.policy(), 1);
    CommandRun other =
        run("protect", in, back, "--column=name=DE_NAME", "--column=card=DE_CARD", "--resume");
    assertThat(other.err()).contains("is not resumed");
    assertThat(other.status()).isEqualTo(1);
    assertThat(part).hasContent("id,name,card\n");
    assertThat(back).doesNotExist();
  }

  @Test
  void anInputThatWaitsBehindItsHeaderLeavesNothingToGoOnWith() throws Exception {
    try (ResumableFile file =
        ResumableFile.open(back, Map.of("input", "slow"), () -> {}, Duration.ZERO)) {
      file.stream().write("id,name\n".getBytes(StandardCharsets.UTF_8));
      file.rowsWritten(0, () -> {});
      assertThat(directory.resolve(".back.txt.resume.json")).doesNotExist();
      file.stream().write("1,anna\n".getBytes(StandardCharsets.UTF_8));
      file.rowsWritten(1, () -> {});
      assertThat(directory.resolve(".back.txt.resume.json")).exists();
    }
  }

  @Test
  void whoseRecordsAreNotKeptIsNeitherNotedAsDoneNorLeft() throws Exception {
    var full = new AtomicBoolean(true);
    Runnable keep =
        () -> {
          if (full.get()) {
            throw CommandFailedException.failed("The audit record cannot be written.");
          }
        };
    Path part = directory.resolve(".back.txt.resume.part");
    Path note = directory.resolve(".back.txt.resume.json");
    for (int run = 0; run < 2; run++) {
      try (ResumableFile file =
          ResumableFile.open(back, Map.of("input", "one"), keep, Duration.ZERO)) {
        file.stream().write("1,anna\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> file.rowsWritten(1, () -> {}))
            .isInstanceOf(CommandFailedException.class);
        file.stream().flush();
        assertThat(part).hasContent("1,anna\n");
      }
      assertThat(part).isEmptyFile();
      assertThat(note).doesNotExist();
    }
    Path next = Files.writeString(directory.resolve(".back.txt.resume.json.new"), "{\"jo");
    full.set(false);
    try (ResumableFile file =
        ResumableFile.open(back, Map.of("input", "one"), keep, Duration.ZERO)) {
      assertThat(next).as("what a killed run left").doesNotExist();
      for (String row : List.of("1,anna\n", "2,bert\n")) {
        file.stream().write(row.getBytes(StandardCharsets.UTF_8));
        file.rowsWritten(1, () -> {});
      }
      full.set(true);
      file.stream().write("3,carl\n".getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> file.rowsWritten(3, () -> {}))
          .isInstanceOf(CommandFailedException.class);
      file.stream().flush();
    }
    assertThat(part).hasContent("1,anna\n2,bert\n");
    for (Path file : List.of(part, note)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(next).doesNotExist();
  }

  @Test
  void noClearRowIsLeftToGoOnWithThatNoReceiverKnowsOf() throws Exception {
    Files.writeString(in, csv(10));
    assertThat(run("protect", in, out, "--column=card=DE_CARD").status()).isZero();
    List<String> options =
        List.of("--column=card=DE_CARD", "--audit=tcp://127.0.0.1:1", "--audit-interval=3600");
    var resuming = new ArrayList<>(options);
    resuming.add("--resume");
    CommandRun failed = run("unprotect", out, back, resuming.toArray(String[]::new));
    assertThat(failed.err()).contains("The audit record cannot be written.");
    assertThat(failed.status()).isEqualTo(1);
    assertThat(directory.resolve(".back.txt.resume.part")).isEmptyFile();
    assertThat(back).doesNotExist();

    var dropping = new ArrayList<>(options);
    dropping.add("--audit-mode=drop");
    assertThat(run("unprotect", out, back, dropping.toArray(String[]::new)).status()).isZero();
    assertThat(back).hasSameTextualContentAs(in);
  }

  /** Within a process Java itself knows of its locks; another one has only those of the system. */
  @Test
  void anotherProcessIsKeptOutWhileOneWrites() throws Exception {
    Path lock = directory.resolve(".back.txt.resume.lock");
    try (ResumableFile file =
        ResumableFile.open(back, Map.of("input", "one"), () -> {}, Duration.ZERO)) {
      assertThat(TriedLock.on(lock)).isEqualTo("held");
      file.stream().write("1,anna\n".getBytes(StandardCharsets.UTF_8));
      file.rowsWritten(1, () -> {});
      assertThat(TriedLock.on(lock)).isEqualTo("held");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lock)))
          .isEqualTo("rw-------");
    }
    assertThat(TriedLock.on(lock)).isEqualTo("free");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"job\":{},\"rows\":1}",
        "{\"job\":{},\"rows\":-1,\"bytes\":0}",
        "{\"job\":{},\"rows\":1,\"bytes\":\"0\"}"
      })
  void aNoteThatNoRunHasWrittenIsNotGoneOnWith(String note) throws Exception {
    Files.writeString(in, csv(10));
    Files.writeString(directory.resolve(".back.txt.resume.part"), "id,name,card\n");
    Files.writeString(directory.resolve(".back.txt.resume.json"), note);
    CommandRun resumed = run("protect", in, back, "--column=name=DE_NAME", "--resume");
    assertThat(resumed.err()).contains("cannot be read; remove it to begin anew");
    assertThat(resumed.status()).isEqualTo(1);
    assertThat(back).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":\"anna\",\"x\":1e99999999999}|a number of more than 1,000 digits or out of range",
        "{\"a\":\"anna\",\"x\":\"\\ud83d\"}|an escape is half of a surrogate pair",
        "{\"a\":\"anna\",\"x\":1,\"x\":2}|not a JSON object of distinct members"
      })
  void aLineThatCannotBeWorkedOnIsNamed(String line, String why) throws Exception {
    Files.writeString(in, "{\"a\":\"anna\",\"x\":\"\\ud83d\\ude00 \\\\ud83d\"}\n" + line + "\n");
    CommandRun run = run("protect", in, out, "--format=jsonl", "--column=a=DE_NAME");
    assertThat(run.err()).contains("line 2: ", why);
    assertThat(run.status()).isEqualTo(1);
    assertThat(out).doesNotExist();
  }

  /** Of encrypted bytes as Base64 there are a third more than of what was read. */
  @ParameterizedTest
  @CsvSource({"csv,'a\n',''", "jsonl,'{\"a\":\"','\"}'"})
  void whatNoCommandCouldReadAgainIsNotWritten(String format, String before, String after)
      throws Exception {
    Files.writeString(in, before + "x".repeat(12_600_000) + after + "\n");
    CommandRun run = run("protect", in, out, "--format=" + format, "--column=a=DE_TEXT");
    assertThat(run.err()).contains("more than 16 million characters, which no command could read");
    assertThat(run.status()).isEqualTo(1);
    assertThat(out).doesNotExist();
  }

  @Test
  void aLockFileThatAnotherRunMadeAnewIsNoTurn() throws Exception {
    Path lock = directory.resolve(".back.txt.resume.lock");
    try (FileChannel removed =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(ResumableFile.isStillAt(lock, removed)).isTrue();
      Files.delete(lock);
      assertThat(ResumableFile.isStillAt(lock, removed)).isFalse();
      Files.writeString(lock, "of another run");
      assertThat(ResumableFile.isStillAt(lock, removed)).isFalse();
    }
  }

  private String note(long rows, long bytes) throws Exception {
    return "{\"job\":{\"input\":\"%s\",\"size\":\"%d\",\"modified\":\"%s\",\"command\":\"protect as fraud\",\"columns\":\"[ColumnMapping[column=name, elements=[DE_NAME]], ColumnMapping[column=card, elements=[DE_CARD]]]\",\"layout\":\"csv , []\",\"package\":\"7 serial 2\",\"issuer\":\"https://bulla.example/\",\"audience\":\"%s\",\"digest\":\"%s\"},\"rows\":%d,\"bytes\":%d}"
        .formatted(
            in.toRealPath(),
            Files.size(in),
            Files.getLastModifiedTime(in),
            PemDecryptor.of(workshop.privateKey()).fingerprint(),
            HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256")
                        .digest(Files.readAllBytes(workshop.packageFile()))),
            rows,
            bytes);
  }

  private static long endOfLine(byte[] bytes, long lines) {
    int at = 0;
    for (long line = 0; line < lines; at++) {
      line += bytes[at] == '\n' ? 1 : 0;
    }
    return at;
  }

  @Test
  void recordsGoToStandardOutputAndLikeOnesTogether() throws IOException {
    Files.writeString(in, csv(3_000));
    CommandRun run =
        run("protect", in, out, "--column=name=DE_NAME", "--audit=-", "--audit-interval=3600");
    assertThat(run.status()).isZero();
    assertThat(run.out().lines())
        .singleElement()
        .satisfies(line -> assertThat(line).contains("\"cnt\":3000"));
    assertThat(run("protect", in, Path.of("-"), "--column=name=DE_NAME", "--audit=-").status())
        .isEqualTo(2);
  }

  @Test
  void recordsThatCannotBeWrittenEndTheCommandOrAreDropped() throws IOException {
    Files.writeString(in, csv(10));
    String nowhere = "--audit=tcp://127.0.0.1:1";
    assertThat(run("protect", in, out, "--column=name=DE_NAME", nowhere).status()).isEqualTo(1);
    assertThat(out).doesNotExist();
    assertThat(
            run("protect", in, out, "--column=name=DE_NAME", nowhere, "--audit-mode=drop").status())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--resume"})
  void recordsThatWaitForOthersAreWrittenBeforeTheFileGetsItsName(String more) throws IOException {
    Files.writeString(in, csv(10));
    Files.writeString(out, "before");
    var options =
        new ArrayList<>(
            List.of("--column=name=DE_NAME", "--audit=tcp://127.0.0.1:1", "--audit-interval=3600"));
    if (!more.isEmpty()) {
      options.add(more);
    }
    CommandRun failed = run("protect", in, out, options.toArray(String[]::new));
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("The audit record cannot be written").hasLineCount(1);
    assertThat(out).hasContent("before");
    options.add("--audit-mode=drop");
    assertThat(run("protect", in, out, options.toArray(String[]::new)).status()).isZero();
    assertThat(Files.readString(out)).startsWith("id,name,card");
  }

  @Test
  void aTokenThatDoesNotOpenIsTold() throws IOException {
    Files.writeString(in, csv(1));
    String key = "--private-key=" + workshop.write("none.cfg", "library = /none\nname = none\n");
    CommandRun failed =
        run(
            "protect",
            in,
            out,
            "--column=name=DE_NAME",
            key,
            "--key-password-file=" + workshop.write("pin", "1"));
    assertThat(failed.err()).contains("cannot read the private key", "none.cfg").hasLineCount(1);
    assertThat(failed.status()).isEqualTo(1);
    assertThat(run("protect", in, out, "--column=name=DE_NAME", key).status()).isEqualTo(2);
  }

  @Test
  void standardOutputWithoutItsRecordsIsToldNotToBeUsed() throws IOException {
    Files.writeString(in, csv(10));
    CommandRun failed =
        run(
            "protect",
            in,
            Path.of("-"),
            "--column=name=DE_NAME",
            "--audit=tcp://127.0.0.1:1",
            "--audit-interval=3600");
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("do not use it", "The audit record cannot be written");
  }

  /** The message of an exception that nobody foresaw is not shown; this one has to be. */
  @Test
  void aWrongLimitOfTheTablesIsWrongUsageAndNamesItsProperty() throws Exception {
    Files.writeString(in, csv(1));
    List<String> arguments = arguments("protect", in, out, "--column=name=DE_NAME");
    Process process =
        CommandRun.inAProcess(arguments, "-Dbulla.protection.tableMegabytes=2g")
            .redirectError(ProcessBuilder.Redirect.PIPE)
            .start();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(said).contains("bulla.protection.tableMegabytes", "not \"2g\"");
    assertThat(out).doesNotExist();
  }

  @Test
  void theKeyMayBeInAPkcs12KeyStore() throws Exception {
    Path store = workshop.file("key.p12");
    String passphrase = " a passphrase of spaces ";
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=A consumer of packages",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                passphrase,
                "-alias",
                "export")
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    var keys = KeyStore.getInstance(store.toFile(), passphrase.toCharArray());
    workshop.seal(
        "rps.json",
        3,
        PackageWorkshop.policy(),
        0,
        (RSAPublicKey) keys.getCertificate("export").getPublicKey());
    Path password = workshop.write("password", passphrase + "\r\n");
    Files.writeString(in, csv(10));
    assertThat(
            run(
                    "protect",
                    in,
                    out,
                    "--column=name=DE_NAME",
                    "--private-key=" + store,
                    "--key-password-file=" + password,
                    "--key-alias=Export")
                .status())
        .isZero();
    CommandRun without = run("protect", in, out, "--column=name=DE_NAME", "--private-key=" + store);
    assertThat(without.status()).isEqualTo(2);
    CommandRun wrong =
        run(
            "protect",
            in,
            out,
            "--column=name=DE_NAME",
            "--private-key=" + store,
            "--key-password-file=" + workshop.write("wrong", "x"));
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.err()).contains("password is wrong");
  }

  /** {@code -Dbulla.csv.megabytes} says how large; the heap is 64 MB. */
  @Test
  @Tag("slow")
  void aGigabyteOfCsvTakesNoMoreMemoryThanALittle() throws Exception {
    long bytes = Long.getLong("bulla.csv.megabytes", 1_000) * 1_000_000;
    try (BufferedWriter writer = Files.newBufferedWriter(in)) {
      writer.write("id,name,card\n");
      for (long i = 0, written = 0; written < bytes; i++) {
        String row = i + ",Name Of A Person " + i + ",4111111111111111\n";
        writer.write(row);
        written += row.length();
      }
    }
    Process process =
        CommandRun.inAProcess(
                arguments("protect", in, out, "--column=card=DE_CARD", "--threads=2"), "-Xmx64m")
            .start();
    assertThat(process.waitFor(30, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(Files.size(out)).isEqualTo(Files.size(in));
  }

  /** Killed as by {@code kill -9}, in the midst of its work, which the interpreter makes long. */
  @Test
  @Tag("slow")
  void aKilledCommandIsGoneOnWithToTheSameBytes() throws Exception {
    Files.writeString(in, csv(300_000));
    String[] options = {"--column=name=DE_NAME", "--column=card=DE_CARD", "--resume"};
    Path note = directory.resolve(".out.txt.resume.json");
    Process process =
        CommandRun.inAProcess(arguments("protect", in, out, options), "-Xint").start();
    try {
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
      while (!Files.exists(note) && process.isAlive() && System.nanoTime() < end) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
      assertThat(process.isAlive()).as("it is still at work").isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(note).exists();
    assertThat(out).doesNotExist();
    CommandRun resumed = run("protect", in, out, options);
    assertThat(resumed.err()).contains("going on after ");
    assertThat(resumed.status()).isZero();
    assertThat(run("protect", in, back, options).status()).isZero();
    assertThat(out).hasSameBinaryContentAs(back);
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.contains(".resume."));
    }
  }

  /** With SoftHSM 2, which reads where its tokens are from the environment. */
  @Test
  @Tag("slow")
  void theKeyMayBeInAToken() throws Exception {
    Path library =
        Stream.of("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so")
            .map(Path::of)
            .filter(Files::exists)
            .findFirst()
            .orElseGet(
                () -> abort("SKIPPED: SoftHSM is not installed. Install softhsm2 to run this."));
    Files.createDirectories(directory.resolve("tokens"));
    workshop.write(
        "softhsm2.conf",
        "directories.tokendir = %s%nobjectstore.backend = file%n"
            .formatted(directory.resolve("tokens")));
    Path configuration =
        workshop.write(
            "token.cfg", "name = bulla%nlibrary = %s%nslotListIndex = 0%n".formatted(library));
    Path pin = workshop.write("pin", "123456\n");
    succeeds(
        new ProcessBuilder(
            "softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            "bulla",
            "--pin",
            "123456",
            "--so-pin",
            "654321"));
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> store =
        List.of(
            "-storetype",
            "PKCS11",
            "-keystore",
            "NONE",
            "-providerClass",
            "sun.security.pkcs11.SunPKCS11",
            "-providerArg",
            configuration.toString(),
            "-storepass",
            "123456",
            "-alias",
            "export");
    List<String> generate = new ArrayList<>(List.of(keytool, "-genkeypair", "-keyalg", "RSA"));
    generate.addAll(List.of("-keysize", "2048", "-dname", "CN=A consumer of packages"));
    generate.addAll(store);
    succeeds(new ProcessBuilder(generate));
    Path certificate = workshop.file("export.cer");
    List<String> export = new ArrayList<>(List.of(keytool, "-exportcert"));
    export.addAll(List.of("-file", certificate.toString()));
    export.addAll(store);
    succeeds(new ProcessBuilder(export));
    try (InputStream certified = Files.newInputStream(certificate)) {
      var key =
          (RSAPublicKey)
              CertificateFactory.getInstance("X.509").generateCertificate(certified).getPublicKey();
      workshop.seal("rps.json", 3, PackageWorkshop.policy(), 0, key);
    }
    Files.writeString(in, csv(10));
    String[] options = {
      "--column=name=DE_NAME",
      "--private-key=" + configuration,
      "--key-password-file=" + pin,
      "--key-alias=export"
    };
    succeeds(CommandRun.inAProcess(arguments("protect", in, out, options)));
    assertThat(Files.readString(out)).startsWith("id,name,card\n").doesNotContain("Name 1");
    succeeds(CommandRun.inAProcess(arguments("unprotect", out, back, options)));
    assertThat(back).hasSameBinaryContentAs(in);
  }

  private void succeeds(ProcessBuilder building) throws Exception {
    building.environment().put("SOFTHSM2_CONF", directory.resolve("softhsm2.conf").toString());
    Process process = building.inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  private static String csv(int rows) {
    return IntStream.range(0, rows)
        .mapToObj(i -> i + ",Name " + i + ",4111111111111111\n")
        .collect(Collectors.joining("", "id,name,card\n", ""));
  }
}
