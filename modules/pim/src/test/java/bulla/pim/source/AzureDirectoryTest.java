package bulla.pim.source;

import static bulla.pim.object.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulla.pim.object.PimProblem;
import bulla.pim.source.SourceTestView.TestedStep;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server that answers as the documentation of Microsoft Graph v1.0 says. */
class AzureDirectoryTest {
  private static final String SECRET = "the client's secret";
  private static final String TOKEN = "eyJ0eXAiOiJKV1Qi.e30.c2ln";

  private final Map<String, String> answers = new HashMap<>();
  private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
  private HttpServer server;
  private String base;

  @BeforeEach
  void aDirectory() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::answer);
    server.start();
    base = "http://127.0.0.1:" + server.getAddress().getPort();
    answers.put(
        "/v1.0/users?$select=id,userPrincipalName&$top=999",
        """
        {"@odata.context":"%1$s/v1.0/$metadata#users(id,userPrincipalName)",
         "@odata.nextLink":"%1$s/v1.0/users?$select=id,userPrincipalName&$top=999&$skiptoken=RFNwd",
         "value":[{"id":"u1","userPrincipalName":"anna@example.com"}]}
        """
            .formatted(base));
    answers.put(
        "/v1.0/users?$select=id,userPrincipalName&$top=999&$skiptoken=RFNwd",
        """
        {"value":[{"id":"u2","userPrincipalName":"bob@example.com"},
                  {"id":"u3","userPrincipalName":null}]}
        """);
    answers.put(
        "/v1.0/groups?$select=id,displayName&$top=999",
        """
        {"value":[{"id":"g1","displayName":"Staff"},{"id":"g2","displayName":"Others"}]}
        """);
    answers.put(
        "/v1.0/groups/g1/transitiveMembers/microsoft.graph.user?$select=id,userPrincipalName&$top=999&$count=true",
        """
        {"@odata.count":2,
         "@odata.nextLink":"%1$s/v1.0/groups/g1/transitiveMembers/microsoft.graph.user?$select=id,userPrincipalName&$top=999&$count=true&$skiptoken=RFNwd",
         "value":[{"id":"u2","userPrincipalName":"bob@example.com"}]}
        """
            .formatted(base));
    answers.put(
        "/v1.0/groups/g1/transitiveMembers/microsoft.graph.user?$select=id,userPrincipalName&$top=999&$count=true&$skiptoken=RFNwd",
        """
        {"value":[{"id":"u4","userPrincipalName":"carol@example.com"}]}
        """);
    answers.put(
        "/v1.0/groups/g1/members/microsoft.graph.user?$select=id,userPrincipalName&$top=999&$count=true",
        """
        {"value":[]}
        """);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void usersAndTheGroupsThatAreNeededAreReadPageByPage() throws Exception {
    SourceContent content = reading().read(source(Map.of()), Set.of("STAFF"), Readings.PATIENCE);
    assertThat(content.user("Anna@example.com")).contains("anna@example.com");
    assertThat(content.user("bob@example.com")).isPresent();
    assertThat(content.group("staff")).contains(List.of("bob@example.com", "carol@example.com"));
    assertThat(content.covers("staff")).isTrue();
    assertThat(content.covers("others")).isFalse();
    assertThat(requests)
        .first()
        .asString()
        .isEqualTo(
            "POST /contoso.onmicrosoft.com/oauth2/v2.0/token client_id=1234-abcd&scope="
                + java.net.URLEncoder.encode(base + "/.default", StandardCharsets.UTF_8)
                + "&client_secret=the+client%27s+secret&grant_type=client_credentials");
    assertThat(requests).noneMatch(request -> request.contains("/groups/g2/"));
  }

  @Test
  void membersOfInnerGroupsAreLeftOutWhereTheSourceSaysSo() throws Exception {
    SourceContent content =
        reading().read(source(Map.of("recursive", false)), Set.of("Staff"), Readings.PATIENCE);
    assertThat(content.group("staff")).contains(List.of());
  }

  @Test
  void aTestCountsGroupsWithoutTheirMembers() {
    assertThat(reading().test(source(Map.of())))
        .isEqualTo(
            new SourceTestView(
                TestedStep.passed(),
                TestedStep.passed(),
                TestedStep.passed(2),
                TestedStep.passed(2)));
    assertThat(requests).noneMatch(request -> request.contains("Members"));
  }

  @Test
  void groupsOfTheSameNameAreNotOne() throws Exception {
    answers.put(
        "/v1.0/groups?$select=id,displayName&$top=999",
        """
        {"value":[{"id":"g1","displayName":"Staff"},{"id":"g2","displayName":"STAFF"},
                  {"id":"g3","displayName":"Others"}]}
        """);
    answers.put(
        "/v1.0/groups/g2/transitiveMembers/microsoft.graph.user?$select=id,userPrincipalName&$top=999&$count=true",
        "{\"value\":[{\"id\":\"u1\",\"userPrincipalName\":\"anna@example.com\"}]}");
    SourceContent content = reading().read(source(Map.of()), Set.of("staff"), Readings.PATIENCE);
    assertThat(problem(PimProblem.SOURCE_UNAVAILABLE, () -> content.group("staff")).detail())
        .contains("Group 'staff' cannot be read");
    assertThat(content.group("others")).isPresent();
    assertThat(reading().test(source(Map.of())).groups())
        .isEqualTo(
            TestedStep.passed(
                3,
                "There are several groups of the name 'staff', whatever their case; no role can"
                    + " have them as members"));
  }

  @ParameterizedTest
  @CsvSource({
    "401,The directory does not accept the application (status 401)",
    "400,The directory does not accept the application (status 400)",
    "302,The directory does not accept the application (status 302)"
  })
  void anApplicationThatIsNotAcceptedFailsTheAuthentication(int status, String told) {
    answers.put("token", Integer.toString(status));
    assertThat(reading().test(source(Map.of())))
        .isEqualTo(
            new SourceTestView(
                TestedStep.passed(),
                TestedStep.failed(told),
                TestedStep.skipped(),
                TestedStep.skipped()));
  }

  @Test
  void aPlatformThatFailsIsNoRefusal() {
    answers.put("token", "503");
    assertThat(reading().test(source(Map.of())).connection())
        .isEqualTo(TestedStep.failed("The identity platform is not available (status 503)"));
  }

  @Test
  void theTokenGoesToNoOtherHost() {
    answers.put(
        "/v1.0/users?$select=id,userPrincipalName&$top=999",
        "{\"value\":[],\"@odata.nextLink\":\"http://127.0.0.2/v1.0/users\"}");
    assertThatThrownBy(() -> reading().read(source(Map.of()), Set.of(), Readings.PATIENCE))
        .hasMessage("The directory says that it goes on at another address");
  }

  @Test
  void aPermissionThatIsMissingIsToldByItsStep() {
    answers.remove("/v1.0/groups?$select=id,displayName&$top=999");
    SourceTestView result = reading().test(source(Map.of()));
    assertThat(result.groups())
        .isEqualTo(TestedStep.failed("The directory does not answer (status 403)"));
    assertThat(result.users()).isEqualTo(TestedStep.passed(2));
  }

  @Test
  void whatIsNoJsonOrTooLargeIsRefused() {
    String users = "/v1.0/users?$select=id,userPrincipalName&$top=999";
    answers.put(users, "<html>");
    assertThat(reading().test(source(Map.of())).users())
        .isEqualTo(TestedStep.failed("An answer is not JSON"));
    answers.put(users, "[" + " ".repeat(17 << 20) + "]");
    assertThat(reading().test(source(Map.of())).users().message()).contains("more than 16777216");
    answers.put(users, "[".repeat(1000));
    assertThat(reading().test(source(Map.of())).users())
        .isEqualTo(TestedStep.failed("An answer is not JSON"));
  }

  private SourceReading reading() {
    return Readings.azure(
        new AzureDirectory(
            environment -> new AzureDirectory.Addresses(base, base), HttpClient.newHttpClient()));
  }

  private static SourceDefinition source(Map<String, Object> more) {
    var members = new HashMap<String, Object>();
    members.put("tenantId", "contoso.onmicrosoft.com");
    members.put("clientId", "1234-abcd");
    members.putAll(more);
    return Readings.source(SourceType.AZURE, SECRET, members);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestURI().toString();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(exchange.getRequestMethod() + " " + target + " " + body);
      if (target.endsWith("/oauth2/v2.0/token")) {
        int status = Integer.parseInt(answers.getOrDefault("token", "200"));
        send(
            exchange,
            status,
            status == 200
                ? "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\""
                    + TOKEN
                    + "\"}"
                : "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215\"}");
      } else if (!("Bearer " + TOKEN)
          .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        send(exchange, 401, "{\"error\":{\"code\":\"InvalidAuthenticationToken\"}}");
      } else if (target.contains("/microsoft.graph.")
          && !(target.contains("$count=true")
              && "eventual".equals(exchange.getRequestHeaders().getFirst("ConsistencyLevel")))) {
        // "Advanced query capabilities on Microsoft Entra ID objects": an OData cast needs both.
        send(exchange, 400, "{\"error\":{\"code\":\"Request_UnsupportedQuery\"}}");
      } else if (answers.containsKey(target)) {
        send(exchange, 200, answers.get(target));
      } else {
        send(exchange, 403, "{\"error\":{\"code\":\"Authorization_RequestDenied\"}}");
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
