package bulla.rps.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bulla.commonops.problem.CommonProblem;
import bulla.commonops.problem.Problem;
import bulla.resilientpackage.keys.ExportKey;
import bulla.resilientpackage.keys.KeyWrap;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeprecatedExportTest {
  private static PublicKey key;

  @BeforeAll
  static void makeKey() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    key = generator.generateKeyPair().getPublic();
  }

  @ParameterizedTest
  @CsvSource({
    "RSA_OAEP_SHA256, RSA_OAEP_256",
    "RSA_OAEP_SHA512, RSA_OAEP_512",
    "rsa_oaep_sha256, RSA_OAEP_256",
    "RSA_OAEP_SHA1, RSA_OAEP",
    "RSA_PKCS1_v1_5, RSA1_5"
  })
  void thePublishedAlgorithmsAreTaken(String published, KeyWrap algorithm) {
    ExportKey taken = new DeprecatedExport(true, true).key(wanted(published, pem("")));
    assertThat(taken.algorithm()).isEqualTo(algorithm);
    assertThat(taken.key()).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA_OAEP_SHA1", "RSA_PKCS1_v1_5", "RSA-OAEP-256", "", "none"})
  void theWeakAlgorithmsTakeASwitchOfTheirOwn(String algorithm) {
    refused(new DeprecatedExport(true, false), wanted(algorithm, pem("")), "algorithm");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n", "  "})
  void lineBreaksOfAPemMayBeMissingOrOthers(String lineBreak) {
    assertThat(
            new DeprecatedExport(true, false).key(wanted("RSA_OAEP_SHA256", pem(lineBreak))).key())
        .isEqualTo(key);
  }

  @Test
  void whatIsNoPublicKeyIsRefusedByName() {
    var export = new DeprecatedExport(true, false);
    refused(export, wanted("RSA_OAEP_SHA256", "x"), "value");
    refused(export, wanted("RSA_OAEP_SHA256", pem("").replace("PUBLIC", "PRIVATE")), "value");
  }

  @Test
  void itIsOffUnlessItIsSwitchedOn() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> new DeprecatedExport(false, true).key(wanted("RSA_OAEP_SHA256", pem(""))))
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(RpsProblem.POST_EXPORT_OFF));
  }

  private static void refused(DeprecatedExport export, ExportForKey wanted, String member) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> export.key(wanted))
        .satisfies(
            problem -> {
              assertThat(problem.type()).isEqualTo(CommonProblem.INVALID_VALUE);
              assertThat(problem.member()).contains("kek.publicKey." + member);
            });
  }

  private static ExportForKey wanted(String algorithm, String pem) {
    return new ExportForKey(
        new ExportForKey.Kek(new ExportForKey.PublicKey("key_name", algorithm, pem)));
  }

  private static String pem(String lineBreak) {
    String base64 = Base64.getEncoder().encodeToString(key.getEncoded());
    return "-----BEGIN PUBLIC KEY-----"
        + lineBreak
        + base64.substring(0, 64)
        + lineBreak
        + base64.substring(64)
        + lineBreak
        + "-----END PUBLIC KEY-----";
  }
}
