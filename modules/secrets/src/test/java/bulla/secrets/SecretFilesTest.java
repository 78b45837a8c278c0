package bulla.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFilesTest {
  @TempDir Path directory;

  @Test
  void aMissingFileIsMadeForItsOwnerAloneWithARandomPassword() throws IOException {
    SecretFile made = SecretFiles.readOrCreate(file());
    assertThat(made.created()).isTrue();
    assertThat(made.path()).isEqualTo(file());
    assertThat(text(made)).matches("[2-9A-HJ-NP-Za-km-z]{28}");
    assertThat(Files.readString(file())).isEqualTo(text(made) + "\n");
    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void theNextCallReadsWhatTheFirstMade() {
    SecretFile made = SecretFiles.readOrCreate(file());
    SecretFile read = SecretFiles.readOrCreate(file());
    assertThat(read.created()).isFalse();
    assertThat(read.secret()).isEqualTo(made.secret());
  }

  @Test
  void noTwoPasswordsAreTheSame() {
    var seen = new HashSet<String>();
    for (int i = 0; i < 20; i++) {
      assertThat(seen.add(text(SecretFiles.readOrCreate(directory.resolve("p" + i))))).isTrue();
    }
  }

  @Test
  void allWhoMakeTheFileAtOnceGetTheSamePassword() throws Exception {
    var barrier = new CyclicBarrier(8);
    Callable<SecretFile> attempt =
        () -> {
          barrier.await();
          return SecretFiles.readOrCreate(file());
        };
    var threads = Executors.newFixedThreadPool(8);
    try {
      var passwords = new HashSet<String>();
      int made = 0;
      for (var future : threads.invokeAll(Collections.nCopies(8, attempt))) {
        passwords.add(text(future.get()));
        made += future.get().created() ? 1 : 0;
      }
      assertThat(passwords).hasSize(1);
      assertThat(made).isEqualTo(1);
    } finally {
      threads.shutdown();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw--w----", "rw-----w-", "rw------x"})
  void aFileThatIsOpenToOthersIsRefused(String permissions) throws IOException {
    given("secret\n", permissions);
    assertThatThrownBy(() -> SecretFiles.readOrCreate(file()))
        .isInstanceOf(SecretFileException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("chmod 600")
        .hasMessageNotContaining("secret\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------", "r--r-----"})
  void aFileForItsOwnerAndGroupIsRead(String permissions) throws IOException {
    given("secret\n", permissions);
    assertThat(text(SecretFiles.read(file()))).isEqualTo("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pass word ", "pass word \n", "pass word \r\n"})
  void onlyTheLineEndIsLeftOut(String content) throws IOException {
    given(content, "rw-------");
    assertThat(text(SecretFiles.read(file()))).isEqualTo("pass word ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n"})
  void anEmptyFileIsRefused(String content) throws IOException {
    given(content, "rw-------");
    assertThatThrownBy(() -> SecretFiles.readOrCreate(file()))
        .isInstanceOf(SecretFileException.class)
        .hasMessageContaining("empty");
  }

  @Test
  void aFileTooLargeForAPasswordIsRefused() throws IOException {
    given("x".repeat(4097), "rw-------");
    assertThatThrownBy(() -> SecretFiles.read(file())).isInstanceOf(SecretFileException.class);
  }

  @Test
  void aDirectoryIsNoSecretFile() throws IOException {
    Files.createDirectory(file());
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rwx------"));
    assertThatThrownBy(() -> SecretFiles.read(file()))
        .isInstanceOf(SecretFileException.class)
        .hasMessage("The secret file %s is a directory", file());
  }

  @Test
  void readingDoesNotMakeAMissingFile() {
    assertThatThrownBy(() -> SecretFiles.read(file()))
        .isInstanceOf(SecretFileException.class)
        .hasMessageContaining(file().toString());
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void anExistingFileIsNeverReplaced() throws IOException {
    SecretFiles.create(file(), "first".getBytes(UTF_8));
    assertThatThrownBy(() -> SecretFiles.create(file(), "second".getBytes(UTF_8)))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Files.readString(file())).isEqualTo("first");
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void theTextFormDoesNotShowTheSecret() {
    SecretFile made = SecretFiles.readOrCreate(file());
    assertThat(made.toString()).doesNotContain(text(made));
  }

  private Path file() {
    return directory.resolve("admin.password");
  }

  private void given(String content, String permissions) throws IOException {
    Files.writeString(file(), content);
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(permissions));
  }

  private static String text(SecretFile file) {
    return file.secret().with(bytes -> new String(bytes, UTF_8));
  }
}
