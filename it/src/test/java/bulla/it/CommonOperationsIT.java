package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every API answers under its own base path. */
@SharedServer
class CommonOperationsIT {
  /**
   * An API.
   *
   * @param root its base path
   * @param mayLog the permission to change the level of its log
   * @param path one of the paths that are its own
   */
  record Served(String root, String mayLog, String path) {
    @Override
    public String toString() {
      return root;
    }
  }

  static Stream<Served> apis() {
    return Stream.of(
        new Served("/pty/v1/auth", "role_admin", "/users"),
        new Served("/pty/v2/pim", "workbench_management_policy_write", "/dataelements"),
        new Served(
            "/pty/v1/rps",
            "workbench_deployment_immutablepackage_export",
            "/export/{fingerprint}"));
  }

  @ParameterizedTest
  @MethodSource("apis")
  void theVersionIsToldToWhoeverIsKnown(Served api, TestServer server) {
    JsonNode version = server.as().get(api.root() + "/version").with(200).json();

    assertThat(version.path("version").asText()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
    String built = version.path("buildVersion").asText();
    assertThat(built).startsWith(version.path("version").asText());
    if (Files.exists(Path.of(System.getProperty("bulla.home"), ".git"))) {
      assertThat(built).matches("[0-9.]+\\+[0-9]+\\.g[0-9a-f]+");
    }
    assertThat(version.size()).isEqualTo(2);
    server.nobody().get(api.root() + "/version").problem(401, "UNAUTHENTICATED");
  }

  @ParameterizedTest
  @MethodSource("apis")
  void aServerThatCanWorkIsHealthy(Served api, TestServer server) {
    JsonNode health = server.as().get(api.root() + "/health").with(200).json();

    assertThat(health.toString()).isEqualTo("{\"isHealthy\":true}");
    server.nobody().get(api.root() + "/health").problem(401, "UNAUTHENTICATED");
  }

  /** The container answers it on every port; strangers learn no more than an orchestrator needs. */
  @Test
  void theProbesTellFiveThingsAndNoMore(TestServer server) {
    for (Api port : List.of(server.plain(), server.nobody())) {
      var request = HttpRequest.newBuilder(URI.create(port.url() + "/health/ready"));

      JsonNode ready = port.send(request).with(200).json();

      assertThat(ready.path("status").asText()).isEqualTo("UP");
      assertThat(ready.path("checks"))
          .isNotEmpty()
          .allSatisfy(
              check ->
                  assertThat(check.path("data").fieldNames())
                      .toIterable()
                      .containsExactlyInAnyOrder(
                          "started", "database", "keyring", "journal", "disk"));
    }
  }

  @ParameterizedTest
  @MethodSource("apis")
  void theDocumentIsYamlUnlessJsonIsAskedFor(Served api, TestServer server) throws IOException {
    Api user = server.as();

    Answer unasked = user.get(api.root() + "/doc").with(200);
    Answer yaml = user.get(api.root() + "/doc", "Accept", "application/x-yaml").with(200);
    Answer json = user.get(api.root() + "/doc", "Accept", "application/json").with(200);

    assertThat(unasked.header("Content-Type")).startsWith("application/x-yaml");
    assertThat(yaml.header("Content-Type")).startsWith("application/x-yaml");
    assertThat(yaml.text()).isEqualTo(unasked.text()).contains("openapi: 3", api.path() + ":");
    assertThat(json.header("Content-Type")).startsWith("application/json");
    assertThat(json.json().path("openapi").asText()).startsWith("3.1.");
    assertThat(new ObjectMapper(new YAMLFactory()).readTree(yaml.text())).isEqualTo(json.json());
    Answer named = user.get(api.root() + "/doc", "Accept", "application/yaml").with(200);
    assertThat(named.header("Content-Type")).startsWith("application/yaml");
    assertThat(named.text()).isEqualTo(unasked.text());
    Answer rather =
        user.get(
                api.root() + "/doc",
                "Accept",
                "application/json;q=0.5, application/yaml;q=0.9, text/html")
            .with(200);
    assertThat(rather.header("Content-Type")).startsWith("application/yaml");
    Answer not =
        user.get(api.root() + "/doc", "Accept", "application/json;q=0, application/x-yaml")
            .with(200);
    assertThat(not.header("Content-Type")).startsWith("application/x-yaml");
    server.nobody().get(api.root() + "/doc").problem(401, "UNAUTHENTICATED");
  }

  @ParameterizedTest
  @MethodSource("apis")
  void theDocumentListsThePathsOfItsOwnApiAlone(Served api, TestServer server) {
    JsonNode paths =
        server
            .as()
            .get(api.root() + "/doc", "Accept", "application/json")
            .with(200)
            .json()
            .path("paths");

    for (String common : new String[] {"/version", "/health", "/doc", "/log", api.path()}) {
      assertThat(paths.has(common)).as(common).isTrue();
    }
    apis()
        .filter(other -> !other.equals(api))
        .forEach(other -> assertThat(paths.has(other.path())).as(other.path()).isFalse());
  }

  @ParameterizedTest
  @MethodSource("apis")
  void theLogLevelChangesAtOnceAndBack(Served api, TestServer server) {
    Api user = server.as(api.mayLog());
    String log = api.root() + "/log";

    for (String level : new String[] {"FINEST", "SEVERE", "INFO"}) {
      assertThat(user.post(log, Map.of("level", level)).with(200).json().toString())
          .isEqualTo("{\"level\":\"" + level + "\"}");
      assertThat(user.get(log).with(200).json().path("level").asText()).isEqualTo(level);
    }
  }

  @ParameterizedTest
  @MethodSource("apis")
  void theLevelDecidesWhatThisApisLogShows(Served api, TestServer server) throws IOException {
    Api user = server.as(api.mayLog());
    String log = api.root() + "/log";
    Served other = apis().filter(candidate -> !candidate.equals(api)).findFirst().orElseThrow();

    user.post(log, Map.of("level", "FINEST")).with(200);
    String shown = user.get(api.root() + "/version").with(200).header("X-Correlation-ID");
    String ofOther = user.get(other.root() + "/version").with(200).header("X-Correlation-ID");
    user.post(log, Map.of("level", "SEVERE")).with(200);
    String hidden = user.get(api.root() + "/version").with(200).header("X-Correlation-ID");
    user.post(log, Map.of("level", "FINEST")).with(200);
    String last = user.get(api.root() + "/version").with(200).header("X-Correlation-ID");
    user.post(log, Map.of("level", "INFO")).with(200);

    String route = "FINEST: GET " + api.root() + "/version by ";
    assertThat(Logs.ofCall(server, last)).singleElement().asString().startsWith(route);
    assertThat(Logs.ofCall(server, shown)).singleElement().asString().startsWith(route);
    assertThat(Logs.ofCall(server, ofOther)).isEmpty();
    assertThat(Logs.ofCall(server, hidden)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("apis")
  void anUnknownLogLevelIsAnsweredWithTheKnownOnes(Served api, TestServer server) {
    Api user = server.as(api.mayLog());
    String before = user.get(api.root() + "/log").with(200).text();

    JsonNode problem =
        user.post(api.root() + "/log", Map.of("level", "LOUD")).problem(400, "INVALID_VALUE");

    assertThat(problem.path("detail").asText())
        .contains("SEVERE", "WARNING", "INFO", "CONFIG", "FINE", "FINER", "FINEST");
    assertThat(user.get(api.root() + "/log").with(200).text()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("apis")
  void theLogLevelIsForThoseWhoMayChangeTheApi(Served api, TestServer server) {
    Map<String, String> finest = Map.of("level", "FINEST");

    JsonNode problem = server.as().post(api.root() + "/log", finest).problem(403, "FORBIDDEN");

    assertThat(problem.path("detail").asText()).contains(api.mayLog());
    server.nobody().post(api.root() + "/log", finest).problem(401, "UNAUTHENTICATED");
  }
}
