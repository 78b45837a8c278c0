package bulla.it;

import static bulla.it.Samples.PIM;
import static bulla.it.TestServer.unique;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.resilientpackage.access.ElementAccess;
import bulla.resilientpackage.envelope.FileSerialMemory;
import bulla.resilientpackage.envelope.OpenedPackage;
import bulla.resilientpackage.envelope.PackageException;
import bulla.resilientpackage.envelope.PackageOpener;
import bulla.resilientpackage.envelope.PackageProblem;
import bulla.resilientpackage.envelope.SerialMemory;
import bulla.resilientpackage.keys.ExportKey;
import bulla.resilientpackage.keys.KeyWrap;
import bulla.resilientpackage.keys.PemDecryptor;
import bulla.resilientpackage.keys.TrustedKeys;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resilient packages, from their export to their opening. */
@SharedServer
class PackageIT {
  private static final String EXPORT = "/pty/v1/rps/export/";
  private static final String POST_EXPORT = "/pty/v1/rps/export?version=1&coreVersion=1";
  private static final String ROTATE = "/pty/v1/rps/jwks/rotate";
  private static final String VERSIONS = "?version=1&coreVersion=1";

  /** The server takes the test for a proxy, and a proxy must say whom it speaks for. */
  private static final String[] FROM_HERE = {"X-Forwarded-For", "127.0.0.1"};

  private static final String MAY_EXPORT = "workbench_deployment_immutablepackage_export";

  @TempDir Path directory;

  /** A data store with an export key and something deployed to it. */
  record Deployed(
      Api officer, String store, String policy, String element, ConsumerKeys keys, String print) {
    static Deployed to(TestServer server) {
      Api officer = server.officer();
      String name = unique("element");
      String role = officer.create(PIM + "/roles", Samples.role(unique("role")));
      String element = officer.create(PIM + "/dataelements", Samples.dataElement(name));
      String policy = officer.create(PIM + "/policies", Samples.policy(unique("policy")));
      officer
          .post(PIM + "/policies/" + policy + "/rules", Samples.rule(role, element, "EXCEPTION"))
          .with(201);
      String store = officer.create(PIM + "/datastores", Samples.dataStore(unique("store")));
      ConsumerKeys keys = ConsumerKeys.make();
      var deployed = new Deployed(officer, store, policy, name, keys, keys.addTo(officer, store));
      deployed.deploy();
      return deployed;
    }

    void deploy() {
      officer.post(PIM + "/datastores/" + store + "/deploy", Samples.deploy(policy)).with(200);
    }

    String path() {
      return EXPORT + print.replace(":", "") + VERSIONS;
    }
  }

  @Test
  void everySpellingOfAFingerprintExportsTheSameBytes(TestServer server) {
    Deployed deployed = Deployed.to(server);
    Api exporter = server.as(MAY_EXPORT);
    Answer plain = exporter.get(deployed.path()).with(200);

    assertThat(deployed.print()).matches("([0-9a-f]{2}:){31}[0-9a-f]{2}");
    for (String spelling :
        List.of(
            deployed.print(),
            deployed.print().toUpperCase(Locale.ROOT),
            deployed.print().replace(":", "").toUpperCase(Locale.ROOT))) {
      Answer answer = exporter.get(EXPORT + spelling + VERSIONS).with(200);
      assertThat(answer.bytes()).isEqualTo(plain.bytes());
      assertThat(answer.header("ETag")).isEqualTo(plain.header("ETag"));
    }
    assertThat(exporter.get(EXPORT + deployed.print()).with(200).bytes())
        .as("without versions")
        .isEqualTo(plain.bytes());
  }

  @Test
  void aPackageIsSentAsAFileThatNoCacheKeeps(TestServer server) {
    Answer answer = server.as(MAY_EXPORT).get(Deployed.to(server).path()).with(200);

    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=rps.json");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("protected", "encrypted_key", "iv", "ciphertext", "tag");
  }

