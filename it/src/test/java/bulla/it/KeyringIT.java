package bulla.it;

import static bulla.it.Samples.PIM;
import static bulla.it.TestServer.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.launcher.CommandFailure;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Rotation of the keys of the server, and another place for the master key; on its own server. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(1)
class KeyringIT {
  private static final String KEYRING = "/pty/v1/auth/keyring";
  private static final String JWKS = "/pty/v1/auth/jwks";
  private static final int ELEMENTS = 40;
  private static final int ROTATIONS = Integer.getInteger("bulla.rotations", 3);

  private final Path directory =
      Path.of(System.getProperty("it.directory"), "keyring").toAbsolutePath();
  private final Path passphrase = directory.resolve("passphrase");
  private final TestServer server =
      TestServer.fresh(
          directory,
          Map.of(
              "BULLA_MASTER_PASSPHRASE_FILE",
              passphrase.toString(),
              "BULLA_ACCESS_TOKEN_SECONDS",
              "3600"));
  private Api keeper;
  private Api officer;
  private Api exporter;
  private String policy;
  private String store;
  private String export;

  @BeforeAll
  void start() throws IOException {
    Files.writeString(passphrase, "generated for a test: " + unique("passphrase") + "\n");
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
    server.start();
    keeper = server.as("keyring_admin", "insight_viewer");
    officer = server.officer();
    exporter = server.as("workbench_deployment_immutablepackage_export");
    policy = officer.create(PIM + "/policies", Samples.policy(unique("policy")));
    String role = officer.create(PIM + "/roles", Samples.role(unique("role")));
    for (int i = 0; i < ELEMENTS; i++) {
      String element =
          officer.create(PIM + "/dataelements", Samples.dataElement(unique("element")));
      officer
          .post(PIM + "/policies/" + policy + "/rules", Samples.rule(role, element, "EXCEPTION"))
          .with(201);
    }
    store = officer.create(PIM + "/datastores", Samples.dataStore(unique("store")));
    String print = ConsumerKeys.make().addTo(officer, store).replace(":", "");
    export = "/pty/v1/rps/export/" + print + "?version=1&coreVersion=1";
    requireEveryKeyOpens();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /** A deploy opens the key of every element, an export that which signs packages. */
  private void requireEveryKeyOpens() {
    officer.post(PIM + "/datastores/" + store + "/deploy", Samples.deploy(policy)).with(200);
    exporter.get(export).with(200);
    keeper.get(KEYRING).with(200);
  }

  @Test
  void nothingFailsWhileEveryKeyIsRotated() throws Exception {
    TestUser user = server.user("can_create_token");
    var ended = new AtomicBoolean();
    var calls = new AtomicInteger();
    var threads = Executors.newFixedThreadPool(3);
    var work = new ArrayList<Future<?>>();
    try {
      work.add(
          threads.submit(
              () -> {
                while (!ended.get()) {
                  server
                      .nobody()
                      .loggedIn(user.name(), user.password())
                      .get("/pty/v1/auth/version")
                      .with(200);
                  calls.incrementAndGet();
                }
              }));
      work.add(
          threads.submit(
              () -> {
                while (!ended.get()) {
                  officer.create(PIM + "/dataelements", Samples.dataElement(unique("under-load")));
                  calls.incrementAndGet();
                }
              }));
      work.add(
          threads.submit(
              () -> {
                while (!ended.get()) {
                  requireEveryKeyOpens();
                  calls.incrementAndGet();
                }
              }));
      for (int i = 0; i < ROTATIONS; i++) {
        keeper.post(KEYRING + "/rotate", Map.of()).with(200);
        awaitRewrapped();
      }
      keeper.post("/pty/v1/auth/keyring/rotate", Map.of("keyEncryptionKeys", false)).with(200);
    } finally {
      ended.set(true);
      threads.shutdown();
    }
    for (Future<?> each : work) {
      each.get();
    }
    assertThat(calls.get()).isGreaterThan(10);
    requireEveryKeyOpens();
    JsonNode found = keeper.get(KEYRING).with(200).json();
    int master = found.at("/masterKey/version").asInt();
    assertThat(master).isGreaterThanOrEqualTo(2 + ROTATIONS);
    var expected = new ArrayList<String>();
    expected.add("master/" + master);
    for (String module : List.of("audit", "identity", "pim", "rps")) {
      assertThat(newest(found, module)).as(module).isGreaterThanOrEqualTo(1 + ROTATIONS);
      for (int version = 2; version <= newest(found, module); version++) {
        expected.add(module + "/" + version);
      }
    }
    JsonNode entries =
        keeper.get("/pty/v1/auth/audit/events?object=keyring&action=ROTATE").with(200).json();
    assertThat(entries.findValuesAsText("objectId")).containsAll(expected);
  }

  @Test
  void aRotationThatIsKilledIsResumedAndEnds() {
    long seed = Long.getLong("bulla.kill.seed", 7);
    var random = new Random(seed);
    int kills = Integer.getInteger("bulla.kills", 3);
    for (int i = 0; i < kills; i++) {
      Thread rotation =
          new Thread(
              () -> {
                try {
                  keeper.post(KEYRING + "/rotate", Map.of());
                } catch (UncheckedIOException killed) {
                  // The answer may get lost with the server.
                  assertThat(killed).hasMessage("No answer");
                }
              });
      rotation.start();
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(6000)).toNanos());
      server.kill();
      server.start();
      requireEveryKeyOpens();
    }
    awaitRewrapped();
    requireEveryKeyOpens();
    JsonNode found = keeper.get(KEYRING).with(200).json();
    assertThat(found.at("/masterKey/formerProvider").isNull()).isTrue();
  }

  @Test
  void theMasterKeyMovesToAPassphraseAndBack() throws IOException {
    Path pkcs12 = server.data().resolve("keyring").resolve("master.p12");
    Path file = server.data().resolve("keyring").resolve("master.passphrase");

    keeper.post(KEYRING + "/move", Map.of("provider", "passphrase")).with(200);
    awaitRewrapped();
    assertThat(pkcs12).doesNotExist();
    assertThat(file).exists();
    requireEveryKeyOpens();
    keeper
        .post(KEYRING + "/move", Map.of("provider", "passphrase"))
        .problem(409, "MASTER_KEY_REFUSED");
    keeper.post(KEYRING + "/move", Map.of("provider", "pkcs11")).problem(409, "MASTER_KEY_REFUSED");

    keeper.post(KEYRING + "/move", Map.of("provider", "pkcs12")).with(200);
    awaitRewrapped();
    assertThat(file).doesNotExist();
    requireEveryKeyOpens();
    assertThat(
            keeper.get("/pty/v1/auth/audit/events?action=MOVE").json().findValuesAsText("detail"))
        .contains("to passphrase", "to pkcs12");
  }

  @Test
  void aServerStartsWithItsPassphraseAloneAndWithSettingsInTheirBounds() throws IOException {
    Path file = server.data().resolve("keyring").resolve("master.passphrase");
    keeper.post(KEYRING + "/move", Map.of("provider", "passphrase")).with(200);
    awaitRewrapped();
    server.close();

    String right = Files.readString(passphrase);
    Files.writeString(passphrase, "another passphrase than that\n");
    assertThatThrownBy(server::start)
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("The passphrase of the key store " + file + " is wrong");
    Files.writeString(passphrase, right);
    // Which nobody logs but the container.
    assertThatThrownBy(
            () -> server.command(Map.of("BULLA_PACKAGE_LIFETIME_DAYS", "36501"), "server", "start"))
        .hasMessageContaining("BULLA_PACKAGE_LIFETIME_DAYS must be 0 to 36500");
    server.start();
    requireEveryKeyOpens();
    keeper.post(KEYRING + "/move", Map.of("provider", "pkcs12")).with(200);
    awaitRewrapped();
  }

  @Test
  void onlyAKeeperSeesAndRotatesKeys() {
    Api other = server.as("role_admin", "user_manager_admin", "insight_admin");
    other.get(KEYRING).problem(403, "FORBIDDEN");
    other.post(KEYRING + "/rotate", Map.of()).problem(403, "FORBIDDEN");
    other.post(KEYRING + "/move", Map.of("provider", "passphrase")).problem(403, "FORBIDDEN");
    server.nobody().get(KEYRING).problem(401, "UNAUTHENTICATED");
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    keeper
        .post(KEYRING + "/rotate", Map.of("masterKey", false, "keyEncryptionKeys", false))
        .problem(400, "INVALID_VALUE");
    keeper.post(KEYRING + "/rotate", Map.of("master", true)).problem(400, "UNKNOWN_MEMBER");
    keeper.post(KEYRING + "/move", Map.of()).problem(400, "INVALID_VALUE");
    keeper.post(KEYRING + "/move", Map.of("provider", "vault")).problem(400, "INVALID_VALUE");
  }

  @Test
  void theCommandLineRotatesAndWaits() {
    String said =
        server.command(
            Map.of("BULLA_TOKEN", keeper.authorization().substring("Bearer ".length())),
            "keyring",
            "rotate",
            "--key-encryption-keys",
            "--wait");
    assertThat(said).contains("Master key", "ACTIVE", "RETIRING", "wrapped anew");
    assertThat(server.nobody().get(JWKS).with(200).text()).contains("keys");
  }

  private void awaitRewrapped() {
    Instant end = Instant.now().plusSeconds(60);
    while (true) {
      JsonNode found = keeper.get(KEYRING).with(200).json();
      if (found.at("/masterKey/formerProvider").isNull() && isRewrapped(found.path("keys"))) {
        return;
      }
      assertThat(Instant.now()).as(found::toPrettyString).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  private static boolean isRewrapped(JsonNode keys) {
    for (JsonNode key : keys) {
      if (key.path("state").asText().equals("RETIRING")
          && (key.path("total").asLong() == 0
              || key.path("rewrapped").asLong() < key.path("total").asLong())) {
        return false;
      }
    }
    return true;
  }

  private static int newest(JsonNode found, String module) {
    int newest = 0;
    for (JsonNode key : found.path("keys")) {
      if (key.path("module").asText().equals(module)) {
        newest = Math.max(newest, key.path("version").asInt());
      }
    }
    return newest;
  }
}
