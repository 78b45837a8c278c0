package bulla.resilientpackage.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bulla.resilientpackage.keys.KeyWrap;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The export key is public: what somebody seals to it who is not the issuer, or no longer. */
class RefusedContentTest {
  private final SerialMemory serials = new Sealing.RememberedSerials();
  private String payload;

  @BeforeEach
  void takeAnHonestPayload() throws Exception {
    payload = Sealing.opened(Sealing.sealed(3)).getPayload().toString();
  }

  @Test
  void theHonestPayloadIsAcceptedAsItIs() throws Exception {
    assertThat(Sealing.open(Sealing.enveloped(Sealing.envelopeHeader(3), honest(payload))))
        .isNotNull();
  }

  @Test
  void anUntrustedSignerIsRefused() {
    String jws = Sealing.signed(payload, Sealing.signatureHeader("token-1"), Sealing.OTHER_KEY);
    assertThat(problemOf(jws)).isEqualTo(PackageProblem.UNTRUSTED_SIGNER);
  }

  @Test
  void theNameOfAnUntrustedSignerDoesNotSteerTheTerminalThatShowsIt() {
    String name = "a\u001b[2J\nb\u009b1m\u202ec\u2028d";
    String jws = Sealing.signed(payload, Sealing.signatureHeader(name), Sealing.OTHER_KEY);
    PackageException refusal = refusalOf(Sealing.enveloped(Sealing.envelopeHeader(3), jws));
    assertThat(refusal.problem()).isEqualTo(PackageProblem.UNTRUSTED_SIGNER);
    assertThat(refusal).hasMessageEndingWith("its kid is a\uFFFD[2J\uFFFDb\uFFFD1m\uFFFDc\uFFFDd");
  }

  @Test
  void anotherKeyUnderATrustedNameIsRefused() {
    String jws = Sealing.signed(payload, Sealing.signatureHeader("package-1"), Sealing.OTHER_KEY);
    assertThat(problemOf(jws)).isEqualTo(PackageProblem.INVALID_SIGNATURE);
  }

  @Test
  void theSignatureOfATokenKeyIsRefused() throws Exception {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID("package-1")
            .type(new JOSEObjectType("bulla-package+jws"))
            .build();
    var jws = new JWSObject(header, new Payload(payload));
    jws.sign(new RSASSASigner(Sealing.OTHER_READER.getPrivate()));
    assertThat(problemOf(jws.serialize())).isEqualTo(PackageProblem.INVALID_SIGNATURE);
  }

  @Test
  void aTokenSignedByThePackageKeyIsNotAPackage() {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .keyID("package-1")
            .type(JOSEObjectType.JWT)
            .build();
    assertThat(problemOf(Sealing.signed(payload, header, Sealing.ISSUER_KEY)))
        .isEqualTo(PackageProblem.INVALID_SIGNATURE);
  }

  @Test
  void anUnsignedContentIsRefused() {
    String none = Base64URL.encode("{\"alg\":\"none\"}") + "." + Base64URL.encode(payload) + ".";
    for (String content : new String[] {payload, none, ".", "..", "a.b.c"}) {
      assertThat(problemOf(content)).isEqualTo(PackageProblem.INVALID_SIGNATURE);
    }
  }

  @Test
  void aSignatureOfZerosIsRefused() {
    String jws = honest(payload);
    String zeros = Base64URL.encode(new byte[64]).toString();
    assertThat(problemOf(jws.substring(0, jws.lastIndexOf('.') + 1) + zeros))
        .isEqualTo(PackageProblem.INVALID_SIGNATURE);
  }

  @Test
  void everyAlteredByteOfTheSignatureIsRefused() {
    String jws = honest(payload);
    int dot = jws.lastIndexOf('.');
    byte[] signature = new Base64URL(jws.substring(dot + 1)).decode();
    for (int i = 0; i < signature.length; i++) {
      byte[] altered = signature.clone();
      altered[i] ^= 1;
      assertThat(problemOf(jws.substring(0, dot + 1) + Base64URL.encode(altered)))
          .isEqualTo(PackageProblem.INVALID_SIGNATURE);
    }
    assertThat(
            problemOf(jws.substring(0, dot + 1) + Base64URL.encode(Arrays.copyOf(signature, 63))))
        .isEqualTo(PackageProblem.INVALID_SIGNATURE);
  }

