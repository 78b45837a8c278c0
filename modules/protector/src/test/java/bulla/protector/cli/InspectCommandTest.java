package bulla.protector.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import bulla.protector.PackageWorkshop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  @TempDir private Path directory;
  private PackageWorkshop workshop;

  @BeforeEach
  void make() {
    workshop = PackageWorkshop.in(directory);
  }

  private CommandRun inspect(String file, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("package", "inspect", workshop.file(file).toString()));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments);
  }

  private CommandRun inspectWithKeys(String file, String... options) {
    List<String> all = new ArrayList<>(keys());
    all.addAll(List.of(options));
    return inspect(file, all.toArray(String[]::new));
  }

  private List<String> keys() {
    return List.of(
        "--private-key",
        workshop.privateKey().toString(),
        "--trusted-keys",
        workshop.trustedKeys().toString());
  }

  @Test
  void theHeaderNeedsNoKey() {
    var shown = inspect("rps.json");
    assertThat(shown.status()).isZero();
    assertThat(shown.out())
        .contains("not verified")
        .containsPattern("serial +2")
        .containsPattern("dataStore +7")
        .containsPattern("alg +RSA-OAEP-256")
        .doesNotContain("DE_NAME");
  }

  @Test
  void theKeysShowWhatIsInsideAndNeverKeyMaterial() {
    var shown = inspectWithKeys("rps.json");
    assertThat(shown.status()).isZero();
    assertThat(shown.out())
        .contains(
            "Header (verified)", "https://bulla.example/", "6 users", "other names are refused")
        .containsPattern("DE_CARD +CreditCardToken.*\\R +look-up tables of up to 8 kB")
        .containsPattern("DE_NAME +AlphaNumericToken.*\\R +look-up tables of up to 1938 kB")
        .containsPattern("DE_TEXT +Aes256GcmEnc.*\\R +DE_BLOCKS")
        .doesNotContain("SecretBytes", "MTExMTEx");
  }

  /** It builds no table, so the memory for tables is none of its business, nor a wrong limit. */
  @Test
  void aWrongLimitOfTheTablesDoesNotKeepAnybodyFromLooking() throws Exception {
    var arguments =
        new ArrayList<>(List.of("package", "inspect", workshop.packageFile().toString()));
    arguments.addAll(keys());
    Process process =
        CommandRun.inAProcess(arguments, "-Dbulla.protection.tableMegabytes=2g")
            .redirectOutput(ProcessBuilder.Redirect.PIPE)
            .start();
    String shown = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(shown).isEqualTo(inspectWithKeys("rps.json").out());
  }

  @Test
  void theRightsOfAUserAreShown() {
    var shown = inspectWithKeys("rps.json", "--user", "analyst");
    assertThat(shown.out())
        .contains("analyst: unprotect gives PROTECTED_VALUE")
        .contains("analyst: no rights (code 3)");
    assertThat(inspectWithKeys("rps.json", "--user", "support").out())
        .contains("support: reprotects, unprotects masked");
  }

  @Test
  void anOlderPackageMayBeLookedAtAndNothingIsRemembered() {
    assertThat(inspectWithKeys("rps.json").status()).isZero();
    assertThat(inspectWithKeys("rps-1.json").out()).containsPattern("serial +1");
    assertThat(workshop.state()).doesNotExist();
  }

  @Test
  void whatAPackageSaysOfItselfDoesNotSteerTheTerminal() {
    String header = "{\"kid\":\"a\u009b2Jb\u202ec\\u001b[0m\"}";
    workshop.write(
        "steering.json",
        "{\"protected\":\""
            + Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(UTF_8))
            + "\",");
    var shown = inspect("steering.json");
    assertThat(shown.status()).isZero();
    assertThat(shown.out()).contains("a\uFFFD2Jb\uFFFDc\uFFFD[0m");
  }

  @Test
  void whatIsNoPackageIsRefused() {
    workshop.write("no.json", "{\"protected\":\"bm8=\",");
    for (String file : List.of("key.pem", "no.json")) {
      var failed = inspect(file);
      assertThat(failed.status()).isEqualTo(1);
      assertThat(failed.err()).contains("This is not a package");
    }
    assertThat(inspect("none.json").err()).contains("there is no such file");
  }

  @Test
  void bothKeysAreNeeded() {
    assertThat(inspect("rps.json", "--private-key", workshop.privateKey().toString()).status())
        .isEqualTo(2);
  }

  @Test
  void theWrongKeyIsRefused() {
    var failed =
        inspect(
            "rps.json",
            "--private-key",
            workshop.file("other.pem").toString(),
            "--trusted-keys",
            workshop.trustedKeys().toString());
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("sealed to another key");
  }

  @Test
  void aHeaderCannotSteerTheTerminal() {
    String header =
        Base64.getUrlEncoder().encodeToString("{\"dataStore\":\"\\u001b[2Jx\"}".getBytes(UTF_8));
    workshop.write("odd.json", "{\"protected\":\"" + header + "\",");
    assertThat(inspect("odd.json").out()).doesNotContain("\u001b").contains("[2Jx");
  }
}
