package bulla.resilientpackage.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bulla.protection.Aes256GcmEnc;
import bulla.protection.CodePoints;
import bulla.protection.ElementKeys;
import bulla.protection.Mask;
import bulla.protection.NoEnc;
import bulla.protection.ReturnCode;
import bulla.protection.UnicodeGen2Token;
import bulla.resilientpackage.access.AccessRefused;
import bulla.resilientpackage.access.AccessTable;
import bulla.resilientpackage.access.ElementAccess;
import bulla.resilientpackage.json.StrictJson;
import bulla.resilientpackage.keys.ExportKey;
import bulla.resilientpackage.keys.KeyWrap;
import bulla.resilientpackage.keys.SigningKey;
import bulla.resilientpackage.policy.Application;
import bulla.resilientpackage.policy.DataElement;
import bulla.resilientpackage.policy.Permissions;
import bulla.resilientpackage.policy.PolicyAlphabet;
import bulla.resilientpackage.policy.PolicyMask;
import bulla.resilientpackage.policy.PolicyRole;
import bulla.resilientpackage.policy.PolicySnapshot;
import bulla.secrets.SecretBytes;
import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PackageTest {
  @ParameterizedTest
  @EnumSource(names = {"RSA_OAEP_256", "RSA_OAEP_512"})
  void whatIsSealedIsOpened(KeyWrap algorithm) throws Exception {
    PackageHeader header = Sealing.header(3);
    OpenedPackage opened = Sealing.open(Sealing.sealed(header, algorithm));
    assertThat(opened.header()).isEqualTo(header);
    assertThat(opened.elements())
        .extracting(PackagedElement::element)
        .isEqualTo(Sealing.policy().dataElements());
    assertThat(opened.findElement("DE_CARD").orElseThrow().keys().byId().get(1))
        .isEqualTo(Sealing.CARD_KEY);
    assertThat(opened.findElement("DE_TEXT").orElseThrow().keys().byId().get(1))
        .isEqualTo(Sealing.TEXT_KEY);
    assertThat(opened.findElement("DE_NOTE").orElseThrow().keys().byId()).isEmpty();
    assertThat(opened.findElement("de_card")).isEmpty();
    assertThat(opened.applications()).isEqualTo(Sealing.policy().applications());
  }

  @Test
  void anOpenedPackageGivesTheRightsOfItsPolicy() throws Exception {
    AccessTable rights = Sealing.open(Sealing.sealed(1)).accessTable();
    AccessTable original = AccessTable.of(Sealing.policy());
    assertThat(rights.profiles()).isEqualTo(original.profiles());
    assertThat(rights.users()).isEqualTo(original.users());
    assertThat(rights.defaultProfile()).isEqualTo(original.defaultProfile());
    assertThat(((ElementAccess) rights.access("ANN", "DE_NOTE")).maskOrNull())
        .isEqualTo(new Mask(2, 2, false, "*"));
    assertThat(rights.access("ann", "DE_TEXT"))
        .isEqualTo(new AccessRefused(ReturnCode.NO_PERMISSION));
    assertThat(rights.access("bob", "DE_CARD")).isInstanceOf(ElementAccess.class);
  }

  @Test
  void whiteSpaceAndEscapesInTheContentMeanNothing() throws Exception {
    String payload = Sealing.opened(Sealing.sealed(3)).getPayload().toString();
    String other =
        StrictJson.mapper()
            .readTree(payload)
            .toPrettyString()
            .replace("\"ann\" : 0", "\"\\u0061nn\" : 0, \"größe\" : 1")
            .replace("\"access\"", "\"acc\\u0065ss\"");
    String jws = Sealing.signed(other, Sealing.signatureHeader("package-1"), Sealing.ISSUER_KEY);
    AccessTable rights =
        Sealing.open(Sealing.enveloped(Sealing.envelopeHeader(3), jws)).accessTable();
    assertThat(rights.profiles()).isEqualTo(AccessTable.of(Sealing.policy()).profiles());
    assertThat(rights.users()).isEqualTo(Map.of("ann", 0, "größe", 1));
  }

  /** A control character is the one that takes most in the content, six bytes. */
  @Test
  void theLongestTextsAreRead() throws Exception {
    String name = "\u0001".repeat(8192);
    String store = "\u0001".repeat(400);
    var policy =
        new PolicySnapshot(
            List.of(new DataElement(name, name, new NoEnc(name))),
            List.of(new PolicyMask(name, name, new Mask(1, 0, true, "*"))),
            List.of(new PolicyRole(name, name, false, List.of(name))),
            List.of(Sealing.rule(name, name, name, Permissions.ALL)),
            List.of(new Application(name, name, name, name)));
    var header =
        new PackageHeader(store, Sealing.fingerprint(), store, 1, Sealing.ISSUED, null, 1, 1);
    var out = new ByteArrayOutputStream();
    PackageSealer.seal(
        header, policy, Map.of(), Sealing.signer(), Sealing.recipient(KeyWrap.RSA_OAEP_256), out);
    OpenedPackage opened =
        PackageOpener.open(
            new ByteArrayInputStream(out.toByteArray()),
            Sealing.decryptor(Sealing.READER),
            Sealing.trusted(),
            new Sealing.RememberedSerials());
    assertThat(opened.header()).isEqualTo(header);
    assertThat(opened.applications()).isEqualTo(policy.applications());
    assertThat(opened.accessTable().access(name, name)).isInstanceOf(ElementAccess.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Application("1", name + "a", "*", "*"))
        .withMessage("\"name\" has more than 8192 characters");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new PackageHeader(
                    store + "a", Sealing.fingerprint(), "7", 1, Sealing.ISSUED, null, 1, 1))
        .withMessage("iss has more than 400 characters");
  }

  @Test
  void theLongestNameOfASignerIsRead() throws Exception {
    String kid = "\u0001".repeat(100);
    var key = new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
    var out = new ByteArrayOutputStream();
    PackageSealer.seal(
        Sealing.header(1),
        Sealing.policy(),
        Sealing.keys(),
        new SigningKey(kid, key.toECPrivateKey()),
        Sealing.recipient(KeyWrap.RSA_OAEP_256),
        out);
    PackageException refused =
        catchThrowableOfType(PackageException.class, () -> Sealing.open(out.toByteArray()));
    assertThat(refused.problem()).isEqualTo(PackageProblem.UNTRUSTED_SIGNER);
  }

  @Test
  void aHeaderSaysWhatCanBe() {
    String audience = Sealing.fingerprint();
    Instant issued = Sealing.ISSUED;
    for (int wrong = 0; wrong < 3; wrong++) {
      long[] numbers = {1, 1, 1};
      numbers[wrong] = 0;
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new PackageHeader(
                      "i",
                      audience,
                      "7",
                      numbers[0],
                      issued,
                      null,
                      (int) numbers[1],
                      (int) numbers[2]));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PackageHeader("i", audience, "7", 1, issued, issued, 1, 1));
  }

  @Test
  void aPackageWithAnExpiryIsOpenedUntilThen() throws Exception {
    var header =
        new PackageHeader(
            Sealing.ISSUER,
            Sealing.fingerprint(),
            "7",
            1,
            Sealing.ISSUED,
            Sealing.ISSUED.plusSeconds(61),
            1,
            1);
    assertThat(Sealing.open(Sealing.sealed(header, KeyWrap.RSA_OAEP_256)).header().findExpiry())
        .contains(Sealing.ISSUED.plusSeconds(61));
  }

  @ParameterizedTest
  @EnumSource
  void anIndependentLibraryOpensIt(KeyWrap algorithm) throws Exception {
    JWSObject jws = Sealing.opened(Sealing.sealed(Sealing.header(3), algorithm));
    assertThat(jws.verify(new ECDSAVerifier(Sealing.ISSUER_KEY.toECPublicKey()))).isTrue();
    assertThat(jws.getHeader().toJSONObject())
        .containsOnly(
            Map.entry("alg", "ES256"),
            Map.entry("kid", "package-1"),
            Map.entry("typ", "bulla-package+jws"));
    JsonNode payload = StrictJson.mapper().readTree(jws.getPayload().toBytes());
    assertThat(payload.get("aud").textValue()).isEqualTo(Sealing.fingerprint());
    assertThat(payload.get("serial").longValue()).isEqualTo(3);
    assertThat(payload.at("/dataElements/0/numericToken/tokenizer").textValue())
        .isEqualTo("SLT_2_3");
    String key = payload.at("/dataElements/0/keys/0/key").textValue();
    assertThat(SecretBytes.copyOf(Base64.getUrlDecoder().decode(key))).isEqualTo(Sealing.CARD_KEY);
  }

  @ParameterizedTest
  @EnumSource(names = {"RSA_OAEP", "RSA1_5"})
  void whatIsSealedByAWeakAlgorithmIsNotReadHere(KeyWrap algorithm) throws Exception {
    byte[] sealed = Sealing.sealed(Sealing.header(3), algorithm);
    assertThatThrownBy(() -> Sealing.open(sealed))
        .isInstanceOfSatisfying(
            PackageException.class,
            refused -> assertThat(refused.problem()).isEqualTo(PackageProblem.MALFORMED));
  }

  @Test
  void theHeaderSaysWhatAReaderWantsBeforeItDecrypts() throws Exception {
    JsonNode members = StrictJson.mapper().readTree(Sealing.sealed(3));
    byte[] header = Base64.getUrlDecoder().decode(members.get("protected").textValue());
    assertThat(new String(header, StandardCharsets.UTF_8))
        .isEqualTo(
            ("{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A256GCM\",\"kid\":\"%s\","
                    + "\"typ\":\"bulla-package+jwe\",\"cty\":\"JOSE\",\"version\":1,"
                    + "\"coreVersion\":1,\"dataStore\":\"7\",\"serial\":3,\"iat\":%d}")
                .formatted(Sealing.fingerprint(), Sealing.ISSUED.getEpochSecond()));
  }

  @Test
  void aPackageOfTheIndependentLibraryIsOpened() throws Exception {
    JWSObject jws = Sealing.opened(Sealing.sealed(3));
    String again =
        Sealing.signed(
            jws.getPayload().toString(), Sealing.signatureHeader("package-1"), Sealing.ISSUER_KEY);
    for (String algorithm : new String[] {"RSA-OAEP-256", "RSA-OAEP-512"}) {
      var header = Sealing.envelopeHeader(3);
      header.put("alg", algorithm);
      assertThat(Sealing.open(Sealing.enveloped(header, again)).header())
          .isEqualTo(Sealing.header(3));
    }
  }

  @Test
  void noTwoPackagesAreTheSameBytes() throws Exception {
    assertThat(Sealing.sealed(1)).isNotEqualTo(Sealing.sealed(1));
  }

  @Test
  void aPackageIsOpenedFromAFile(@TempDir Path directory) throws Exception {
    Path file = Files.write(directory.resolve("rps.json"), Sealing.sealed(1));
    var opened =
        PackageOpener.open(
            file,
            Sealing.decryptor(Sealing.READER),
            Sealing.trusted(),
            new Sealing.RememberedSerials());
    assertThat(opened.header().serial()).isEqualTo(1);
  }

  @Test
  void closingAPackageWipesItsKeys() throws Exception {
    OpenedPackage opened = Sealing.open(Sealing.sealed(1));
    SecretBytes key = opened.findElement("DE_CARD").orElseThrow().keys().byId().get(1);
    opened.close();
    assertThatThrownBy(key::copyOfBytes).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void noTextFormShowsAKey() throws Exception {
    OpenedPackage opened = Sealing.open(Sealing.sealed(1));
    String shown = opened + " " + opened.elements();
    assertThat(shown)
        .contains("ElementKeys[1]")
        .doesNotContain(
            Sealing.CARD_KEY.with(Base64.getUrlEncoder().withoutPadding()::encodeToString));
  }

  @Test
  void theAudienceOfAPackageIsItsRecipient() {
    var other =
        new ExportKey(KeyWrap.RSA_OAEP_256, (RSAPublicKey) Sealing.OTHER_READER.getPublic());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                PackageSealer.seal(
                    Sealing.header(1),
                    Sealing.policy(),
                    Sealing.keys(),
                    Sealing.signer(),
                    other,
                    new ByteArrayOutputStream()));
  }

  @Test
  void anElementBringsAllItsKeys() throws Exception {
    var policy =
        new PolicySnapshot(
            List.of(new DataElement("1", "DE_TEXT", new Aes256GcmEnc(true))),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    var keys = new HashMap<Integer, SecretBytes>();
    for (int id : new int[] {8191, 1, 300, 2}) {
      keys.put(id, SecretBytes.random(32));
    }
    var out = new ByteArrayOutputStream();
    PackageSealer.seal(
        Sealing.header(1),
        policy,
        Map.of("1", ElementKeys.of(keys)),
        Sealing.signer(),
        Sealing.recipient(KeyWrap.RSA_OAEP_256),
        out);
    OpenedPackage opened = Sealing.open(out.toByteArray());
    PackagedElement element = opened.findElement("DE_TEXT").orElseThrow();
    assertThat(element.element().method()).isEqualTo(new Aes256GcmEnc(true));
    assertThat(element.keys().byId()).containsExactlyInAnyOrderEntriesOf(keys);
    opened.close();
    assertThatThrownBy(() -> element.keys().byId().get(300).copyOfBytes())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anElementBringsItsAlphabet() throws Exception {
    var greek = new PolicyAlphabet("4", "greek", CodePoints.parse("0391-03A1,03A3-03A9"));
    var policy =
        new PolicySnapshot(
            List.of(
                new DataElement(
                    "1", "DE_GREEK", new UnicodeGen2Token(null, "4", null, null, null, null, null)),
                new DataElement("2", "DE_NOTE", new NoEnc(null))),
            List.of(),
            List.of(greek),
            List.of(),
            List.of(),
            List.of());
    assertThat(PolicySnapshot.fromJson(policy.toJson())).isEqualTo(policy);
    var out = new ByteArrayOutputStream();
    PackageSealer.seal(
        Sealing.header(1),
        policy,
        Map.of("1", ElementKeys.of(SecretBytes.random(32))),
        Sealing.signer(),
        Sealing.recipient(KeyWrap.RSA_OAEP_256),
        out);
    OpenedPackage opened = Sealing.open(out.toByteArray());
    assertThat(opened.findElement("DE_GREEK").orElseThrow().alphabet()).isEqualTo(greek.symbols());
    assertThat(opened.findElement("DE_NOTE").orElseThrow().alphabet()).isNull();
  }

  @Test
  void everyElementGetsItsKeyAndNoOtherDoes() {
    var key = ElementKeys.of(SecretBytes.random(32));
    var shortKey = ElementKeys.of(SecretBytes.random(16));
    var two = ElementKeys.of(Map.of(1, SecretBytes.random(32), 2, SecretBytes.random(32)));
    refusesKeys(Map.of("1", key));
    refusesKeys(Map.of("1", key, "3", shortKey));
    refusesKeys(Map.of("1", two, "3", key));
    refusesKeys(Map.of("1", key, "3", ElementKeys.none()));
    refusesKeys(Map.of("1", key, "3", key, "2", key));
    refusesKeys(Map.of("1", key, "3", key, "9", key));
  }

  private static void refusesKeys(Map<String, ElementKeys> keys) {
    var out = new ByteArrayOutputStream();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                PackageSealer.seal(
                    Sealing.header(1),
                    Sealing.policy(),
                    keys,
                    Sealing.signer(),
                    Sealing.recipient(KeyWrap.RSA_OAEP_256),
                    out));
    assertThat(out.size()).isZero();
  }

  @Test
  void theSealerLeavesTheStreamOpen() throws IOException {
    var closed = new boolean[1];
    var out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    PackageSealer.seal(
        Sealing.header(1),
        Sealing.policy(),
        Sealing.keys(),
        Sealing.signer(),
        Sealing.recipient(KeyWrap.RSA_OAEP_256),
        out);
    assertThat(closed[0]).isFalse();
  }
}
