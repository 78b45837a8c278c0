package bulla.it;

import bulla.launcher.Installation;
import bulla.launcher.server.LibertyServer;
import bulla.launcher.server.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A server of the built checkout, as the launcher starts it, on a data directory of its own. */
final class TestServer implements AutoCloseable {
  static final String ADMINISTRATOR = "admin";

  /** Empty where the server is to make one. */
  static final String ADMINISTRATOR_PASSWORD = "BULLA_ADMIN_PASSWORD";

  private static final String CLIENT_CA = "client-ca.pem";

  /** Collecting 64 MB of the young took a twelfth of the processor time of these servers. */
  static final String JVM_OPTIONS = "-XX:ReservedCodeCacheSize=128m -Xms512m -Xmx768m -Xmn256m";

  /** None of them runs long enough to earn back what C2 costs for everything. */
  private static final List<String> COMPILER =
      List.of(
          "-XX:CompilerDirectivesFile="
              + Path.of(System.getProperty("bulla.home"), "gates", "test-compiler.json"));

  private final Installation installation = Installation.current();
  private final Settings settings;
  private final LibertyServer server;
  private final ClientAuthority clientAuthority = new ClientAuthority();
  private final Map<Set<String>, Api> sessions = new ConcurrentHashMap<>();
  private Api administrator;

  private TestServer(Path directory, Map<String, String> more) throws IOException {
    var environment = new HashMap<String, String>();
    environment.put("BULLA_SOURCE_DIR", directory.resolve("sources").toString());
    environment.put("BULLA_SOURCE_NETWORKS", "127.0.0.0/8,::1/128");
    environment.put("BULLA_CLIENT_CA_FILE", directory.resolve(CLIENT_CA).toString());
    environment.put("BULLA_CORS_ORIGINS", CorsIT.PORTAL + ",https://other.example.com:8443");
    environment.put("BULLA_ISSUER", "https://bulla.example");
    environment.put("BULLA_SAML_METADATA_CA_FILE", directory.resolve(CLIENT_CA).toString());
    environment.put("BULLA_SAML_METADATA_NETWORKS", IdentityProvider.ADDRESS + "/32");
    environment.put("BULLA_TRUSTED_PROXIES", "127.0.0.1");
    environment.put("BULLA_AUDIT_FILES", directory.resolve("audit-files").toString());
    environment.put("BULLA_RPS_POST_EXPORT", "true");
    environment.put("BULLA_RPS_POST_EXPORT_WEAK", "true");
    // All tests come from one address, and many of them fail to log in on purpose.
    environment.put("BULLA_LOGIN_FAILURES_PER_ADDRESS", "100000");
    environment.put("BULLA_LOCKOUT_FAILURES_PER_ADDRESS", "100000");
    // MicroProfile Config would take parts of it for expressions.
    environment.put(ADMINISTRATOR_PASSWORD, "Made-4-tests-$$-${none}-${some:thing}");
    environment.put("BULLA_JVM_OPTIONS", JVM_OPTIONS);
    environment.putAll(more);
    // An empty one is unset, so that a test can take one of these away.
    environment.values().removeIf(String::isEmpty);
    this.settings = Settings.onFreePorts(directory, environment, installation);
    this.server = new LibertyServer(installation, settings, COMPILER);
  }

  /** A server that has no data yet and does not run; {@code directory} is emptied. */
  static TestServer fresh(Path directory) {
    return fresh(directory, Map.of());
  }

