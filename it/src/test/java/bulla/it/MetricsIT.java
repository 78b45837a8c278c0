package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The metrics as a monitoring system reads them over HTTPS. */
@SharedServer
class MetricsIT {
  private static final String METRICS = "/pty/v1/auth/metrics";

  @Test
  void aRequestIsCountedUnderItsRoute(TestServer server) {
    Api operator = server.as("insight_viewer", "user_manager_viewer");
    String series =
        "http_server_request_duration_seconds_count{http_request_method=\"GET\","
            + "http_response_status_code=\"404\",http_route=\"/pty/v1/auth/users/{id}\"}";
    double before = value(operator.get(METRICS).with(200).text(), series);

    operator.get("/pty/v1/auth/users/nobody-has-this-id").with(404);

    String metrics = operator.get(METRICS).with(200).text();
    assertThat(value(metrics, series)).isEqualTo(before + 1);
    assertThat(metrics).doesNotContain("nobody-has-this-id");
  }

  @Test
  void aLoginIsCounted(TestServer server) {
    Api operator = server.as("insight_viewer");
    TestUser user = server.user("can_create_token");
    String series = "bulla_logins_total{outcome=\"succeeded\"}";
    double before = value(operator.get(METRICS).with(200).text(), series);

    server.nobody().login(user.name(), user.password()).with(200);

    assertThat(value(operator.get(METRICS).with(200).text(), series)).isEqualTo(before + 1);
  }

  @Test
  void exportsAndDeploysHaveTheirSeries(TestServer server) {
    Api operator = server.as("insight_viewer", "workbench_management_policy_write");
    operator.post("/pty/v2/pim/init").with(200);
    operator.get("/pty/v1/rps/export/" + "00".repeat(32) + "?version=1&coreVersion=1").with(403);
    operator
        .post(
            "/pty/v2/pim/datastores/999999/deploy",
            Map.of("policies", List.of(), "applications", List.of()))
        .with(404);

    assertThat(operator.get(METRICS).with(200).text())
        .contains(
            "http_response_status_code=\"403\",http_route=\"/pty/v1/rps/export/{fingerprint}\"}",
            "http_response_status_code=\"404\",http_route=\"/pty/v2/pim/datastores/{uid}/deploy\"}");
  }

  @Test
  void whatNobodyServesMakesNoSeriesOfItsOwn(TestServer server) {
    Api operator = server.as("insight_viewer");

    operator.get("/pty/v1/auth/no-such-path-1").with(404);
    operator.get("/pty/v1/auth/no-such-path-2").with(404);

    String metrics = operator.get(METRICS).with(200).text();
    assertThat(metrics).doesNotContain("no-such-path").contains("http_route=\"none\"");
  }

  @Test
  void theJavaMachineAndTheQueueAreAmongThem(TestServer server) {
    Answer answer = server.as("insight_viewer").get(METRICS).with(200);

    assertThat(answer.header("Content-Type")).contains("text/plain", "version=0.0.4");
    assertThat(answer.text())
        .contains("jvm_memory_used_bytes{area=\"heap\"}", "bulla_password_hashing_waiting");
  }

  @Test
  void theDashboardAsksForNothingElse(TestServer server) throws IOException {
    String metrics = server.as("insight_viewer").get(METRICS).with(200).text();
    String dashboard =
        Files.readString(
            Path.of(System.getProperty("bulla.home"), "liberty/grafana-dashboard.json"));
    List<String> asked =
        Pattern.compile("\\b(?:bulla|jvm|http_server)_[a-z_]+(?=[{,)])")
            .matcher(dashboard)
            .results()
            .map(MatchResult::group)
            .distinct()
            .toList();

    assertThat(metrics.lines().filter(line -> line.startsWith("# TYPE bulla_")))
        .hasSizeGreaterThan(3)
        .allMatch(line -> asked.contains(line.split(" ", -1)[2]));
    assertThat(asked)
        .hasSizeGreaterThan(4)
        .allMatch(
            name -> metrics.contains("\n" + name + "{") || metrics.contains("\n" + name + " "));
  }

  @Test
  void theyAreNotForEveryone(TestServer server) {
    server.nobody().get(METRICS).problem(401, "UNAUTHENTICATED");
    server.as("can_create_token").get(METRICS).problem(403, "FORBIDDEN");
  }

  private static double value(String metrics, String series) {
    Matcher line =
        Pattern.compile("^" + Pattern.quote(series) + " (\\S+)$", Pattern.MULTILINE)
            .matcher(metrics);
    return line.find() ? Double.parseDouble(line.group(1)) : 0;
  }
}
