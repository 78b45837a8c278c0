package bulla.resilientpackage.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import bulla.protection.NoEnc;
import bulla.resilientpackage.envelope.FileSerialMemory;
import bulla.resilientpackage.envelope.OpenedPackage;
import bulla.resilientpackage.envelope.PackageHeader;
import bulla.resilientpackage.envelope.PackageOpener;
import bulla.resilientpackage.envelope.PackageSealer;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.PolicySnapshot;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Security;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Private keys in a PKCS#12 key store, and in a token of SoftHSM 2 (package {@code softhsm2} of
 * Debian). SoftHSM reads where its tokens are from the environment when it is loaded, so that work
 * is done in a JVM of its own.
 */
class KeyStoreDecryptorsTest {
  private static final char[] PIN = "123456".toCharArray();
  private static final byte[] CONTENT_KEY =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/pkcs11/libsofthsm2.so"),
          Path.of("/usr/local/lib/softhsm/libsofthsm2.so"),
          Path.of("/opt/homebrew/lib/softhsm/libsofthsm2.so"));

  @TempDir Path directory;

  @Test
  void aKeyInAPkcs12KeyStoreDecrypts() throws Exception {
    Path store = directory.resolve("keys.p12");
    keytool("-storetype", "PKCS12", "-keystore", store.toString(), "-alias", "one");
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      keys.load(in, PIN);
    }
    var publicKey = (RSAPublicKey) keys.getCertificate("one").getPublicKey();

    decryptsWhatIsEncryptedTo(publicKey, Pkcs12Decryptor.of(store, PIN, null));
    decryptsWhatIsEncryptedTo(publicKey, Pkcs12Decryptor.of(store, PIN, "one"));
    // keytool writes names in small letters, whatever it was given.
    decryptsWhatIsEncryptedTo(publicKey, Pkcs12Decryptor.of(store, PIN, "One"));
    assertThatThrownBy(() -> Pkcs12Decryptor.of(store, PIN, "two"))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageContaining("two");
    assertThatThrownBy(() -> Pkcs12Decryptor.of(store, "wrong".toCharArray(), null))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessage("The key store's password is wrong");
    keytool("-storetype", "PKCS12", "-keystore", store.toString(), "-alias", "two");
    assertThatThrownBy(() -> Pkcs12Decryptor.of(store, PIN, null))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageContaining("one, two");
    Path other = Files.writeString(directory.resolve("other.p12"), "not a key store");
    assertThatThrownBy(() -> Pkcs12Decryptor.of(other, PIN, null))
        .isInstanceOf(UnusableKeyException.class);
  }

  @Test
  void aKeyInATokenDecryptsWithoutLeavingIt() throws Exception {
    Path configuration = token();
    keytool(
        "-storetype",
        "PKCS11",
        "-keystore",
        "NONE",
        "-providerClass",
        "sun.security.pkcs11.SunPKCS11",
        "-providerArg",
        configuration.toString(),
        "-alias",
        "export");
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
            KeyStoreDecryptorsTest.class.getName(),
            configuration.toString(),
            result.toString()));
    assertThat(Files.readString(result)).isEqualTo("done");
  }

  /** What the JVM of its own does. */
  public static void main(String[] arguments) throws Exception {
    var configuration = Path.of(arguments[0]);
    var decryptor = Pkcs11Decryptor.open(configuration, PIN, null);
    var token =
        KeyStore.getInstance(
            "PKCS11", Security.getProvider("SunPKCS11").configure(configuration.toString()));
    token.load(null, PIN);
    assertThat(token.getKey("export", null).getEncoded()).as("stays in the token").isNull();
    decryptsWhatIsEncryptedTo(
        (RSAPublicKey) token.getCertificate("export").getPublicKey(), decryptor);
    opensAPackage(
        (RSAPublicKey) token.getCertificate("export").getPublicKey(),
        decryptor,
        configuration.resolveSibling("state"));
    assertThatThrownBy(() -> Pkcs11Decryptor.open(configuration, PIN, "other"))
        .isInstanceOf(UnusableKeyException.class);
    assertThatThrownBy(() -> Pkcs11Decryptor.open(configuration.resolveSibling("none"), PIN, null))
        .isInstanceOf(IOException.class);
    Files.writeString(Path.of(arguments[1]), "done");
  }

  private static void opensAPackage(RSAPublicKey publicKey, Decryptor decryptor, Path state)
      throws GeneralSecurityException, IOException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair signer = generator.generateKeyPair();
    var recipient = new ExportKey(KeyWrap.RSA_OAEP_512, publicKey);
    var header =
        new PackageHeader(
            "https://bulla.example",
            recipient.fingerprint(),
            "7",
            3,
            Instant.now(),
            null,
            PackageHeader.VERSION,
            PackageHeader.CORE_VERSION);
    var policy =
        new PolicySnapshot(
            List.of(new DataElement("1", "DE_NOTE", new NoEnc(null))),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    var sealed = new ByteArrayOutputStream();
    PackageSealer.seal(
        header,
        policy,
        Map.of(),
        new SigningKey("signer", (ECPrivateKey) signer.getPrivate()),
        recipient,
        sealed);
    try (OpenedPackage opened =
        PackageOpener.open(
            new ByteArrayInputStream(sealed.toByteArray()),
            decryptor,
            TrustedKeys.fromJwks(jwks((ECPublicKey) signer.getPublic())),
            FileSerialMemory.in(state))) {
      assertThat(opened.header()).isEqualTo(header);
      assertThat(opened.findElement("DE_NOTE")).isPresent();
    }
  }

  private static String jwks(ECPublicKey key) {
    return new JWKSet(
            new ECKey.Builder(Curve.P_256, key)
                .keyID("signer")
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .build())
        .toString();
  }

  private static void decryptsWhatIsEncryptedTo(RSAPublicKey publicKey, Decryptor decryptor)
      throws GeneralSecurityException, IOException {
    for (KeyWrap wrap : List.of(KeyWrap.RSA_OAEP_256, KeyWrap.RSA_OAEP_512)) {
      var key = new ExportKey(wrap, publicKey);
      assertThat(decryptor.fingerprint()).isEqualTo(key.fingerprint());
      byte[] encrypted = wrap.cipher(Cipher.ENCRYPT_MODE, publicKey).doFinal(CONTENT_KEY);
      assertThat(decryptor.decrypt(key.fingerprint(), wrap.joseName(), encrypted))
          .isEqualTo(CONTENT_KEY);
      byte[] altered = encrypted.clone();
      altered[altered.length - 1] ^= 1;
      byte[] tooLarge = encrypted.clone();
      Arrays.fill(tooLarge, (byte) 0xff);
      for (byte[] wrong :
          List.of(altered, tooLarge, Arrays.copyOf(encrypted, encrypted.length - 1), new byte[0])) {
        assertThatThrownBy(() -> decryptor.decrypt(key.fingerprint(), wrap.joseName(), wrong))
            .isInstanceOf(GeneralSecurityException.class);
      }
      assertThatThrownBy(() -> decryptor.decrypt("0".repeat(64), wrap.joseName(), encrypted))
          .isInstanceOf(GeneralSecurityException.class);
    }
    assertThat(decryptor.toString()).contains(decryptor.fingerprint());
  }

  private void keytool(String... options) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=A consumer of packages",
                "-storepass",
                new String(PIN)));
    command.addAll(List.of(options));
    execute(command);
  }

  private Path token() throws Exception {
    Path library =
        LIBRARIES.stream()
            .filter(Files::exists)
            .findFirst()
            .orElseGet(
                () ->
                    abort(
                        "SKIPPED: SoftHSM is not installed, so no PKCS#11 token is tried. Install"
                            + " softhsm2 to run this test."));
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
            new String(PIN),
            "--so-pin",
            "654321"));
    return Files.writeString(
        directory.resolve("pkcs11.cfg"),
        """
        name = bulla
        library = %s
        slotListIndex = 0
        attributes(*, CKO_PRIVATE_KEY, CKK_RSA) = {
          CKA_SENSITIVE = true
          CKA_EXTRACTABLE = false
          CKA_DECRYPT = true
        }
        """
            .formatted(library));
  }

  private void execute(List<String> command) throws Exception {
    Path output = directory.resolve("output");
    var building =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    building.environment().put("SOFTHSM2_CONF", directory.resolve("softhsm2.conf").toString());
    Process process = building.start();
    assertThat(process.waitFor()).as(Files.readString(output)).isZero();
  }
}