  /** The same, with {@code more} environment variables. */
  static TestServer fresh(Path directory, Map<String, String> more) {
    try {
      var fresh = new TestServer(directory, more);
      // What an interrupted run has left behind.
      fresh.server.stop();
      delete(directory);
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(CLIENT_CA), fresh.clientAuthority.pem());
      Path sources = Files.createDirectories(directory.resolve("sources"));
      Files.write(sources.resolve("users.txt"), List.of("alice", "bob"));
      Files.write(sources.resolve("groups.txt"), List.of("[team]", "alice", "bob"));
      return fresh;
    } catch (IOException failed) {
      throw new UncheckedIOException("No directory for a server", failed);
    }
  }

  void start() {
    server.start(Duration.ofSeconds(30), System.err::println);
  }

  /** Kills it, as a power failure would. */
  void kill() {
    var process = server.running().orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
  }

  boolean isRunning() {
    return server.running().isPresent();
  }

  /** Runs a command of the launcher on the data of this server, and returns what it says. */
  String command(String... arguments) {
    return command(Map.of(), arguments);
  }

  /** The same, with {@code more} environment variables. */
  String command(Map<String, String> more, String... arguments) {
    var command = new ArrayList<>(List.of(installation.home().resolve("bulla").toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(settings.environment());
    builder.environment().putAll(more);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + said);
      }
      return said;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", interrupted);
    }
  }

  /** Another hand on the same data directory. */
  LibertyServer again() {
    return new LibertyServer(installation, settings, COMPILER);
  }

  Path data() {
    return settings.data();
  }

  /** The certificate of the authority that vouches for the server. */
  Path authority() {
    return settings.authority();
  }

  Path logs() {
    return settings.logs();
  }

  /** The APIs as nobody sees them over HTTPS. */
  Api nobody() {
    try {
      return new Api(Https.trusting(authority()), settings.url(), "");
    } catch (IOException | GeneralSecurityException unusable) {
      throw new IllegalStateException("The server's authority cannot be trusted", unusable);
    }
  }

  /** The authority whose client certificates the server accepts. */
  ClientAuthority clientAuthority() {
    return clientAuthority;
  }

  /** The APIs over a new connection that shows a client certificate. */
  Api showing(PrivateKey key, X509Certificate certificate) {
    try {
      return new Api(Https.showing(settings.authority(), key, certificate), settings.url(), "");
    } catch (IOException | GeneralSecurityException unusable) {
      throw new IllegalStateException("The certificate cannot be shown", unusable);
    }
  }

  /** The APIs as nobody sees them over plain HTTP. */
  Api plain() {
    return new Api(
        nobody().http(), "http://" + settings.httpHost() + ":" + settings.httpPort(), "");
  }

  /** The APIs as the first administrator sees them, who logs in once. */
  synchronized Api administrator() {
    if (administrator == null) {
      administrator = nobody().loggedIn(ADMINISTRATOR, administratorPassword());
    }
    return administrator;
  }

  String administratorPassword() {
    String given = settings.environment().get(ADMINISTRATOR_PASSWORD);
    if (given != null) {
      return given;
    }
    try {
      return Files.readString(data().resolve("admin.password")).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A new user with exactly these permissions, in a role of its own, who has not logged in. */
  TestUser user(String... permissions) {
    Api administrator = administrator();
    String role = unique("role");
    administrator
        .post(
            "/pty/v1/auth/roles",
            Map.of("name", role, "description", "A test", "permissions", List.of(permissions)))
        .with(200);
    String name = unique("user");
    String password = "Passphrase-" + UUID.randomUUID();
    String id =
        administrator
            .post(
                "/pty/v1/auth/users",
                Map.of(
                    "username",
                    name,
                    "email",
                    name + "@example.com",
                    "firstName",
                    "A",
                    "lastName",
                    "Test",
                    "enabled",
                    true,
                    "password",
                    password,
                    "roles",
                    List.of(role)))
            .with(200)
            .json()
            .path("user_id")
            .asText();
    return new TestUser(id, name, password, role, List.of(permissions));
  }

  /**
   * The APIs as a user with these permissions sees them, and with the one to have tokens. All tests
   * that ask for the same permissions get the same session, because a hundred passwords take ten
   * seconds to hash; whatever ends a session is done to a {@link #user} of one's own.
   */
  Api as(String... permissions) {
    return sessions.computeIfAbsent(
        Set.of(permissions),
        wanted -> {
          var all = new TreeSet<>(wanted);
          all.add("can_create_token");
          TestUser user = user(all.toArray(String[]::new));
          return nobody().loggedIn(user.name(), user.password());
        });
  }

  /** The APIs as a security officer sees them, with policy management initialised. */
  Api officer() {
    Api officer = as("workbench_management_policy_write");
    officer.post("/pty/v2/pim/init").with(200);
    return officer;
  }

  /** A name that no other test uses. */
  static String unique(String prefix) {
    return prefix + "-" + UUID.randomUUID().toString().substring(0, 13);
  }

  @Override
  public void close() {
    server.stop();
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (var paths = Files.walk(directory)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
