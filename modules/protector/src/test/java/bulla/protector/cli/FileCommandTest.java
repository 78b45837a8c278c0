package bulla.protector.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import bulla.protector.PackageWorkshop;
import bulla.resilientpackage.policy.Application;
import bulla.resilientpackage.policy.DataElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileCommandTest {
  private static final String CUSTOMERS =
      """
      id,name,card,email,note
      1,Zoë Müller,4111111111111111,zoe.mueller@example.org,"said ""hello, world""\"
      2,,5500000000000004,,
      3,"O'Hara, Łukasz",,l.ohara@example.net,"two
      lines"
      """;
  private static final List<String> ALL_COLUMNS =
      List.of("name=DE_NAME", "card=DE_CARD", "email=DE_EMAIL", "note=DE_TEXT");

  @TempDir private Path directory;
  private PackageWorkshop workshop;
  private Path in;
  private Path out;

  @BeforeEach
  void make() {
    workshop = PackageWorkshop.in(directory);
    in = workshop.write("in.csv", CUSTOMERS);
    out = workshop.file("out.csv");
  }

  private List<String> arguments(
      String command, String user, List<String> columns, Object... files) {
    List<String> arguments = new ArrayList<>();
    arguments.add(command);
    arguments.add("--package=" + workshop.packageFile());
    arguments.add("--private-key=" + workshop.privateKey());
    arguments.add("--trusted-keys=" + workshop.trustedKeys());
    arguments.add("--state-dir=" + workshop.state());
    arguments.add("--user=" + user);
    columns.forEach(column -> arguments.add("--column=" + column));
    for (Object file : files) {
      arguments.add(file.toString());
    }
    return arguments;
  }

  private CommandRun run(String command, String user, List<String> columns, Object... files) {
    return CommandRun.of(arguments(command, user, columns, files));
  }

  private CommandRun runWith(String option, Path value) {
    var arguments = arguments("protect", "loader", List.of("name=DE_NAME"), in, out);
    arguments.removeIf(argument -> argument.startsWith(option + "="));
    arguments.add(1, option + "=" + value);
    return CommandRun.of(arguments);
  }

  private void assertNothingLeft() {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .doesNotContain("out.csv")
          .noneMatch(name -> name.endsWith(".part"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsProtectedIsRevealedInEveryField() throws IOException {
    var protect = run("protect", "loader", ALL_COLUMNS, in, out);
    assertThat(protect.err()).contains("3 rows in").contains("rows/s");
    assertThat(protect.status()).isZero();
    assertThat(Files.readString(out))
        .startsWith("id,name,card,email,note\n1,")
        .doesNotContain("Müller", "411111111111", "mueller", "hello", "lines")
        .contains("@example.org,", "\n2,,");
    Path clear = workshop.file("clear.csv");
    assertThat(run("unprotect", "fraud", ALL_COLUMNS, out, clear).status()).isZero();
    assertThat(Files.readString(clear)).isEqualTo(CUSTOMERS);
  }

  @Test
  void eachRoleSeesWhatThePolicyLetsIt() throws IOException {
    run("protect", "loader", ALL_COLUMNS, in, out);
    Path view = workshop.file("view.csv");
    assertThat(run("unprotect", "support", List.of("card=DE_CARD"), out, view).status()).isZero();
    assertThat(Files.readString(view)).contains(",************1111,", ",************0004,");
    var analyst = run("unprotect", "analyst", List.of("name=DE_NAME", "email=DE_EMAIL"), out, view);
    assertThat(analyst.status()).isZero();
    List<String> rows = Files.readAllLines(view);
    assertThat(rows.get(1)).startsWith(Files.readAllLines(out).get(1).substring(0, 12));
    assertThat(Files.readString(view)).doesNotContain("@");
  }

  @Test
  void whatARuleAnswersWithAnErrorIsExit3AndLeavesNothing() {
    run("protect", "loader", ALL_COLUMNS, in, workshop.file("protected.csv"));
    var refused =
        run(
            "unprotect",
            "analyst",
            List.of("name=DE_NAME", "card=DE_CARD"),
            workshop.file("protected.csv"),
            out);
    assertThat(refused.status()).isEqualTo(3);
    assertThat(refused.err())
        .contains("the policy does not let user analyst unprotect DE_CARD (column card)")
        .contains("(code 3)");
    assertNothingLeft();
  }

  @Test
  void aRefusalWritesNothingToStandardOutput() {
    var refused =
        CommandRun.of(
            arguments("unprotect", "analyst", List.of("card=DE_CARD"), "-", "-"), CUSTOMERS);
    assertThat(refused.status()).isEqualTo(3);
    assertThat(refused.out()).isEmpty();
  }

  @Test
  void aRefusalHoldsForAFileWithoutRowsToo() {
    Path empty = workshop.write("empty.csv", "card\n");
    assertThat(run("unprotect", "analyst", List.of("card=DE_CARD"), empty, out).status())
        .isEqualTo(3);
    assertNothingLeft();
  }

  @ParameterizedTest
  @CsvSource({
    "protect,support,name=DE_NAME",
    "protect,analyst,card=DE_CARD",
    "protect,nobody,card=DE_CARD",
    "unprotect,nobody,card=DE_CARD",
    "unprotect,loader,card=DE_CARD",
    "reprotect,loader,name=DE_NAME:DE_NAME_2",
    "reprotect,mover,name=DE_NAME:DE_NOTE"
  })
  void aUserWithoutThePermissionIsExit3(String command, String user, String column) {
    var refused = run(command, user, List.of(column), in, out);
    assertThat(refused.status()).isEqualTo(3);
    assertThat(refused.err()).contains("the policy does not let user " + user);
    assertNothingLeft();
  }

  @Test
  void anApplicationThatThePackageDoesNotTrustIsExit3() {
    List<DataElement> elements =
        PackageWorkshop.policy().dataElements().stream()
            .filter(element -> element.name().equals(PackageWorkshop.NAME))
            .toList();
    workshop.seal(
        "rps.json",
        3,
        PackageWorkshop.policyOf(
            elements, List.of(new Application("1", "batch", "com.example.Batch", "*"))));
    var refused = run("protect", "fraud", List.of("name=DE_NAME"), in, out);
    assertThat(refused.status()).isEqualTo(3);
    assertThat(refused.err())
        .contains("the package does not trust this application", "(code 28)")
        .hasLineCount(1);
    assertNothingLeft();
    workshop.seal(
        "rps.json",
        4,
        PackageWorkshop.policyOf(elements, List.of(new Application("1", "any", "*", "*"))));
    assertThat(run("protect", "fraud", List.of("name=DE_NAME"), in, out).status()).isZero();
  }

  @Test
  void reprotectMovesAColumnToAnotherElement() throws IOException {
    Path old = workshop.file("old.csv");
    run("protect", "loader", List.of("name=DE_NAME"), in, old);
    var moved = run("reprotect", "mover", List.of("name=DE_NAME:DE_NAME_2"), old, out);
    assertThat(moved.status()).isZero();
    Path direct = workshop.file("direct.csv");
    run("protect", "loader", List.of("name=DE_NAME_2"), in, direct);
    assertThat(Files.readString(out)).isEqualTo(Files.readString(direct));
  }

  @Test
  void standardInputAndOutputWork() {
    var protect = CommandRun.of(arguments("protect", "loader", ALL_COLUMNS, "-", "-"), CUSTOMERS);
    assertThat(protect.status()).isZero();
    var reveal =
        CommandRun.of(arguments("unprotect", "fraud", ALL_COLUMNS, "-", "-"), protect.out());
    assertThat(reveal.out()).isEqualTo(CUSTOMERS);
    assertThat(reveal.err()).contains("3 rows in");
  }

  @Test
  void manyRowsStreamThroughInBatches() {
    var rows = new StringBuilder("n,name\n");
    for (int i = 0; i < 5_432; i++) {
      rows.append(i).append(",user ").append(i).append('\n');
    }
    List<String> columns = List.of("name=DE_NAME");
    var protect = CommandRun.of(arguments("protect", "loader", columns, "-", "-"), rows.toString());
    var reveal = CommandRun.of(arguments("unprotect", "fraud", columns, "-", "-"), protect.out());
    assertThat(reveal.out()).isEqualTo(rows.toString());
    assertThat(reveal.err()).contains("5,432 rows in");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFFname,x\r\nanna,1\r\n\"be\r\nrt\",2\r\n",
        "name,x\nanna,1\n\nbert,2\n",
        "name\nanna\n\"\"\nbert\n",
        "x,name\n#1,anna\n \"q,b\n"
      })
  void theFormOfTheFileIsKept(String csv) {
    List<String> columns = List.of("name=DE_NAME");
    var protect = CommandRun.of(arguments("protect", "loader", columns, "-", "-"), csv);
    assertThat(protect.err()).contains("rows in");
    var reveal = CommandRun.of(arguments("unprotect", "fraud", columns, "-", "-"), protect.out());
    assertThat(reveal.out().replace("\"#1\"", "#1").replace("\" \"\"q\"", " \"q")).isEqualTo(csv);
  }

  @Test
  void anotherDelimiterWorks() {
    var arguments = arguments("protect", "loader", List.of("name=DE_NAME"), "-", "-");
    arguments.add("--delimiter=\\t");
    var protect = CommandRun.of(arguments, "id\tname\n1,5\tanna\n");
    assertThat(protect.status()).isZero();
    assertThat(protect.out()).startsWith("id\tname\n1,5\t").doesNotContain("anna");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";;", "\"", "\n"})
  void aDelimiterIsOneCharacter(String delimiter) {
    var arguments = arguments("protect", "loader", List.of("name=DE_NAME"), in, out);
    arguments.add("--delimiter=" + delimiter);
    assertThat(CommandRun.of(arguments).status()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--state-dir=", "j\ufffd\ufffdrg"})
  void anArgumentThatIsEmptyOrNotUtf8IsWrongUsage(String argument) {
    var arguments =
        new ArrayList<>(arguments("protect", "loader", List.of("name=DE_NAME"), in, out));
    arguments.add(argument);
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("bulla: an argument is ");
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/dev/null"})
  void whatIsOpenIsNoFileToReplace(String open) {
    CommandRun run = run("protect", "loader", List.of("name=DE_NAME"), in, Path.of(open));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("is not a file; give -");
  }

  @Test
  void aLinkToAFileThatIsNotThereYetStaysOne() throws IOException {
    Path made = workshop.file("made.csv");
    Path link = Files.createSymbolicLink(workshop.file("to.csv"), made.getFileName());
    assertThat(run("protect", "loader", List.of("name=DE_NAME"), in, link).status()).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(made).isRegularFile();
  }

  @Test
  void everyCommandTellsItsVersion() {
    for (String command : List.of("protect", "unprotect", "reprotect", "package")) {
      assertThat(CommandRun.of(List.of(command, "--version")).out()).startsWith("bulla ");
      assertThat(CommandRun.of(List.of(command, "--help")).out()).contains("Example", "  bulla ");
    }
  }

  @Test
  void anUnknownColumnIsNamed() {
    var wrong = run("protect", "loader", List.of("phone=DE_PHONE"), in, out);
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("there is no column phone in the header row (columns: 5); is --delimiter right?");
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"anna,4111111111111111\n", "anna,4111111111111111,anna\n"})
  void aFileWithoutAHeaderRowShowsNoneOfItsValues(String csv) {
    Path bare = workshop.write("bare.csv", csv);
    var wrong = run("protect", "loader", List.of("name=DE_NAME"), bare, out);
    assertThat(wrong.status()).isNotZero();
    assertThat(wrong.err()).contains("header row").doesNotContain("anna", "4111");
    assertNothingLeft();
  }

  @Test
  void messagesDoNotSteerTheTerminal() {
    var wrong =
        run("protect", "loader", List.of("a\u001b[2J\u009bb\u202e\u2066c=DE_NAME"), in, out);
    assertThat(wrong.err())
        .contains("there is no column a\uFFFD[2J\uFFFDb\uFFFD\uFFFDc in the header row");
  }

  @Test
  void anUnknownElementIsNamed() {
    var wrong = run("protect", "loader", List.of("name=DE_NONE"), in, out);
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("there is no data element DE_NONE in the package; it has: DE_");
    assertNothingLeft();
  }

  @Test
  void ofManyNamesTheFirstAreListed() {
    List<String> names = IntStream.rangeClosed(1, 20).mapToObj(i -> "E" + i).toList();
    assertThat(FileCommand.listed(names)).startsWith("E1, E2, ").endsWith(", E19, E20");
    assertThat(FileCommand.listed(List.of())).isEmpty();
    assertThat(FileCommand.listed(IntStream.rangeClosed(1, 1000).mapToObj(i -> "E" + i).toList()))
        .endsWith(", E19, E20 and 980 more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "=DE_NAME", "name=", "name= "})
  void aColumnNeedsItsElement(String column) {
    var wrong = run("protect", "loader", List.of(column), in, out);
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("the form is column=ELEMENT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"name=DE_NAME", "name=DE_NAME:", "name=A:B:C"})
  void reprotectNeedsTwoElements(String column) {
    var wrong = run("reprotect", "mover", List.of(column), in, out);
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("the form is column=OLD:NEW");
  }

  @Test
  void aColumnIsNamedOnce() {
    var wrong = run("protect", "loader", List.of("name=DE_NAME", "name=DE_NAME_2"), in, out);
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("twice");
  }

  @Test
  void badDataNamesItsLineAndColumnAndNotItsValue() {
    Path bad = workshop.write("bad.csv", "id,number\n1,12345\n\"2\n2\",\n3,98\n");
    var failed = run("protect", "loader", List.of("number=DE_NUMBER"), bad, out);
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err())
        .contains("line 5, column number: ", "(code 22)")
        .doesNotContain("98")
        .containsOnlyOnce("too short");
    assertNothingLeft();
  }

  @Test
  void aValueThatWasNotProtectedNamesItsLineAndColumn() {
    Path bad = workshop.write("bad.csv", "note\n\nbm90IHNlYWxlZA==\n");
    var failed = run("unprotect", "fraud", List.of("note=DE_TEXT"), bad, out);
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("line 3, column note: The value could not be unprotected.");
    assertNothingLeft();
  }

  @Test
  void anErrorAfterTheFirstBatchSaysThatStandardOutputIsIncomplete() {
    String csv = "number\n" + "12345\n".repeat(1_500) + "1\n";
    var failed =
        CommandRun.of(arguments("protect", "loader", List.of("number=DE_NUMBER"), "-", "-"), csv);
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("line 1502", "is not complete");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|it needs a header row",
        "'name,x,name\nanna,1,2\n'|columns 1 and 3 of the header row have the same name",
        "'name,x\nanna,1\nbert\n'|line 3: it has 1 fields, the header row has 2",
        "'name,x\nanna,1,2\n'|line 2: it has 3 fields",
        "'name,x\n\"anna,1\n'|line 2: this is not CSV",
        "'name,x\n\"secret\"y,1\n'|line 2: this is not CSV"
      })
  void whatIsNotACsvFileWithAHeaderIsRefused(String csv, String reason) {
    Path bad = workshop.write("bad.csv", csv);
    var failed = run("protect", "loader", List.of("name=DE_NAME"), bad, out);
    assertThat(failed.err()).contains(reason).doesNotContain("secret");
    assertThat(failed.status()).isEqualTo(1);
    assertNothingLeft();
  }

  @Test
  void whatIsNotUtf8IsRefused() throws IOException {
    Path latin = Files.write(workshop.file("latin.csv"), new byte[] {'n', '\n', (byte) 0xeb, '\n'});
    var failed = run("protect", "loader", List.of("n=DE_NAME"), latin, out);
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("not UTF-8");
    Path wide =
        Files.write(workshop.file("wide.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 'n', 0});
    assertThat(run("protect", "loader", List.of("n=DE_NAME"), wide, out).err()).contains("UTF-16");
    assertNothingLeft();
  }

  @Test
  void anotherPrivateKeyIsRefused() {
    var failed = runWith("--private-key", workshop.file("other.pem"));
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("sealed to another key");
    assertNothingLeft();
  }

  @Test
  void aFileThatIsNoPrivateKeyIsRefused() {
    var failed = runWith("--private-key", in);
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("cannot use the private key " + in);
  }

  @Test
  void anUntrustedSignerIsRefused() {
    var failed = runWith("--trusted-keys", workshop.file("other.jwks.json"));
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("not trusted", "/pty/v1/rps/jwks");
    assertNothingLeft();
  }

  @Test
  void aFileThatIsNoKeySetIsRefused() {
    var failed = runWith("--trusted-keys", in);
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("cannot use the trusted keys " + in);
  }

  @Test
  void anAlteredByteAnywhereIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(workshop.packageFile());
    Path altered = workshop.file("altered.json");
    for (int at = 0; at < whole.length; at += whole.length / 20) {
      byte[] bytes = whole.clone();
      bytes[at] ^= 1;
      Files.write(altered, bytes);
      var failed = runWith("--package", altered);
      assertThat(failed.status()).as("byte %d", at).isEqualTo(1);
      assertThat(failed.err()).startsWith("bulla: " + altered).hasLineCount(1);
    }
    assertNothingLeft();
  }

  @Test
  void anOlderPackageIsRefusedByTheStateDirectory() {
    assertThat(runWith("--package", workshop.file("rps-1.json")).status()).isZero();
    assertThat(runWith("--package", workshop.packageFile()).status()).isZero();
    out.toFile().delete();
    var failed = runWith("--package", workshop.file("rps-1.json"));
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("older than the last one accepted", "export the current");
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--package", "--private-key", "--trusted-keys"})
  void aMissingFileIsNamed(String option) {
    var failed = runWith(option, workshop.file("none"));
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("none: there is no such file").hasLineCount(1);
  }

  @Test
  void aMissingInputIsNamed() {
    var failed = run("protect", "loader", List.of("name=DE_NAME"), workshop.file("none.csv"), out);
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("cannot read", "none.csv");
  }

  @Test
  void anInputIsNeverOverwritten() throws IOException {
    Path link = Files.createSymbolicLink(workshop.file("link.csv"), in);
    for (Path target : List.of(in, link, workshop.privateKey(), workshop.packageFile())) {
      var wrong = run("protect", "loader", List.of("name=DE_NAME"), in, target);
      assertThat(wrong.status()).isEqualTo(2);
      assertThat(wrong.err()).contains("is an input of this command");
    }
    assertThat(Files.readString(in)).isEqualTo(CUSTOMERS);
  }

  @Test
  void whatTheCommandKeepsForItselfIsNeverReplaced() throws IOException {
    List<String> columns = List.of("name=DE_NAME");
    assertThat(run("protect", "loader", columns, in, workshop.file("first.csv")).status()).isZero();
    Path audit = workshop.file("audit.jsonl");
    Path linked = Files.createSymbolicLink(workshop.file("link.jsonl"), audit);
    Files.createSymbolicLink(workshop.file("same"), directory);
    for (Path target :
        List.of(
            audit,
            linked,
            directory.resolve("state").resolve("..").resolve("audit.jsonl"),
            workshop.file("same").resolve("audit.jsonl"))) {
      for (boolean exists : new boolean[] {false, true}) {
        Files.deleteIfExists(audit);
        if (exists) {
          Files.writeString(audit, "records\n");
        }
        var arguments = arguments("protect", "loader", columns, in, target);
        arguments.add("--audit=" + audit);
        var wrong = CommandRun.of(arguments);
        assertThat(wrong.err()).contains("holds the audit records");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(audit.toFile().exists()).isEqualTo(exists);
      }
    }
    assertThat(audit).hasContent("records\n");
    for (String name : List.of("audit.jsonl", "serials.json", "serials.lock")) {
      Path kept = workshop.state().resolve(name);
      byte[] before = Files.readAllBytes(kept);
      assertThat(run("protect", "loader", columns, in, kept).status()).isEqualTo(2);
      assertThat(kept).hasBinaryContent(before);
      var read = run("protect", "loader", columns, kept, out);
      assertThat(read.err()).contains(name, "is an input of this command", "memory of packages");
      assertThat(read.status()).isEqualTo(2);
    }
  }

  @Test
  void recordsAreNeverAppendedToAnInput() throws IOException {
    Path password = workshop.write("password", "secret");
    Path link = Files.createSymbolicLink(workshop.file("link.log"), workshop.privateKey());
    for (Path audit :
        List.of(
            in,
            workshop.packageFile(),
            workshop.privateKey(),
            link,
            workshop.trustedKeys(),
            password)) {
      byte[] before = Files.readAllBytes(audit);
      for (Object output : List.of(out, "-")) {
        var arguments = arguments("protect", "loader", List.of("name=DE_NAME"), in, output);
        arguments.add("--audit=" + audit);
        arguments.add("--key-password-file=" + password);
        var wrong = CommandRun.of(arguments);
        assertThat(wrong.err()).contains("is an input of this command");
        assertThat(wrong.status()).isEqualTo(2);
      }
      assertThat(audit).hasBinaryContent(before);
    }
    var overPassword = arguments("protect", "loader", List.of("name=DE_NAME"), in, password);
    overPassword.add("--key-password-file=" + password);
    assertThat(CommandRun.of(overPassword).err()).contains("is an input of this command");
    assertNothingLeft();
  }

  @Test
  void theOutputMustBeAFileInADirectoryThatExists() {
    assertThat(run("protect", "loader", List.of("name=DE_NAME"), in, directory).status())
        .isEqualTo(2);
    var missing = workshop.file("none").resolve("out.csv");
    assertThat(run("protect", "loader", List.of("name=DE_NAME"), in, missing).status())
        .isEqualTo(2);
  }

  @Test
  void anExistingOutputIsReplacedOnlyWhenAllWentWell() throws IOException {
    Files.writeString(out, "before");
    Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rw-r-----"));
    run("unprotect", "analyst", List.of("card=DE_CARD"), in, out);
    assertThat(Files.readString(out)).isEqualTo("before");
    assertThat(run("protect", "loader", List.of("name=DE_NAME"), in, out).status()).isZero();
    assertThat(Files.readString(out)).startsWith("id,name");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void aNewOutputIsForItsOwnerAlone() throws IOException {
    run("protect", "loader", List.of("name=DE_NAME"), in, out);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
        .isEqualTo("rw-------");
  }

  @Test
  void aPrivateKeyThatOthersCanReadIsWarnedOf() throws IOException {
    Files.setPosixFilePermissions(
        workshop.privateKey(), PosixFilePermissions.fromString("rw-r--r--"));
    var warned = run("protect", "loader", List.of("name=DE_NAME"), in, out);
    assertThat(warned.status()).isZero();
    assertThat(warned.err()).contains("warning: others can read the private key", "chmod 600");
  }

  @Test
  void auditRecordsGoToTheFileThatIsNamed() throws IOException {
    Path audit = workshop.file("audit.log");
    var arguments = arguments("protect", "loader", List.of("name=DE_NAME"), in, out);
    arguments.add("--audit=" + audit);
    assertThat(CommandRun.of(arguments).status()).isZero();
    assertThat(Files.readAllLines(audit, UTF_8))
        .singleElement()
        .asString()
        .contains("\"cnt\":2", "\"audit_code\":6")
        .doesNotContain("Müller");
    assertThat(workshop.state().resolve("audit.jsonl")).doesNotExist();
  }

  @Test
  void wrongUsageSaysWhereTheHelpIs() {
    var wrong = CommandRun.of(List.of("protect"));
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("Missing required", "see bulla protect --help");
    assertThat(CommandRun.of(List.of()).status()).isEqualTo(2);
    assertThat(CommandRun.of(List.of("package")).status()).isEqualTo(2);
    assertThat(run("protect", " ", List.of("name=DE_NAME"), in, out).status()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"protect", "unprotect", "reprotect"})
  void helpShowsAnExample(String command) {
    var help = CommandRun.of(List.of(command, "--help"));
    assertThat(help.status()).isZero();
    assertThat(help.out()).contains("Example:", "bulla " + command + " --package rps.json");
  }
}