  @Test
  void aPackageForAnotherReaderThatIsSealedAnewIsRefused() {
    String other = payload.replace(Sealing.fingerprint(), Sealing.otherFingerprint());
    assertThat(problemOf(honest(other))).isEqualTo(PackageProblem.WRONG_AUDIENCE);
  }

  @ParameterizedTest
  @CsvSource({"version,2", "coreVersion,2", "dataStore,8", "serial,4", "iat,1767323046"})
  void aHeaderThatContradictsTheContentIsRefused(String member, String value) {
    Map<String, Object> header = Sealing.envelopeHeader(3);
    header.put(member, member.equals("dataStore") ? value : Long.valueOf(value));
    assertThat(problemOf(Sealing.enveloped(header, honest(payload))))
        .isEqualTo(PackageProblem.HEADER_MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "coreVersion"})
  void anUnknownVersionIsRefused(String member) {
    Map<String, Object> header = Sealing.envelopeHeader(3);
    header.put(member, 2);
    String later = payload.replace("\"" + member + "\":1", "\"" + member + "\":2");
    assertThat(problemOf(Sealing.enveloped(header, honest(later))))
        .isEqualTo(PackageProblem.UNSUPPORTED_VERSION);
  }

  @Test
  void anUnknownVersionIsToldApartBeforeTheRestIsRead() {
    Map<String, Object> header = Sealing.envelopeHeader(3);
    header.put("coreVersion", 9);
    String later =
        payload
            .replace("\"coreVersion\":1", "\"coreVersion\":9")
            .replace("\"masks\"", "\"curtains\"");
    assertThat(problemOf(Sealing.enveloped(header, honest(later))))
        .isEqualTo(PackageProblem.UNSUPPORTED_VERSION);
  }

  /** The guess at what follows the last data element must not lead behind it. */
  @Test
  void rightsToTheLastDataElementTwiceAreRefused() {
    String all = "{\"protect\":true,\"reProtect\":true,\"unProtect\":true}";
    String rights =
        "\"3\":{\"access\":%s,\"noAccessOperation\":\"NULL_VALUE\",\"audit\":{\"success\":%s,\"failed\":%s}}"
            .formatted(all, all, all);
    var header = Sealing.envelopeHeader(3);
    String once = payload.replace("\"profiles\":[{", "\"profiles\":[{" + rights + ",");
    String twice = once.replace(rights, rights + "," + rights);
    assertThatCode(() -> Sealing.open(Sealing.enveloped(header, honest(once))))
        .doesNotThrowAnyException();
    assertThat(problemOf(Sealing.enveloped(header, honest(twice))))
        .isEqualTo(PackageProblem.INVALID_CONTENT);
  }

  @Test
  void anHonestlySignedPayloadThatIsNoBase64UrlIsRefused() throws Exception {
    String jws = honest(payload);
    String text = jws.substring(0, jws.lastIndexOf('.')) + "=";
    var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(Sealing.ISSUER_KEY.toECPrivateKey());
    signature.update(text.getBytes(StandardCharsets.US_ASCII));
    assertThat(problemOf(text + "." + Base64URL.encode(signature.sign())))
        .isEqualTo(PackageProblem.INVALID_SIGNATURE);
  }

  /** A critical member that a reader does not know must not be passed over (RFC 7515 4.1.11). */
  @Test
  void aSignatureHeaderWithAnotherMemberIsRefused() {
    String exact = Sealing.signatureHeader("package-1").toString();
    assertThatCode(() -> open(signedAnyway(exact))).doesNotThrowAnyException();
    for (String more : List.of("\"more\":1}", "\"more\":1,\"crit\":[\"more\"]}")) {
      String header = exact.substring(0, exact.length() - 1) + "," + more;
      assertThat(problemOf(signedAnyway(header))).isEqualTo(PackageProblem.INVALID_SIGNATURE);
    }
  }

