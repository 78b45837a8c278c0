package bulla.resilientpackage.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportKeyTest {
  private static final KeyPair RSA = rsa(2048);
  private static final String BODY =
      Base64.getEncoder().encodeToString(RSA.getPublic().getEncoded());

  @Test
  void aFingerprintIsTheDigestOfTheDerPublicKey() throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(RSA.getPublic().getEncoded());
    ExportKey key = ExportKey.parse("RSA-OAEP-256", pem("PUBLIC KEY", BODY));
    assertThat(key.fingerprint()).isEqualTo(HexFormat.of().formatHex(digest));
    assertThat(key.fingerprintWithColons()).isEqualTo(HexFormat.ofDelimiter(":").formatHex(digest));
    assertThat(key.algorithm()).isEqualTo(KeyWrap.RSA_OAEP_256);
  }

  @Test
  void theAlgorithmMayBeSpelledInAnyCase() {
    assertThat(ExportKey.parse("rsa-oaep-512", pem("PUBLIC KEY", BODY)).algorithm())
        .isEqualTo(KeyWrap.RSA_OAEP_512);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA-OAEP", "RSA1_5", "", "RSA_OAEP_SHA256"})
  void anotherAlgorithmIsRefused(String algorithm) {
    assertThatThrownBy(() -> ExportKey.parse(algorithm, pem("PUBLIC KEY", BODY)))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageContaining("RSA-OAEP-256, RSA-OAEP-512");
  }

  @Test
  void lineBreaksMayBeMissingOrOdd() {
    String wanted = ExportKey.parse("RSA-OAEP-256", pem("PUBLIC KEY", BODY)).fingerprint();
    String oneLine = "-----BEGIN PUBLIC KEY-----" + BODY + "-----END PUBLIC KEY-----";
    String spaces = oneLine.replace("-----M", "----- M").replace("-----END", " -----END");
    String windows =
        "\r\n-----BEGIN PUBLIC KEY-----\r\n"
            + Base64.getMimeEncoder().encodeToString(RSA.getPublic().getEncoded())
            + "\r\n-----END PUBLIC KEY-----\r\n";
    for (String pem : new String[] {oneLine, spaces, windows}) {
      assertThat(ExportKey.parse("RSA-OAEP-256", pem).fingerprint()).isEqualTo(wanted);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PRIVATE KEY",
        "RSA PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY",
        "RSA PUBLIC KEY",
        "CERTIFICATE",
        "EC PARAMETERS"
      })
  void anotherKindOfBlockIsRefusedWithAdvice(String label) {
    assertThatThrownBy(() -> ExportKey.parse("RSA-OAEP-256", pem(label, BODY)))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageNotContaining(BODY.substring(0, 16));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "hello",
        "-----BEGIN PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nAA",
        "-----BEGIN PUBLIC KEY-----\nA*==\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nAAA\n-----END PUBLIC KEY----- and more",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\n=A==\n-----END PUBLIC KEY-----"
      })
  void whatIsNotAPublicKeyIsRefused(String pem) {
    assertThatThrownBy(() -> ExportKey.parse("RSA-OAEP-256", pem))
        .isInstanceOf(UnusableKeyException.class);
  }

  @Test
  void twoBlocksAreNotOneKey() {
    String pem = pem("PUBLIC KEY", BODY);
    assertThatThrownBy(() -> ExportKey.parse("RSA-OAEP-256", pem + pem))
        .isInstanceOf(UnusableKeyException.class);
  }

  @Test
  void aSmallKeyIsRefused() {
    String body = Base64.getEncoder().encodeToString(rsa(1024).getPublic().getEncoded());
    assertThatThrownBy(() -> ExportKey.parse("RSA-OAEP-256", pem("PUBLIC KEY", body)))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageContaining("1024 bit");
  }

  @Test
  void aKeyOfAnotherAlgorithmIsRefused() throws Exception {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    String body =
        Base64.getEncoder().encodeToString(generator.generateKeyPair().getPublic().getEncoded());
    assertThatThrownBy(() -> ExportKey.parse("RSA-OAEP-256", pem("PUBLIC KEY", body)))
        .isInstanceOf(UnusableKeyException.class);
  }

  @Test
  void trailingBytesInTheKeyAreRefused() {
    byte[] der = RSA.getPublic().getEncoded();
    String body = Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(der, der.length + 3));
    assertThatThrownBy(() -> ExportKey.parse("RSA-OAEP-256", pem("PUBLIC KEY", body)))
        .isInstanceOf(UnusableKeyException.class);
  }

  @Test
  void aFingerprintIsTakenWithAndWithoutColonsInAnyCase() {
    ExportKey key = ExportKey.parse("RSA-OAEP-256", pem("PUBLIC KEY", BODY));
    String plain = key.fingerprint();
    for (String form :
        new String[] {
          plain,
          plain.toUpperCase(Locale.ROOT),
          key.fingerprintWithColons(),
          key.fingerprintWithColons().toUpperCase(Locale.ROOT)
        }) {
      assertThat(ExportKey.normalizeFingerprint(form)).isEqualTo(plain);
    }
  }

  @Test
  void whatIsNotAFingerprintIsRefused() {
    String plain = "0123456789abcdef".repeat(4);
    for (String form :
        new String[] {
          "",
          plain.substring(1),
          plain + "0",
          plain.replace('a', 'g'),
          "01:" + plain.substring(2),
          " " + plain,
          plain.replaceAll("(..)", "$1:")
        }) {
      assertThatIllegalArgumentException().isThrownBy(() -> ExportKey.normalizeFingerprint(form));
    }
  }

  @Test
  void thePemDecryptorHasTheFingerprintOfItsPublicKey() {
    String body = Base64.getEncoder().encodeToString(RSA.getPrivate().getEncoded());
    var decryptor = PemDecryptor.of(pem("PRIVATE KEY", body));
    assertThat(decryptor.fingerprint())
        .isEqualTo(ExportKey.parse("RSA-OAEP-256", pem("PUBLIC KEY", BODY)).fingerprint());
    assertThat(decryptor).hasToString("PemDecryptor[" + decryptor.fingerprint() + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RSA PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY",
        "PUBLIC KEY",
        "RSA PUBLIC KEY",
        "CERTIFICATE",
        "EC PRIVATE KEY",
        "PRIVATE KEY"
      })
  void whatIsNotAnOpenRsaPrivateKeyIsRefusedWithoutShowingIt(String label) {
    assertThatThrownBy(() -> PemDecryptor.of(pem(label, BODY)))
        .isInstanceOf(UnusableKeyException.class)
        .hasNoCause()
        .hasMessageNotContaining(BODY.substring(0, 16));
  }

  @Test
  void anEncryptedOrOldPrivateKeyComesWithTheCommandThatConvertsIt() {
    assertThatThrownBy(() -> PemDecryptor.of(pem("ENCRYPTED PRIVATE KEY", BODY)))
        .hasMessageContaining("encrypted")
        .hasMessageContaining("openssl pkcs8");
    assertThatThrownBy(() -> PemDecryptor.of(pem("RSA PRIVATE KEY", BODY)))
        .hasMessageContaining("PKCS#1")
        .hasMessageContaining("openssl pkcs8");
  }

  private static String pem(String label, String body) {
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  private static KeyPair rsa(int bits) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
