package bulla.keyring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.secrets.SecretBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyFileTest {
  private static final KeyContext CONTEXT = new KeyContext("keyring", "pim", 1, "test");
  private static final SecretBytes KEY = SecretBytes.random(32);

  @TempDir Path directory;

  @Test
  void theSameMasterKeyOpensAgain() {
    WrappedKey wrapped = withoutPassword().open(false).wrap(CONTEXT, KEY);
    assertThat(withoutPassword().open(true).unwrap(CONTEXT, wrapped)).isEqualTo(KEY);
  }

  @Test
  void theKeyStoreAndTheGeneratedPasswordAreForTheirOwnerAlone() throws IOException {
    withoutPassword().open(false);
    for (String name : new String[] {"master.p12", "keystore.password"}) {
      assertThat(Files.getPosixFilePermissions(directory.resolve(name)))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void aGivenPasswordIsWrittenNowhere() throws IOException {
    withPassword("geheim").open(false);
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(store());
    }
    assertThat(new String(Files.readAllBytes(store()), UTF_8)).doesNotContain("geheim");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Schl\u00fcssel", "two\nlines", "del\u007f"})
  void aPasswordThatThePlatformCannotUseIsRefused(String password) {
    assertThatThrownBy(() -> withPassword(password).open(false))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining("printable ASCII")
        .hasMessageNotContaining(password);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aPasswordFromAFileIsTakenWithoutItsLineEnd() throws IOException {
    Path file = directory.resolve("mounted");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--------")));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(file, "geheim\n");
    WrappedKey wrapped =
        new MasterKeyFile(directory, Optional.empty(), Optional.of(file))
            .open(false)
            .wrap(CONTEXT, KEY);
    assertThat(withPassword("geheim").open(true).unwrap(CONTEXT, wrapped)).isEqualTo(KEY);
  }

  @Test
  void aWrongPasswordIsOneLineThatTellsWhatToDo() {
    withPassword("right").open(false);
    assertThatThrownBy(() -> withPassword("wrong").open(true))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining(store().toString())
        .hasMessageContaining("BULLA_KEYSTORE_PASSWORD")
        .hasMessageNotContaining("wrong password")
        .hasNoCause()
        .satisfies(refused -> assertThat(refused.getStackTrace()).isEmpty())
        .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("\n"));
  }

  @Test
  void aLostPasswordIsNotReplacedByANewOne() throws IOException {
    withoutPassword().open(false);
    Files.delete(directory.resolve("keystore.password"));
    assertThatThrownBy(() -> withoutPassword().open(true))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining("keystore.password");
    assertThat(directory.resolve("keystore.password")).doesNotExist();
  }

  @Test
  void aLostKeyStoreIsNotReplacedByANewOneWhileKeysDependOnIt() {
    assertThatThrownBy(() -> withoutPassword().open(true))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining("backup");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aDamagedKeyStoreIsNamed() throws IOException {
    withPassword("right").open(false);
    byte[] bytes = Files.readAllBytes(store());
    bytes[bytes.length / 2] ^= 1;
    Files.write(store(), bytes);
    assertThatThrownBy(() -> withPassword("right").open(true))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining(store().toString());
    Files.write(store(), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> withPassword("right").open(true))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void aKeyStoreThatOthersCanReadIsRefused() throws IOException {
    withPassword("right").open(false);
    Files.setPosixFilePermissions(store(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> withPassword("right").open(true))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void aPasswordFileThatOthersCanReadIsRefused() throws IOException {
    withoutPassword().open(false);
    Files.setPosixFilePermissions(
        directory.resolve("keystore.password"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> withoutPassword().open(true))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void aKeyStoreWithoutAMasterKeyIsNamed() throws Exception {
    KeyStore other = KeyStore.getInstance("PKCS12");
    other.load(null, null);
    Files.createFile(
        store(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (var out = Files.newOutputStream(store())) {
      other.store(out, "right".toCharArray());
    }
    assertThatThrownBy(() -> withPassword("right").open(true))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining("no master key");
  }

  private Path store() {
    return directory.resolve("master.p12");
  }

  private MasterKeyFile withoutPassword() {
    return new MasterKeyFile(directory, Optional.empty(), Optional.empty());
  }

  private MasterKeyFile withPassword(String password) {
    return new MasterKeyFile(directory, Optional.of(password), Optional.empty());
  }
}
