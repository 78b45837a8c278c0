package bulla.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.launcher.CommandFailure;
import bulla.launcher.Installation;
import bulla.launcher.server.LibertyServer;
import bulla.launcher.server.Settings;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiClientTest {
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private int lifetime;
  private int issued;
  private HttpsServer server;
  private ApiClient client;
  private Path authority;

  @BeforeEach
  void serve(@TempDir Path data) throws IOException, GeneralSecurityException {
    Settings settings =
        Settings.from(Map.of("BULLA_DATA_DIR", data.toString()), new Installation(data));
    new LibertyServer(new Installation(data), settings).renewCertificate();
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    server.setHttpsConfigurator(new HttpsConfigurator(identity(data.resolve("tls"))));
    server.createContext("/", this::answer);
    server.start();
    authority = settings.authority();
    client =
        new ApiClient(
            "https://localhost:" + server.getAddress().getPort(),
            settings.authority(),
            new PrintWriter(Writer.nullWriter()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost:9443", "http://localhost:9080", "https://a b", "https://h/x"})
  void whatIsNoServerIsRefused(String url) {
    assertThatThrownBy(() -> new ApiClient(url, authority, new PrintWriter(Writer.nullWriter())))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("https://bulla.example.com:9443");
  }

  @Test
  void aServerThatIsNotThereIsToldInWords() {
    var out = new PrintWriter(Writer.nullWriter());
    assertThatThrownBy(() -> new ApiClient("https://nowhere.invalid", authority, out).get("/x"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageEndingWith("/x failed: no name server knows the host");
    assertThatThrownBy(() -> new ApiClient("https://127.0.0.1:1", authority, out).get("/x"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageEndingWith("/x failed: nothing answers there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret.part\nof.it", "secret part", ""})
  void whatIsNoTokenIsRefusedWithoutShowingIt(String token) {
    assertThatThrownBy(() -> client.useToken(token))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("BULLA_TOKEN")
        .hasMessageNotContaining("secret");
  }

  private static SSLContext identity(Path tls) throws IOException, GeneralSecurityException {
    char[] password = Files.readString(tls.resolve("keystore.password")).strip().toCharArray();
    var store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(tls.resolve("server.p12"))) {
      store.load(in, password);
    }
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** Issues numbered tokens, and takes the newest alone. */
  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      calls.add(path);
      boolean login = path.endsWith("/login/token");
      boolean refresh = path.endsWith("/login/refresh");
      boolean known =
          login
              || (refresh
                  ? body.equals("{\"refreshToken\":\"refresh-" + issued + "\"}")
                  : ("Bearer access-" + issued)
                      .equals(exchange.getRequestHeaders().getFirst("Authorization")));
      String answer = "{}";
      if (login || refresh) {
        issued++;
        exchange.getResponseHeaders().add("pty_access_jwt_token", "access-" + issued);
        answer =
            "{\"data\":{\"refreshToken\":\"refresh-%d\",\"expiresIn\":%d,\"refreshExpiresIn\":%d}}"
                .formatted(issued, lifetime, lifetime);
      }
      exchange.sendResponseHeaders(known ? 200 : 401, answer.length());
      exchange.getResponseBody().write(answer.getBytes(StandardCharsets.US_ASCII));
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aSessionGoesOnWhenHalfOfItsTokensLifeHasPassed() {
    lifetime = 0;
    client.login("admin", "password");
    client.get("/one");
    client.get("/two");
    assertThat(calls)
        .containsExactly(
            "/pty/v1/auth/login/token",
            "/pty/v1/auth/login/refresh",
            "/one",
            "/pty/v1/auth/login/refresh",
            "/two");
  }

  @Test
  void tokensThatLastAreUsedAsTheyAre() {
    lifetime = 1800;
    client.login("admin", "password");
    client.get("/one");
    assertThat(calls).containsExactly("/pty/v1/auth/login/token", "/one");
  }

  @Test
  void aTokenThatWasGivenCannotBeExchanged() {
    client.useToken("ended");
    assertThatThrownBy(() -> client.get("/one"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("GET /one answered 401");
    assertThat(calls).containsExactly("/one");
  }
}
