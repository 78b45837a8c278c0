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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Pkcs12MasterKeysTest {
  private static final KeyContext CONTEXT = new KeyContext("keyring", "pim", 1, "test");
  private static final SecretBytes KEY = SecretBytes.random(32);

  @TempDir Path directory;

  @Test
  void theSameMasterKeyOpensAgain() {
    WrappedKey wrapped = made(withoutPassword()).wrap(1, CONTEXT, KEY);
    assertThat(open(withoutPassword()).unwrap(CONTEXT, wrapped)).isEqualTo(KEY);
  }

  @Test
  void theKeyStoreAndTheGeneratedPasswordAreForTheirOwnerAlone() throws IOException {
    made(withoutPassword());
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
    made(withPassword("geheim"));
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(store());
    }
    assertThat(new String(Files.readAllBytes(store()), UTF_8)).doesNotContain("geheim");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Schl\u00fcssel", "two\nlines", "del\u007f"})
  void aPasswordThatThePlatformCannotUseIsRefused(String password) {
    assertThatThrownBy(() -> made(withPassword(password)))
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
        made(MasterKeySettings.pkcs12(directory, Optional.empty(), Optional.of(file)))
            .wrap(1, CONTEXT, KEY);
    assertThat(open(withPassword("geheim")).unwrap(CONTEXT, wrapped)).isEqualTo(KEY);
  }

  @Test
  void aWrongPasswordIsOneLineThatTellsWhatToDo() {
    made(withPassword("right"));
    assertThatThrownBy(() -> open(withPassword("wrong")))
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
    made(withoutPassword());
    Files.delete(directory.resolve("keystore.password"));
    assertThatThrownBy(() -> open(withoutPassword()))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining("keystore.password");
    assertThat(directory.resolve("keystore.password")).doesNotExist();
  }

  @Test
  void aSecondKeyFollowsTheFirstAndTheFirstGoes() {
    MasterKeyStore store = made(withoutPassword());
    WrappedKey old = store.wrap(1, CONTEXT, KEY);
    MasterKeyStore other = open(withoutPassword());
    store.make(2);
    WrappedKey wrapped = store.wrap(2, CONTEXT, KEY);
    assertThat(other.unwrap(CONTEXT, wrapped)).as("it looks again").isEqualTo(KEY);
    assertThat(store.versions()).containsExactly(1, 2);
    assertThat(open(withoutPassword()).unwrap(CONTEXT, old)).isEqualTo(KEY);
    store.forgetBefore(2);
    store.forgetBefore(2);
    assertThat(open(withoutPassword()).versions()).containsExactly(2);
    assertThatThrownBy(() -> open(withoutPassword()).unwrap(CONTEXT, old))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining("backup");
    assertThatThrownBy(() -> store.make(2)).isInstanceOf(KeyringException.class);
  }

  /** To derive the key of the file takes a tenth of a second of every start. */
  @Test
  void aKeyThatIsKnownIsNotLookedForAgain() {
    made(withPassword("geheim"));
    var asked = new AtomicInteger();
    var store =
        new Pkcs12MasterKeys(
            store(),
            () -> {
              asked.incrementAndGet();
              return SecretBytes.copyOf("geheim".getBytes(UTF_8));
            });
    assertThat(store.holds(1)).isTrue();
    assertThat(asked).hasValue(1);
    assertThat(store.holds(2)).isFalse();
    open(withPassword("geheim")).make(2);
    assertThat(store.holds(2)).isTrue();
  }

  @Test
  void aStoreWithoutKeysIsGone() {
    MasterKeyStore store = made(withoutPassword());
    store.forgetBefore(2);
    assertThat(store()).doesNotExist();
    assertThat(store.versions()).isEmpty();
    store.forgetBefore(2);
  }

  @Test
  void aDamagedKeyStoreIsNamed() throws IOException {
    made(withPassword("right"));
    byte[] bytes = Files.readAllBytes(store());
    bytes[bytes.length / 2] ^= 1;
    Files.write(store(), bytes);
    assertThatThrownBy(() -> open(withPassword("right")))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining(store().toString());
    Files.write(store(), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> open(withPassword("right")))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void aKeyStoreThatOthersCanReadIsRefused() throws IOException {
    made(withPassword("right"));
    Files.setPosixFilePermissions(store(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> open(withPassword("right")))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void aPasswordFileThatOthersCanReadIsRefused() throws IOException {
    made(withoutPassword());
    Files.setPosixFilePermissions(
        directory.resolve("keystore.password"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> open(withoutPassword()))
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
    assertThatThrownBy(() -> open(withPassword("right")))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining("no master key");
  }

  private Path store() {
    return directory.resolve("master.p12");
  }

  private static MasterKeyStore made(MasterKeySettings settings) {
    MasterKeyStore store = open(settings);
    store.make(1);
    return store;
  }

  private static MasterKeyStore open(MasterKeySettings settings) {
    return settings.open(MasterKeyProvider.PKCS12, "");
  }

  private MasterKeySettings withoutPassword() {
    return MasterKeySettings.pkcs12(directory, Optional.empty(), Optional.empty());
  }

  private MasterKeySettings withPassword(String password) {
    return MasterKeySettings.pkcs12(directory, Optional.of(password), Optional.empty());
  }
}
