package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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
