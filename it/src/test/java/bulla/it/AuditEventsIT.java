package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The journal as a reader of it sees it over HTTPS. */
@ExtendWith(BullaServer.class)
class AuditEventsIT {
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

  @Test
  void aRefusalIsInTheJournal(TestServer server) {
    Api viewer = server.as("can_create_token");
    viewer.get(EVENTS).problem(403, "FORBIDDEN");

    JsonNode entries = server.as("insight_viewer").get(EVENTS + "?max=50").with(200).json();

    assertThat(entries).anyMatch(entry -> entry.toString().contains("audit/events"));
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