  @Test
  void aPackageThatIsKnownIsNotSentAgain(TestServer server) {
    Deployed deployed = Deployed.to(server);
    Api exporter = server.as(MAY_EXPORT);
    String tag = exporter.get(deployed.path()).with(200).header("ETag");

    Answer known = exporter.get(deployed.path(), "If-None-Match", tag).with(304);
    exporter.get(deployed.path(), "If-None-Match", "W/" + tag).with(304);
    exporter.get(deployed.path(), "If-Match", "\"another\"").problem(412, "PRECONDITION_FAILED");
    deployed.deploy();
    Answer next = exporter.get(deployed.path(), "If-None-Match", tag).with(200);

    assertThat(tag).matches("\"[^\"]+\"");
    assertThat(known.bytes()).isEmpty();
    assertThat(known.header("ETag")).isEqualTo(tag);
    assertThat(next.header("ETag")).isNotEqualTo(tag);
  }

  @Test
  void anUnknownFingerprintIsNotFound(TestServer server) {
    server
        .as(MAY_EXPORT)
        .get(EXPORT + "0123456789abcdef".repeat(4) + VERSIONS)
        .problem(404, "FINGERPRINT_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "x",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0",
        "g123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "01-23456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "01:23456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "%27%20or%20%271%27=%271"
      })
  void whatIsNoFingerprintIsRefused(String fingerprint, TestServer server) {
    JsonNode problem =
        server
            .as(MAY_EXPORT)
            .get(EXPORT + fingerprint + VERSIONS)
            .problem(400, "INVALID_FINGERPRINT");

    assertThat(problem.path("member").asText()).isEqualTo("fingerprint");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version=2&coreVersion=1",
        "version=1&coreVersion=2",
        "version=0&coreVersion=1",
        "version=&coreVersion=1",
        "version=one&coreVersion=1",
        "version=1.0&coreVersion=1",
        "version=99999999999999999999&coreVersion=1"
      })
  void anUnknownVersionIsAnsweredWithTheKnownOnes(String versions, TestServer server) {
    JsonNode problem =
        server
            .as(MAY_EXPORT)
            .get(EXPORT + "0123456789abcdef".repeat(4) + "?" + versions)
            .problem(400, "UNSUPPORTED_VERSION");

    assertThat(problem.path("detail").asText()).contains("[1]");
  }

  @Test
  void beforeTheFirstDeployThereIsNothingToExport(TestServer server) {
    Api officer = server.officer();
    String store = officer.create(PIM + "/datastores", Samples.dataStore(unique("store")));
    String fingerprint = ConsumerKeys.make().addTo(officer, store);

    server.as(MAY_EXPORT).get(EXPORT + fingerprint + VERSIONS).problem(409, "NEVER_DEPLOYED");
  }

  @Test
  void whoMayWritePoliciesMayNotThereforeExport(TestServer server) {
    Deployed deployed = Deployed.to(server);

    JsonNode problem = deployed.officer().get(deployed.path()).problem(403, "FORBIDDEN");

    assertThat(problem.path("detail").asText()).contains(MAY_EXPORT);
    server.nobody().get(deployed.path()).problem(401, "UNAUTHENTICATED");
  }

  @Test
  void tokensPasswordsAndCertificatesExportAndTheJournalSaysWhatToWhomAndFromWhere(
      TestServer server) {
    Deployed deployed = Deployed.to(server);
    TestUser user = server.user("can_create_token", MAY_EXPORT);
    KeyPair keys = ClientAuthority.keys();
    Api byCertificate =
        server.showing(
            keys.getPrivate(),
            server
                .clientAuthority()
                .issue("CN=" + user.name(), keys, KeyPurposeId.id_kp_clientAuth));
    List<Answer> answers =
        List.of(
            server.nobody().loggedIn(user.name(), user.password()).get(deployed.path()).with(200),
            server
                .nobody()
                .withPassword(user.name(), user.password())
                .get(deployed.path())
                .with(200),
            byCertificate.get(deployed.path()).with(200));

    assertThat(answers)
        .allSatisfy(answer -> assertThat(answer.bytes()).isEqualTo(answers.get(0).bytes()));
    for (Answer answer : answers) {
      assertExported(server, answer, deployed, user.name(), deployed.print().replace(":", ""));
    }
    server
        .nobody()
        .withPassword(user.name(), "not the passphrase")
        .get(deployed.path())
        .problem(401, "WRONG_CREDENTIALS");
    TestUser other = server.user("can_create_token");
    server
        .nobody()
        .withPassword(other.name(), other.password())
        .get(deployed.path())
        .problem(403, "FORBIDDEN");
  }

  @Test
  void theDeprecatedExportSealsToTheKeyOfACallerFromTheDataStoresRanges(TestServer server)
      throws Exception {
    Deployed deployed = Deployed.to(server);
    TestUser user = server.user("can_create_token", MAY_EXPORT);
    Api exporter = server.nobody().loggedIn(user.name(), user.password());
    ConsumerKeys own = ConsumerKeys.make();
    exporter
        .post(POST_EXPORT, wanted("RSA_OAEP_SHA256", own), FROM_HERE)
        .problem(403, "ADDRESS_NOT_IN_RANGE");
    String ranges = PIM + "/datastores/" + deployed.store() + "/ranges";
    String range = deployed.officer().create(ranges, Map.of("from", "127.0.0.1"));
    try {
      for (String algorithm :
          List.of("RSA_OAEP_SHA256", "RSA_OAEP_SHA512", "RSA_OAEP_SHA1", "RSA_PKCS1_v1_5")) {
        Answer answer = exporter.post(POST_EXPORT, wanted(algorithm, own), FROM_HERE).with(200);
        assertThat(answer.header("Deprecation")).startsWith("@");
        assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=rps.json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        var decryptor = PemDecryptor.of(own.privatePem());
        assertExported(server, answer, deployed, user.name(), decryptor.fingerprint());
        if (algorithm.startsWith("RSA_OAEP_SHA2") || algorithm.endsWith("512")) {
          try (OpenedPackage opened =
              PackageOpener.open(
                  in(answer.bytes()), decryptor, trusted(server), serials(algorithm))) {
            assertThat(opened.findElement(deployed.element())).isPresent();
            assertThat(opened.header().dataStore()).isEqualTo(deployed.store());
          }
        }
      }
      assertThat(
              exporter
                  .post(POST_EXPORT, wanted("none", own), FROM_HERE)
                  .problem(400, "INVALID_VALUE")
                  .path("member")
                  .asText())
          .isEqualTo("kek.publicKey.algorithm");
      exporter.post(POST_EXPORT, "{\"kek\":{}}", FROM_HERE).problem(400, "INVALID_VALUE");
      exporter
          .post("/pty/v1/rps/export?version=2", wanted("RSA_OAEP_SHA256", own), FROM_HERE)
          .problem(400, "UNSUPPORTED_VERSION");
    } finally {
      deployed.officer().delete(ranges + "/" + range).with(204);
    }
  }

  @Test
  void whereAProxyDoesNotTellTheAddressNothingIsSealedToAnyKey(TestServer server) {
    Deployed deployed = Deployed.to(server);
    Api exporter = server.as(MAY_EXPORT);
    Map<String, Object> wanted = wanted("RSA_OAEP_SHA256", ConsumerKeys.make());
    String ranges = PIM + "/datastores/" + deployed.store() + "/ranges";
    List<String> own =
        List.of(
            deployed.officer().create(ranges, Map.of("from", "127.0.0.1")),
            deployed.officer().create(ranges, Map.of("from", "198.51.100.7")));
    try {
      exporter.post(POST_EXPORT, wanted, FROM_HERE).with(200);
      exporter.post(POST_EXPORT, wanted).problem(403, "ADDRESS_NOT_IN_RANGE");
      for (String inRange : List.of("198.51.100.7", "198.51.100.7:4711", "unknown, 198.51.100.7")) {
        exporter.post(POST_EXPORT, wanted, "X-Forwarded-For", inRange).with(200);
      }
      for (String outside : List.of("203.0.113.9", "[2001:db8::1]:443", "unknown", "_hidden")) {
        exporter
            .post(POST_EXPORT, wanted, "X-Forwarded-For", outside)
            .problem(403, "ADDRESS_NOT_IN_RANGE");
      }
    } finally {
      own.forEach(range -> deployed.officer().delete(ranges + "/" + range).with(204));
    }
  }

  @Test
  void whoAsksForTheHeadersAloneHasExportedNothing(TestServer server) {
    Deployed deployed = Deployed.to(server);
    TestUser user = server.user("can_create_token", MAY_EXPORT);
    Api exporter = server.nobody().loggedIn(user.name(), user.password());

    Answer head = exporter.send("HEAD", deployed.path(), BodyPublishers.noBody()).with(200);
    exporter
        .send(
            "HEAD", deployed.path(), BodyPublishers.noBody(), "If-None-Match", head.header("ETag"))
        .with(304);

    assertThat(head.bytes()).isEmpty();
    assertThat(head.header("Content-Disposition")).isEqualTo("attachment; filename=rps.json");
    assertThat(
            server
                .as("insight_viewer")
                .get("/pty/v1/auth/audit/events?action=EXPORT&user=" + user.name())
                .with(200)
                .json())
        .isEmpty();
    assertThat(deployed.officer().get(PIM + "/nodes").with(200).json())
        .noneMatch(node -> node.path("dataStore").asText().equals(deployed.store()));
    assertThat(exporter.get(deployed.path()).with(200).header("ETag"))
        .isEqualTo(head.header("ETag"));
  }

  /** {@code published/packages.json}: the requests of the published API to the letter. */
  @Test
  void theSamplesOfThePublishedApiAreAnswered(TestServer server) throws IOException {
    JsonNode samples;
    try (InputStream in = PackageIT.class.getResourceAsStream("/published/packages.json")) {
      samples = new ObjectMapper().readTree(in);
    }
    assertThat(samples.findValuesAsText("sample"))
        .containsExactly("Export API", "Export API - KEK");
    Deployed deployed = Deployed.to(server);
    Api exporter = server.as(MAY_EXPORT);
    String published = samples.at("/0/path").asText();
    String fingerprint = samples.at("/0/fingerprint").asText();
    assertThat(published).contains(fingerprint);
    sent(exporter, samples.get(0), published).problem(404, "FINGERPRINT_NOT_FOUND");
    String own = deployed.print().replace(":", "");
    JsonNode answered =
        sent(exporter, samples.get(0), published.replace(fingerprint, own)).with(200).json();
    assertThat(recipient(answered)).isEqualTo(own);

    JsonNode sample = samples.get(1);
    String pem =
        new ObjectMapper()
            .readTree(sample.path("body").asText())
            .at("/kek/publicKey/value")
            .asText();
    ExportKey key = ExportKey.parse(KeyWrap.ofDeprecatedExport("RSA_OAEP_SHA256", false), pem);
    String ranges = PIM + "/datastores/" + deployed.store() + "/ranges";
    String range = deployed.officer().create(ranges, Map.of("from", "127.0.0.1"));
    try {
      JsonNode sealed = sent(exporter, sample, sample.path("path").asText()).with(200).json();
      assertThat(recipient(sealed)).isEqualTo(key.fingerprint());
      // As many bytes as the modulus of the published key has.
      assertThat(Base64.getUrlDecoder().decode(sealed.path("encrypted_key").asText())).hasSize(512);
    } finally {
      deployed.officer().delete(ranges + "/" + range).with(204);
    }
  }

  private static Answer sent(Api api, JsonNode sample, String path) {
    List<String> headers = new ArrayList<>(List.of(FROM_HERE));
    sample.path("headers").forEach(part -> headers.add(part.asText()));
    return api.send(
        sample.path("method").asText(),
        path,
        sample.has("body")
            ? BodyPublishers.ofString(sample.path("body").asText())
            : BodyPublishers.noBody(),
        headers.toArray(String[]::new));
  }

  private static String recipient(JsonNode sealed) throws IOException {
    return new ObjectMapper()
        .readTree(Base64.getUrlDecoder().decode(sealed.path("protected").asText()))
        .path("kid")
        .asText();
  }

  /** Without line breaks, as the published example has it. */
  private static Map<String, Object> wanted(String algorithm, ConsumerKeys keys) {
    return Map.of(
        "kek",
        Map.of(
            "publicKey",
            Map.of(
                "label",
                "key_name",
                "algorithm",
                algorithm,
                "value",
                keys.publicPem().replace("\n", ""))));
  }

  private static void assertExported(
      TestServer server, Answer answer, Deployed deployed, String user, String fingerprint) {
    JsonNode entry =
        StreamSupport.stream(
                server
                    .as("insight_viewer")
                    .get("/pty/v1/auth/audit/events?action=EXPORT&user=" + user + "&max=50")
                    .with(200)
                    .json()
                    .spliterator(),
                false)
            .filter(
                one -> one.path("correlationId").asText().equals(answer.header("X-Correlation-ID")))
            .findFirst()
            .orElseThrow();
    assertThat(entry.toString())
        .contains(fingerprint, "datastores/" + deployed.store() + " serial 1", "127.0.0.1", user);
    assertThat(entry.path("outcome").asText()).isEqualTo("SUCCESS");
  }

  @Test
  void aRemovedKeyExportsNothingMore(TestServer server) {
    Deployed deployed = Deployed.to(server);
    Api exporter = server.as(MAY_EXPORT);
    exporter.get(deployed.path()).with(200);
    String keys = PIM + "/datastores/" + deployed.store() + "/export/keys";
    String key = deployed.officer().get(keys).with(200).json().at("/0/uid").asText();

    deployed.officer().delete(keys + "/" + key).with(204);

    exporter.get(deployed.path()).problem(404, "FINGERPRINT_NOT_FOUND");
  }

  @Test
  void thePackageOpensWithItsKeyAndTheIssuersKeys(TestServer server) throws IOException {
    Deployed deployed = Deployed.to(server);

    try (OpenedPackage opened = opened(server, deployed, exported(server, deployed))) {
      assertThat(opened.header().dataStore()).isEqualTo(deployed.store());
      assertThat(opened.header().serial()).isEqualTo(1);
      assertThat(opened.header().issuer()).isEqualTo("https://bulla.example");
      assertThat(opened.header().audience()).isEqualTo(deployed.print().replace(":", ""));
      assertThat(opened.elements()).hasSize(1);
      assertThat(opened.findElement(deployed.element())).isPresent();
      assertThat(opened.accessTable().access("anybody", deployed.element()))
          .isInstanceOfSatisfying(
              ElementAccess.class, access -> assertThat(access.access().unProtect()).isTrue());
    }
  }

  @Test
  void nothingOfThePolicyShowsThroughTheEnvelope(TestServer server) {
    Deployed deployed = Deployed.to(server);

    assertThat(new String(exported(server, deployed), US_ASCII)).doesNotContain(deployed.element());
  }

  @Test
  void anAlteredByteIsRefused(TestServer server) {
    Deployed deployed = Deployed.to(server);
    byte[] sealed = exported(server, deployed);
    var decryptor = PemDecryptor.of(deployed.keys().privatePem());
    TrustedKeys trusted = trusted(server);

    for (int at = 0; at < sealed.length; at += 1 + sealed.length / 100) {
      byte[] altered = sealed.clone();
      altered[at] = (byte) (altered[at] == 'A' ? 'B' : 'A');
      assertThat(Arrays.equals(altered, sealed)).isFalse();
      assertThatThrownBy(
              () -> PackageOpener.open(in(altered), decryptor, trusted, serials("altered")))
          .as("byte " + at)
          .isInstanceOfSatisfying(
              PackageException.class,
              refused ->
                  assertThat(refused.problem())
                      .isIn(
                          PackageProblem.MALFORMED,
                          PackageProblem.WRONG_PRIVATE_KEY,
                          PackageProblem.CANNOT_BE_OPENED));
    }
  }

  @Test
  void aPackageThatWasCutOrContinuedIsRefused(TestServer server) {
    Deployed deployed = Deployed.to(server);
    byte[] sealed = exported(server, deployed);

    for (int length : new int[] {0, 1, sealed.length / 2, sealed.length - 1, sealed.length + 1}) {
      byte[] other = Arrays.copyOf(sealed, length);
      if (length > sealed.length) {
        other[sealed.length] = '\n';
      }
      assertThatThrownBy(() -> opened(server, deployed, other))
          .as(length + " bytes")
          .isInstanceOfSatisfying(
              PackageException.class,
              refused -> assertThat(refused.problem()).isEqualTo(PackageProblem.MALFORMED));
    }
  }

  @Test
  void anotherPrivateKeyIsRefused(TestServer server) {
    Deployed deployed = Deployed.to(server);
    byte[] sealed = exported(server, deployed);
    var other = PemDecryptor.of(ConsumerKeys.make().privatePem());

    assertThatThrownBy(
            () -> PackageOpener.open(in(sealed), other, trusted(server), serials("other")))
        .isInstanceOfSatisfying(
            PackageException.class,
            refused -> assertThat(refused.problem()).isEqualTo(PackageProblem.WRONG_PRIVATE_KEY));
  }

  @Test
  void anotherIssuersKeysAreRefused(TestServer server) throws GeneralSecurityException {
    Deployed deployed = Deployed.to(server);
    assertUntrusted(deployed, exported(server, deployed), TrustedKeys.fromJwks(strangersJwks()));
  }

  @Test
  void anOlderPackageIsRefusedAfterANewerOne(TestServer server) throws IOException {
    Deployed deployed = Deployed.to(server);
    byte[] first = exported(server, deployed);
    deployed.deploy();
    byte[] second = exported(server, deployed);
    opened(server, deployed, first).close();

    try (OpenedPackage newer = opened(server, deployed, second)) {
      assertThat(newer.header().serial()).isEqualTo(2);
    }
    opened(server, deployed, second).close();

    assertThatThrownBy(() -> opened(server, deployed, first))
        .isInstanceOfSatisfying(
            PackageException.class,
            refused -> assertThat(refused.problem()).isEqualTo(PackageProblem.ROLLED_BACK));
  }

  @Test
  void whoFetchedTheKeysBeforeARotationReadsThePackageOfTheSameSerialAndAfterAnEndOfTrustDoesNot(
      TestServer server) throws IOException {
    Deployed deployed = Deployed.to(server);
    Api exporter = server.as(MAY_EXPORT);
    Api keeper = server.as("keyring_admin");
    Answer before = exporter.get(deployed.path()).with(200);
    TrustedKeys fetchedBefore = trusted(server);
    var decryptor = PemDecryptor.of(deployed.keys().privatePem());

    assertThat(exporter.post(ROTATE, "{}").problem(403, "FORBIDDEN").path("detail").asText())
        .contains("keyring_admin");
    String announced = announced(server);
    JsonNode rotated = keeper.post(ROTATE, Map.of("kid", announced)).with(200).json();
    keeper.post(ROTATE, Map.of("kid", announced)).problem(409, "CONFLICT");
    Answer early = keeper.post(ROTATE, "{}");
    early.problem(409, "CONFLICT");
    assertThat(Integer.parseInt(early.header("Retry-After"))).isBetween(1, 301);
    assertThat(rotated.path("kid").asText()).isEqualTo(announced);

    Answer after = exporter.get(deployed.path(), "If-None-Match", before.header("ETag")).with(200);
    assertThat(after.header("ETag")).isNotEqualTo(before.header("ETag"));
    assertThat(exporter.get(deployed.path()).with(200).bytes()).isEqualTo(after.bytes());
    assertThat(fetchedBefore.kids())
        .contains(rotated.path("kid").asText())
        .doesNotContain(rotated.path("announced").asText());
    try (OpenedPackage opened =
        PackageOpener.open(
            in(after.bytes()), decryptor, fetchedBefore, serials(deployed.store()))) {
      assertThat(opened.header().serial()).isEqualTo(1);
    }
    opened(server, deployed, before.bytes()).close();

    JsonNode ended = keeper.post(ROTATE, Map.of("endTrust", true)).with(200).json();

    assertThat(ended.path("trustEnded").asBoolean()).isTrue();
    assertThat(trusted(server).kids())
        .containsExactlyInAnyOrder(ended.path("kid").asText(), ended.path("announced").asText())
        .doesNotContain(rotated.path("announced").asText());
    byte[] last = exported(server, deployed);
    opened(server, deployed, last).close();
    assertUntrusted(deployed, last, fetchedBefore);
    assertUntrusted(deployed, after.bytes(), trusted(server));
  }

  private void assertUntrusted(Deployed deployed, byte[] sealed, TrustedKeys keys) {
    var decryptor = PemDecryptor.of(deployed.keys().privatePem());
    assertThatThrownBy(
            () -> PackageOpener.open(in(sealed), decryptor, keys, serials(deployed.store())))
        .isInstanceOfSatisfying(
            PackageException.class,
            refused -> assertThat(refused.problem()).isEqualTo(PackageProblem.UNTRUSTED_SIGNER));
  }

  private static byte[] exported(TestServer server, Deployed deployed) {
    return server.as(MAY_EXPORT).get(deployed.path()).with(200).bytes();
  }

  private OpenedPackage opened(TestServer server, Deployed deployed, byte[] sealed)
      throws IOException {
    return PackageOpener.open(
        in(sealed),
        PemDecryptor.of(deployed.keys().privatePem()),
        trusted(server),
        serials(deployed.store()));
  }

  private static ByteArrayInputStream in(byte[] sealed) {
    return new ByteArrayInputStream(sealed);
  }

  private static String announced(TestServer server) {
    return server.nobody().get("/pty/v1/rps/jwks").with(200).json().at("/keys/0/kid").asText();
  }

  private static TrustedKeys trusted(TestServer server) {
    return TrustedKeys.fromJwks(server.nobody().get("/pty/v1/rps/jwks").with(200).text());
  }

  private SerialMemory serials(String name) throws IOException {
    return FileSerialMemory.in(directory.resolve("state-" + name));
  }

  /** Keys of the form of the issuer's, which the issuer does not have. */
  private static String strangersJwks() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    var point = ((ECPublicKey) generator.generateKeyPair().getPublic()).getW();
    return "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\","
        + "\"kid\":\"stranger\",\"x\":\""
        + coordinate(point.getAffineX())
        + "\",\"y\":\""
        + coordinate(point.getAffineY())
        + "\"}]}";
  }

  static String coordinate(BigInteger number) {
    byte[] bytes = number.toByteArray();
    var fixed = new byte[32];
    int length = Math.min(bytes.length, fixed.length);
    System.arraycopy(bytes, bytes.length - length, fixed, fixed.length - length, length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
  }
}