  /** The independent library does not sign what it does not know to be critical. */
  private String signedAnyway(String header) {
    String text = Base64URL.encode(header) + "." + Base64URL.encode(payload);
    try {
      var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(Sealing.ISSUER_KEY.toECPrivateKey());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + Base64URL.encode(signature.sign());
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void ofSeveralProblemsTheFirstInTheirOrderIsTold() throws Exception {
    Sealing.open(Sealing.sealed(5), serials);
    String expired = payload.replace(",\"dataElements\"", ",\"exp\":%d,\"dataElements\"");
    String longAgo = expired.formatted(Sealing.ISSUED.getEpochSecond() + 1);
    assertThat(problemOf(honest(longAgo))).isEqualTo(PackageProblem.ROLLED_BACK);
    Map<String, Object> later = Sealing.envelopeHeader(3);
    later.put("coreVersion", 2);
    String newer = longAgo.replace("\"coreVersion\":1", "\"coreVersion\":2");
    assertThat(problemOf(Sealing.enveloped(later, honest(newer))))
        .isEqualTo(PackageProblem.UNSUPPORTED_VERSION);
    assertThat(problemOf(honest(newer))).isEqualTo(PackageProblem.HEADER_MISMATCH);
    String others = newer.replace(Sealing.fingerprint(), Sealing.otherFingerprint());
    assertThat(problemOf(honest(others))).isEqualTo(PackageProblem.WRONG_AUDIENCE);
  }

  /** Another process may have accepted a newer one in the meantime. */
  @Test
  void aSerialThatIsNotAcceptedInTheEndIsRolledBack() {
    SerialMemory overtaken =
        new SerialMemory() {
          @Override
          public OptionalLong lastAccepted(String issuer, String dataStore) {
            return OptionalLong.empty();
          }

          @Override
          public boolean accept(String issuer, String dataStore, long serial) {
            return false;
          }
        };
    PackageException refused =
        catchThrowableOfType(
            PackageException.class, () -> Sealing.open(Sealing.sealed(1), overtaken));
    assertThat(refused.problem()).isEqualTo(PackageProblem.ROLLED_BACK);
  }

  /** Of 768 bytes; one more takes two characters more. */
  @Test
  void theHeaderOfTheSignatureHasAtMost1024Characters() {
    int others = "{\"kid\":\"\",\"typ\":\"bulla-package+jws\",\"alg\":\"ES256\"}".length();
    String kid = "k".repeat(768 - others);
    String longest = Sealing.signed(payload, Sealing.signatureHeader(kid), Sealing.OTHER_KEY);
    assertThat(longest.indexOf('.')).isEqualTo(1024);
    assertThat(problemOf(longest)).isEqualTo(PackageProblem.UNTRUSTED_SIGNER);
    String longer = Sealing.signed(payload, Sealing.signatureHeader(kid + "k"), Sealing.OTHER_KEY);
    assertThat(longer.indexOf('.')).isEqualTo(1026);
    assertThat(problemOf(longer)).isEqualTo(PackageProblem.INVALID_SIGNATURE);
  }

  @Test
  void keysStandInTheOrderOfTheirIds() {
    String key = "{\"id\":%d,\"key\":\"" + "A".repeat(43) + "\"}";
    String two =
        payload
            .replace("\"aes256GcmEnc\":{}", "\"aes256GcmEnc\":{\"keyId\":true}")
            .replaceFirst("(?s)(.*\"keys\":\\[).*?]", "$1" + key + "," + key + "]");
    assertThatCode(() -> open(honest(two.formatted(1, 2)))).doesNotThrowAnyException();
    assertThat(problemOf(honest(two.formatted(2, 1)))).isEqualTo(PackageProblem.INVALID_CONTENT);
    assertThat(problemOf(honest(two.formatted(2, 2)))).isEqualTo(PackageProblem.INVALID_CONTENT);
  }

  private static void open(String jws) throws IOException {
    Sealing.open(Sealing.enveloped(Sealing.envelopeHeader(3), jws)).close();
  }

  @Test
  void anOlderSerialIsRefusedAndAnEqualOneAccepted() throws IOException {
    Sealing.open(Sealing.sealed(5), serials);
    Sealing.open(Sealing.sealed(5), serials);
    assertThat(problemOf(Sealing.sealed(4))).isEqualTo(PackageProblem.ROLLED_BACK);
    Sealing.open(Sealing.sealed(6), serials);
    assertThat(problemOf(Sealing.sealed(5))).isEqualTo(PackageProblem.ROLLED_BACK);
    assertThatThrownBy(() -> Sealing.open(Sealing.sealed(5), serials))
        .as("which serial would do")
        .hasMessageContaining("serial 5 of data store")
        .hasMessageEndingWith(", after 6");
  }

  @Test
  void aSerialCountsForItsIssuerAndDataStoreAlone() throws IOException {
    Sealing.open(Sealing.sealed(5), serials);
    var otherStore =
        new PackageHeader(
            Sealing.ISSUER, Sealing.fingerprint(), "8", 1, Sealing.ISSUED, null, 1, 1);
    var otherIssuer =
        new PackageHeader(
            "https://other.example.com", Sealing.fingerprint(), "7", 1, Sealing.ISSUED, null, 1, 1);
    for (PackageHeader header : new PackageHeader[] {otherStore, otherIssuer}) {
      assertThat(Sealing.open(Sealing.sealed(header, KeyWrap.RSA_OAEP_256), serials)).isNotNull();
    }
  }

  @Test
  void anExpiredPackageIsRefusedAndItsSerialForgotten() throws IOException {
    Instant expiry = Sealing.ISSUED.plusSeconds(60);
    var header =
        new PackageHeader(
            Sealing.ISSUER, Sealing.fingerprint(), "7", 9, Sealing.ISSUED, expiry, 1, 1);
    assertThat(problemOf(Sealing.sealed(header, KeyWrap.RSA_OAEP_256)))
        .isEqualTo(PackageProblem.EXPIRED);
    assertThat(Sealing.open(Sealing.sealed(1), serials)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "'{\"version\":1,\"coreVersion\":1'|'{\"coreVersion\":1,\"version\":1'",
        "'\"serial\":3'|'\"serial\":\"3\"'",
        "'\"serial\":3'|'\"serial\":99999999999999999999'",
        "'\"serial\":3'|'\"serial\":3,\"serial\":3'",
        "'\"iss\":\"https://bulla.example.com\"'|'\"iss\":\"\"'",
        "'\"iss\":\"https://bulla.example.com\"'|'\"iss\":null'",
        "'\"masks\":['|'\"masks\":[null,'",
        "'\"masks\":['|'\"colour\":1,\"masks\":['",
        "'\"masks\":['|'\"masks\":[[],'",
        "'\"numericToken\":{'|'\"numericToken\":{\"colour\":1,'",
        "'\"numericToken\"'|'\"quantumToken\"'",
        "'\"tokenizer\":\"SLT_2_3\"'|'\"tokenizer\":\"slt_2_3\"'",
        "'\"keys\":[{\"id\":1'|'\"keys\":[{\"id\":0'",
        "'\"keys\":[{\"id\":1,'|'\"keys\":[{'",
        "'\"keys\":[]'|'\"keys\":[{\"id\":1,\"key\":\"AAAA\"}]'",
        "',\"keys\":[]'|''",
        "'\"key\":\"'|'\"key\":\"AAAA'",
        "'\"key\":\"'|'\"key\":\"*'",
        "'{\"id\":1,\"key\":'|'{\"id\":1},{\"id\":2,\"key\":'",
        "'{\"id\":1,\"key\":'|'{\"id\":1,\"key\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"},{\"id\":2,\"key\":'",
        "'{\"id\":1,\"key\":'|'{\"id\":8192,\"key\":'",
        "'{\"id\":1,\"key\":'|'{\"id\":1,\"key\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"key\":'",
        "'\"noAccessOperation\":\"NULL_VALUE\"'|'\"noAccessOperation\":\"NULL_VALUE\",\"noAccessOperation\":\"NULL_VALUE\"'",
        "'\"profiles\":['|'\"alphabets\":[],\"profiles\":['",
        "'{\"version\"'|' {\"version\"'",
        "'\"users\":{\"ann\":'|'\"users\":{\"Ann\":'",
        "'\"users\":{\"ann\":'|'\"users\":{\"ann\":0,\"ann\":'",
        "'\"users\":{\"ann\":0'|'\"users\":{\"ann\":7'",
        "'\"defaultProfile\":1'|'\"defaultProfile\":-1'",
        "'\"defaultProfile\":1'|'\"defaultProfile\":1.0'",
        "'\"noAccessOperation\":\"NULL_VALUE\"'|'\"noAccessOperation\":\"NULL\"'",
        "'NULL_VALUE'|'PROTECTED_VALUE'",
        "'\"profiles\":[{'|'\"profiles\":[,{'",
        "'}],\"users\"'|'},],\"users\"'",
        "'\"users\":{\"ann\":0'|'\"users\":{\"ann\":0,'",
        "'\"users\":{\"ann\":0'|'\"users\":{\"ann\":00'",
        "'\"users\":{\"ann\":0'|'\"users\":{\"ann\":4294967296'",
        "'\"mask\":\"1\"'|'\"mask\":\"9\"'",
        "'\"unProtect\":false},\"noAccess'|'\"unProtect\":false},\"mask\":\"1\",\"noAccess'",
        "'\"protect\":true,'|''",
        "'\"name\":\"DE_NOTE\"'|'\"name\":\"de_card\"'",
        "'\"uid\":\"2\",\"name\":\"DE_NOTE\"'|'\"uid\":\"1\",\"name\":\"DE_NOTE\"'",
        "'\"applications\":['|'\"applications\":[],\"more\":['",
        "'\"applicationUser\"'|'\"applicationGroup\"'"
      })
  void aContentThatIsNotExactlyAPolicyIsRefused(String part, String replacement) {
    assertThat(payload).contains(part);
    PackageException refusal =
        refusalOf(
            Sealing.enveloped(
                Sealing.envelopeHeader(3), honest(payload.replace(part, replacement))));
    assertThat(refusal.problem()).isEqualTo(PackageProblem.INVALID_CONTENT);
    assertThat(refusal).hasNoCause();
  }

  @Test
  void nothingMayFollowTheContent() {
    assertThat(problemOf(honest(payload + " {}"))).isEqualTo(PackageProblem.INVALID_CONTENT);
    assertThat(problemOf(honest("[]"))).isEqualTo(PackageProblem.INVALID_CONTENT);
    assertThat(problemOf(honest(payload.substring(0, payload.length() - 1))))
        .isEqualTo(PackageProblem.INVALID_CONTENT);
  }

  @Test
  void aRefusedContentIsNotRemembered() throws IOException {
    Map<String, Object> header = Sealing.envelopeHeader(3);
    assertThat(problemOf(Sealing.enveloped(header, honest(payload.replace("masks", "curtains")))))
        .isEqualTo(PackageProblem.INVALID_CONTENT);
    assertThat(serials.lastAccepted(Sealing.ISSUER, "7")).isEmpty();
  }

  private static String honest(String payload) {
    return Sealing.signed(payload, Sealing.signatureHeader("package-1"), Sealing.ISSUER_KEY);
  }

  private PackageProblem problemOf(String jws) {
    return problemOf(Sealing.enveloped(Sealing.envelopeHeader(3), jws));
  }

  private PackageProblem problemOf(byte[] bytes) {
    return refusalOf(bytes).problem();
  }

  private PackageException refusalOf(byte[] bytes) {
    return catchThrowableOfType(
        PackageException.class,
        () ->
            PackageOpener.open(
                new ByteArrayInputStream(bytes),
                Sealing.decryptor(Sealing.READER),
                Sealing.trusted(),
                serials,
                Sealing.at(Sealing.ISSUED.plusSeconds(60))));
  }
}
