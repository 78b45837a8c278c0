package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.protection.Aes256GcmEnc;
import bulla.protection.ElementKeys;
import bulla.protection.Mask;
import bulla.resilientpackage.access.Access;
import bulla.resilientpackage.access.AccessRefused;
import bulla.resilientpackage.access.ElementAccess;
import bulla.resilientpackage.envelope.FileSerialMemory;
import bulla.resilientpackage.envelope.OpenedPackage;
import bulla.resilientpackage.envelope.PackageHeader;
import bulla.resilientpackage.envelope.PackageOpener;
import bulla.resilientpackage.envelope.PackageSealer;
import bulla.resilientpackage.keys.ExportKey;
import bulla.resilientpackage.keys.KeyWrap;
import bulla.resilientpackage.keys.PemDecryptor;
import bulla.resilientpackage.keys.SigningKey;
import bulla.resilientpackage.keys.TrustedKeys;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.secrets.SecretBytes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reader in another language, {@code it/src/test/node/reader/reader.mjs}, which was written by
 * {@code docs/package-format.md} and knows nothing else: what it makes of a package is what the
 * protector does.
 */
@Tag("slow")
class NodeReaderIT {
  private static final Path HOME = Path.of(System.getProperty("bulla.home"));

  @TempDir Path directory;
  private Node reader;

  @BeforeEach
  void install() {
    reader = Node.project("reader", directory);
  }

  @Test
  void itAgreesWithTheProtectorOnEveryUsersRightsInThePackageOfTheDemo() throws Exception {
    Path demo = directory.resolve("demo");
    reader.require(HOME.resolve("bulla").toString(), "demo", "--out", demo.toString());
    Path offline = demo.resolve("offline");
    assertThat(
            agrees(
                offline.resolve("rps.json"),
                offline.resolve("key.pem"),
                offline.resolve("signer.jwks.json")))
        .isGreaterThan(30);
  }

  @Test
  void itOpensWhatIsSealedByTheOtherAlgorithm() throws Exception {
    ConsumerKeys keys = ConsumerKeys.make();
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair signer = generator.generateKeyPair();
    var point = ((ECPublicKey) signer.getPublic()).getW();
    Path file = directory.resolve("rps.json");
    ExportKey recipient = ExportKey.parse(KeyWrap.RSA_OAEP_512.joseName(), keys.publicPem());
    try (var out = Files.newOutputStream(file)) {
      PackageSealer.seal(
          new PackageHeader(
              "https://bulla.example", recipient.fingerprint(), "1", 1, Instant.now(), null, 1, 1),
          new PolicySnapshot(
              List.of(new DataElement("1", "DE", new Aes256GcmEnc())),
              List.of(),
              List.of(),
              List.of(),
              List.of()),
          Map.of("1", ElementKeys.of(SecretBytes.random(32))),
          new SigningKey("signer", (ECPrivateKey) signer.getPrivate()),
          recipient,
          out);
    }
    Path pem = Files.writeString(directory.resolve("key.pem"), keys.privatePem());
    Path jwks =
        Files.writeString(
            directory.resolve("jwks.json"),
            """
            {"keys":[{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"signer","x":"%s","y":"%s"}]}
            """
                .formatted(
                    PackageIT.coordinate(point.getAffineX()),
                    PackageIT.coordinate(point.getAffineY())));
    assertThat(agrees(file, pem, jwks)).isEqualTo(1);
  }

  /** How many answers there are, all of them the same. */
  private int agrees(Path file, Path pem, Path jwks) throws Exception {
    int answers = 0;
    try (OpenedPackage opened =
        PackageOpener.open(
            file,
            PemDecryptor.of(pem),
            TrustedKeys.fromJwks(Files.readString(jwks)),
            FileSerialMemory.in(directory.resolve("state")))) {
      List<String> users = new ArrayList<>(opened.accessTable().users().keySet());
      users.add("A name of nobody");
      var command =
          new ArrayList<>(
              List.of("node", "reader.mjs", file.toString(), pem.toString(), jwks.toString()));
      command.addAll(users);
      JsonNode read = new ObjectMapper().readTree(reader.require(command.toArray(new String[0])));
      for (String user : users) {
        for (var element : opened.elements()) {
          String name = element.element().name();
          assertThat(read.path(user).path(name).asText())
              .as(user + " " + name)
              .isEqualTo(answer(opened.accessTable().access(user, name)));
          answers++;
        }
      }
    }
    return answers;
  }

  private static String answer(Access access) {
    if (access instanceof AccessRefused refused) {
      return "code " + refused.code().number();
    }
    var rights = (ElementAccess) access;
    Mask mask = rights.maskOrNull();
    String unprotect =
        !rights.access().unProtect()
            ? rights.noAccessOperation().name()
            : mask == null
                ? "clear"
                : "mask %d %d %s %s"
                    .formatted(mask.fromLeft(), mask.fromRight(), mask.masked(), mask.character());
    return "protect %s reprotect %s unprotect %s"
        .formatted(rights.access().protect(), rights.access().reProtect(), unprotect);
  }
}
