package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal as a reader of it sees it over HTTPS. */
@SharedServer
class AuditEventsIT {
  private static final String EXPORT =
      "/pty/v1/rps/export/0000000000000000000000000000000000000000000000000000000000000000";
  private static final String EVENTS = "/pty/v1/auth/audit/events";

  @Test
  void whatSomebodyDidIsInTheJournal(TestServer server) {
    TestUser created = server.user("can_create_token");

    Answer answer =
        server
            .as("insight_viewer")
            .get(EVENTS + "?action=CREATE&object=users/" + created.id())
            .with(200);

    JsonNode entries = answer.json();
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).path("action").asText()).isEqualTo("CREATE");
    assertThat(answer.header("X-Total-Count")).isEqualTo("1");
    assertThat(answer.text()).doesNotContain(created.password());
  }

  @ParameterizedTest
  @ValueSource(strings = {EVENTS, "/pty/v2/pim/roles", EXPORT, "/pty/v1/auth/users"})
  void refusalsAreInTheJournalOnEveryApi(String path, TestServer server) {
    Api viewer = server.as("insight_viewer");
    String stranger = TestServer.unique("stranger");
    String lacking = TestServer.unique("lacking");
    // An address that no other test has, whose ten entries a minute are not used up.
    String address = "2001:db8:" + Integer.toHexString(path.hashCode() & 0xFFFF) + "::1";

    server
        .nobody()
        .get(path, "X-Forwarded-For", address, "X-Correlation-ID", stranger)
        .problem(401, "UNAUTHENTICATED");
    server.as("can_create_token").get(path, "X-Correlation-ID", lacking).problem(403, "FORBIDDEN");

    JsonNode entries = viewer.get(EVENTS + "?max=50").with(200).json();
    assertThat(entries)
        .anySatisfy(entry -> requireRefusal(entry, stranger, "anonymous", path, "status 401"))
        .anySatisfy(entry -> requireRefusal(entry, lacking, "user-", path, "status 403"));
  }

  private static void requireRefusal(
      JsonNode entry, String correlationId, String actor, String path, String detail) {
    assertThat(entry.path("correlationId").asText()).isEqualTo(correlationId);
    assertThat(entry.path("user").asText()).startsWith(actor);
    assertThat(entry.path("action").asText()).isEqualTo("GET");
    assertThat(entry.path("objectId").asText()).isEqualTo(path);
    assertThat(entry.path("outcome").asText()).isEqualTo("REFUSED");
    assertThat(entry.path("detail").asText()).isEqualTo(detail);
  }

  /** The tests' own address is that of a trusted proxy. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"203.0.113.9|203.0.113.9", "198.51.100.7, 203.0.113.9|203.0.113.9", "-|127.0.0.1"})
  void anEntryHasTheAddressThatTheProxyNames(
      String forwardedFor, String address, TestServer server) {
    String id = TestServer.unique("call");
    server
        .as("can_access_ap")
        .get(EVENTS, "X-Forwarded-For", forwardedFor, "X-Correlation-ID", id)
        .problem(403, "FORBIDDEN");

    assertThat(server.as("insight_viewer").get(EVENTS + "?max=50").with(200).json())
        .anySatisfy(
            entry -> {
              assertThat(entry.path("correlationId").asText()).isEqualTo(id);
              assertThat(entry.path("address").asText()).isEqualTo(address);
            });
  }

  @Test
  void aStrangerReadsNothing(TestServer server) {
    server.nobody().get(EVENTS).problem(401, "UNAUTHENTICATED");
  }

  @Test
  void aFilterThatCannotBeIsNamed(TestServer server) {
    Answer answer = server.as("insight_viewer").get(EVENTS + "?from=yesterday");

    answer.problem(400, "INVALID_PARAMETER");
    assertThat(answer.text()).contains("from");
  }
}
