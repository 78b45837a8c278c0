package bulla.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import bulla.secrets.SecretBytes;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a token of SoftHSM 2 (package {@code softhsm2} of Debian). SoftHSM reads where its tokens are
 * from the environment when it is loaded, so the work is done in a JVM of its own.
 */
class Pkcs11MasterKeysTest {
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/pkcs11/libsofthsm2.so"),
          Path.of("/usr/local/lib/softhsm/libsofthsm2.so"),
          Path.of("/opt/homebrew/lib/softhsm/libsofthsm2.so"));
  private static final KeyContext CONTEXT = new KeyContext("keyring", "pim", 1, "test");

  @TempDir Path directory;

  @Test
  void theTokenMakesKeysWrapsWithThemAndKeepsThem() throws Exception {
    Path configuration = token("CKA_SENSITIVE = true\nCKA_EXTRACTABLE = false");
    assertThat(run("keys", configuration)).isEqualTo("done");
    assertThat(run("again", configuration)).isEqualTo("done");
  }

  @Test
  void installationsThatShareATokenHaveKeysOfTheirOwn() throws Exception {
    Path configuration = token("CKA_SENSITIVE = true\nCKA_EXTRACTABLE = false");
    assertThat(run("keys", configuration)).isEqualTo("done");
    assertThat(run("stranger", configuration)).isEqualTo("done");
    assertThat(run("again", configuration)).isEqualTo("done");
  }

  @Test
  void afterAWrongPinTheRightOneOpensTheToken() throws Exception {
    Path configuration = token("CKA_SENSITIVE = true\nCKA_EXTRACTABLE = false");
    assertThat(run("late", configuration)).isEqualTo("done");
  }

  @Test
  void aTokenThatLetsKeysOutIsRefused() throws Exception {
    Path configuration = token("CKA_SENSITIVE = false\nCKA_EXTRACTABLE = true");
    assertThat(run("open", configuration)).contains("would let the master key out");
  }

  @Test
  void aWrongPinAndAWrongLibraryAreOneLine() throws Exception {
    Path configuration = token("CKA_SENSITIVE = true\nCKA_EXTRACTABLE = false");
    assertThat(run("pin", configuration)).contains("BULLA_PKCS11_PIN_FILE").doesNotContain("\n");
    Files.writeString(configuration, "name = bulla\nlibrary = /nowhere/at/all.so\n");
    assertThat(run("open", configuration)).contains("library").doesNotContain("\n");
  }

  @Test
  void aTokenThatIsGoneWrapsAndUnwrapsNothingAndSaysWhatItIs() throws Exception {
    Path configuration = token("CKA_SENSITIVE = true\nCKA_EXTRACTABLE = false");
    assertThat(run("gone", configuration)).isEqualTo("done");
  }

  /** What the JVM of its own does. */
  public static void main(String[] arguments) throws IOException {
    var configuration = Path.of(arguments[1]);
    String result;
    try {
      if (arguments[0].equals("late")) {
        assertThatThrownBy(() -> store(configuration, "a", "999999"))
            .isInstanceOf(KeyringException.class);
      }
      MasterKeyStore store =
          store(
              configuration,
              arguments[0].equals("stranger") ? "b" : "a",
              arguments[0].equals("pin") ? "999999" : "123456");
      Path kept = configuration.resolveSibling("kept");
      switch (arguments[0]) {
        case "keys" -> keys(store, kept);
        case "late" -> keys(store, kept);
        case "again" -> again(store, kept);
        case "gone" -> gone(store, configuration.resolveSibling("tokens"));
        case "stranger" -> {
          assertThat(store.versions()).isEmpty();
          store.make(1);
          store.make(3);
          store.forgetBefore(3);
          assertThat(store.versions()).containsExactly(3);
        }
        default -> store.make(1);
      }
      result = "done";
    } catch (KeyringException refused) {
      result = refused.getMessage();
    }
    Files.writeString(Path.of(arguments[2]), result);
  }

  private static MasterKeyStore store(Path configuration, String installation, String pin) {
    return new Pkcs11MasterKeys(
        configuration,
        installation,
        () -> SecretBytes.takeFrom(pin.getBytes(StandardCharsets.US_ASCII)));
  }

  private static void keys(MasterKeyStore store, Path kept) throws IOException {
    assertThat(store.versions()).isEmpty();
    store.make(1);
    store.make(2);
    assertThat(store.versions()).containsExactly(1, 2);
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    try (var key = SecretBytes.copyOf(bytes)) {
      WrappedKey first = store.wrap(1, CONTEXT, key);
      assertThat(store.unwrap(CONTEXT, first)).isEqualTo(key);
      byte[] altered = first.bytes();
      altered[altered.length - 1] ^= 1;
      assertThatThrownBy(() -> store.unwrap(CONTEXT, WrappedKey.parse(altered)))
          .isInstanceOf(KeyringException.class);
      assertThatThrownBy(() -> store.unwrap(new KeyContext("keyring", "rps", 1, "test"), first))
          .isInstanceOf(KeyringException.class);
      Files.write(kept, store.wrap(2, CONTEXT, key).bytes());
      Files.write(kept.resolveSibling("clear"), bytes);
      store.forgetBefore(2);
      assertThat(store.versions()).containsExactly(2);
      assertThatThrownBy(() -> store.unwrap(CONTEXT, first))
          .isInstanceOf(KeyringException.class)
          .hasMessageContaining("master key 1");
    }
  }

  private static void gone(MasterKeyStore store, Path tokens) throws IOException {
    store.make(1);
    try (SecretBytes key = SecretBytes.random(32)) {
      WrappedKey wrapped = store.wrap(1, CONTEXT, key);
      try (var files = Files.walk(tokens)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.delete(file);
        }
      }
      assertThatThrownBy(() -> store.wrap(1, CONTEXT, key))
          .isInstanceOf(KeyringException.class)
          .hasMessageContaining("PKCS#11 token");
      assertThatThrownBy(() -> store.unwrap(CONTEXT, wrapped))
          .isInstanceOf(KeyringException.class)
          .hasMessageContaining("PKCS#11 token");
    }
  }

  private static void again(MasterKeyStore store, Path kept) throws IOException {
    assertThat(store.versions()).containsExactly(2);
    assertThat(store.unwrap(CONTEXT, WrappedKey.parse(Files.readAllBytes(kept))))
        .isEqualTo(SecretBytes.copyOf(Files.readAllBytes(kept.resolveSibling("clear"))));
  }

  private Path token(String attributes) throws Exception {
    Path library =
        LIBRARIES.stream()
            .filter(Files::exists)
            .findFirst()
            .orElseGet(
                () ->
                    abort(
                        "SKIPPED: SoftHSM is not installed, so no PKCS#11 token is tried. Install softhsm2 to run this test."));
    Files.createDirectories(directory.resolve("tokens"));
    Files.writeString(
        directory.resolve("softhsm2.conf"),
        "directories.tokendir = %s%nobjectstore.backend = file%nlog.level = ERROR%n"
            .formatted(directory.resolve("tokens")));
    execute(
        List.of(
            "softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            "bulla",
            "--pin",
            "123456",
            "--so-pin",
            "654321"));
    Path configuration = directory.resolve("pkcs11.cfg");
    Files.writeString(
        configuration,
        "name = bulla%nlibrary = %s%nslotListIndex = 0%nattributes(*, CKO_SECRET_KEY, CKK_AES) = {%n%s%n}%n"
            .formatted(library, attributes));
    return configuration;
  }

  private String run(String what, Path configuration) throws Exception {
    Path result = directory.resolve("result");
    execute(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("jdk.module.path") == null
                ? System.getProperty("java.class.path")
                : System.getProperty("jdk.module.path")
                    + File.pathSeparator
                    + System.getProperty("java.class.path"),
            Pkcs11MasterKeysTest.class.getName(),
            what,
            configuration.toString(),
            result.toString()));
    return Files.readString(result);
  }

  private void execute(List<String> command) throws Exception {
    Path output = directory.resolve("output");
    var building =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    building.environment().put("SOFTHSM2_CONF", directory.resolve("softhsm2.conf").toString());
    int status = building.start().waitFor();
    assertThat(status).as(() -> command + ":\n" + read(output)).isZero();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      return failed.toString();
    }
  }
}
