package bulla.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.keyring.PassphraseMasterKeys.Cost;
import bulla.secrets.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassphraseMasterKeysTest {
  static final Cost CHEAP = new Cost(1024, 1, 1);

  private static final KeyContext CONTEXT = new KeyContext("keyring", "pim", 1, "test");
  private static final SecretBytes KEY = SecretBytes.random(32);
  private static final String PASSPHRASE = "korrekt: Pf\u00e4rd Batterie";

  @TempDir Path directory;

  @Test
  void theSamePassphraseOpensAgain() throws IOException {
    MasterKeyStore store = open(PASSPHRASE);
    store.make(3);
    WrappedKey wrapped = store.wrap(3, CONTEXT, KEY);
    assertThat(open(PASSPHRASE).unwrap(CONTEXT, wrapped)).isEqualTo(KEY);
    assertThat(open(PASSPHRASE).versions()).containsExactly(3);
    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readAllLines(file())).hasSize(2).first().asString().contains("argon2id");
  }

  @Test
  void anotherPassphraseIsOneLineThatTellsWhatToDo() {
    open(PASSPHRASE).make(1);
    assertThatThrownBy(() -> open("something quite different"))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining("BULLA_MASTER_PASSPHRASE_FILE")
        .hasMessageNotContaining("\n")
        .hasNoCause()
        .satisfies(refused -> assertThat(refused.getStackTrace()).isEmpty());
  }

  @Test
  void aShortPassphraseIsRefused() {
    assertThatThrownBy(() -> open("elevenbytes").make(1))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining("12")
        .hasMessageNotContaining("elevenbytes");
    assertThat(file()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "m=1024, m=1025",
    "m=1024, m=9999999999",
    "t=1, t=2",
    "p=1, p=2",
    "bulla-master-keys 1, bulla-master-keys 2",
    "'\n1 ', '\n2 '",
    "'\n1 ', '\n'",
  })
  void aFileThatSomebodyChangedIsRefused(String before, String after) throws IOException {
    open(PASSPHRASE).make(1);
    String content = Files.readString(file());
    assertThat(content).contains(before);
    Files.writeString(file(), content.replace(before, after));
    assertThatThrownBy(() -> open(PASSPHRASE))
        .isInstanceOf(KeyringException.class)
        .hasMessageContaining(file().toString());
  }

  private Path file() {
    return directory.resolve("master.passphrase");
  }

  private MasterKeyStore open(String passphrase) {
    return new PassphraseMasterKeys(
        file(), () -> SecretBytes.takeFrom(passphrase.getBytes(StandardCharsets.UTF_8)), CHEAP);
  }
}
