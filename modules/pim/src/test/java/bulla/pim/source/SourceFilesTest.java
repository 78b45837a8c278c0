package bulla.pim.source;

import static bulla.pim.object.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.pim.object.PimProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFilesTest {
  @TempDir Path outside;

  private Path directory;
  private SourceFiles files;

  @BeforeEach
  void openTheDirectory() throws IOException {
    directory = Files.createDirectory(outside.resolve("sources"));
    files = new SourceFiles(directory);
  }

  @Test
  void usersAreOnePerLineWhateverTheLineEndsAndBlanks() throws Exception {
    write("users.txt", "\uFEFFanna\r\n\n  bob \ncarol");
    SourceContent content = files.read(Connections.files("users.txt", null));
    assertThat(content.user("anna")).contains("anna");
    assertThat(content.user("BOB")).contains("bob");
    assertThat(content.user("carol")).contains("carol");
    assertThat(content.user("dave")).isEmpty();
    assertThat(content.user("")).isEmpty();
    assertThat(content.group("anna")).isEmpty();
  }

  @Test
  void groupsAreHeadedByTheirNameInBrackets() throws Exception {
    write("users.txt", "anna\n");
    write("groups.txt", "[Support Staff]\nanna\nbob\n\n[Empty]\n[ops]\n carol \n");
    SourceContent content = files.read(Connections.files("users.txt", "groups.txt"));
    assertThat(content.group("support staff")).contains(List.of("anna", "bob"));
    assertThat(content.group("Empty")).contains(List.of());
    assertThat(content.group("OPS")).contains(List.of("carol"));
    assertThat(content.group("nobody")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"STAFF", "Staff", " staff "})
  void ofGroupsOfTheSameNameNoneIsRead(String other) throws Exception {
    write("users.txt", "anna\n");
    write("groups.txt", "[Staff]\nanna\n[Ops]\ncarol\n[" + other + "]\nbob\n");
    SourceContent content = files.read(Connections.files("users.txt", "groups.txt"));
    problem(PimProblem.SOURCE_UNAVAILABLE, () -> content.group("staff"));
    assertThat(content.group("ops")).contains(List.of("carol"));
    assertThat(content.user("anna")).isPresent();
  }

  @Test
  void aBackslashIsNoEscape() throws Exception {
    write("users.txt", "\\U0041\n");
    SourceContent content = files.read(Connections.files("users.txt", null));
    assertThat(content.user("\\u0041")).isPresent();
    assertThat(content.user("A")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anna\n[group]\n",
        "[]\nanna\n",
        "[ ]\nanna\n",
        "[a]\nan\u0000na\n",
        "[a]\nan\u202Ena\n"
      })
  void aGroupsFileThatCannotBeMeantIsRefusedWithTheLine(String text) throws IOException {
    write("users.txt", "anna\n");
    write("groups.txt", text);
    assertThatThrownBy(() -> files.read(Connections.files("users.txt", "groups.txt")))
        .isInstanceOf(UnreadableSourceException.class)
        .hasMessageContaining("Line ")
        .extracting(thrown -> ((UnreadableSourceException) thrown).member())
        .isEqualTo("groupFile");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.txt",
        "..",
        ".",
        ".hidden",
        "/etc/passwd",
        "a/b",
        "a\\b",
        "",
        "-rf",
        "a\u0000b",
        "a b",
        "\u00E4.txt",
        "sources/../users.txt",
        "missing.txt"
      })
  void onlyPlainNamesOfFilesInTheDirectoryAreRead(String name) throws IOException {
    Files.writeString(outside.resolve("secret.txt"), "anna\n");
    assertThatThrownBy(() -> files.read(Connections.files(name, null)))
        .isInstanceOf(UnreadableSourceException.class);
  }

  @Test
  void linksAreNotFollowed() throws IOException {
    Path secret = Files.writeString(outside.resolve("secret.txt"), "anna\n");
    Files.createSymbolicLink(directory.resolve("link.txt"), secret);
    assertThatThrownBy(() -> files.read(Connections.files("link.txt", null)))
        .isInstanceOf(UnreadableSourceException.class)
        .hasMessageContaining("no regular file");
  }

  @Test
  void aDirectoryIsNoFile() throws IOException {
    Files.createDirectory(directory.resolve("d"));
    assertThatThrownBy(() -> files.read(Connections.files("d", null)))
        .isInstanceOf(UnreadableSourceException.class);
  }

  @Test
  void aLineThatIsNoNameIsRefused() throws IOException {
    write("users.txt", "anna\n" + "x".repeat(MemberNames.LONGEST + 1) + "\n");
    assertThatThrownBy(() -> files.read(Connections.files("users.txt", null)))
        .hasMessage("Line 2 of the file 'users.txt' is longer than 255 characters");
  }

  @Test
  void aFileThatIsTooLargeIsRefusedBeforeItIsRead() throws IOException {
    try (var channel =
        Files.newByteChannel(
            directory.resolve("users.txt"),
            java.nio.file.StandardOpenOption.CREATE_NEW,
            java.nio.file.StandardOpenOption.WRITE,
            java.nio.file.StandardOpenOption.SPARSE)) {
      channel.position(SourceFiles.MOST_BYTES).write(StandardCharsets.UTF_8.encode("a"));
    }
    assertThatThrownBy(() -> files.read(Connections.files("users.txt", null)))
        .hasMessageContaining("larger than");
  }

  @Test
  void aFileThatIsNotUtf8IsRefused() throws IOException {
    Files.write(directory.resolve("users.txt"), new byte[] {'a', (byte) 0xE4, '\n'});
    assertThatThrownBy(() -> files.read(Connections.files("users.txt", null)))
        .hasMessage("The file 'users.txt' is not in UTF-8");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }
}
