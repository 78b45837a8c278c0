package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

  /** Others write while this one reads, so that a page would begin elsewhere if it were counted. */
  @Test
  void pagesBeginBeforeAnEntryAndAreNotCounted(TestServer server) {
    String id = server.user("can_create_token").id();
    for (boolean enabled : new boolean[] {false, true}) {
      server
          .administrator()
          .put("/pty/v1/auth/users", Map.of("id", id, "enabled", enabled))
          .with(200);
    }
    String object = "&object=users/" + id;
    Api viewer = server.as("insight_viewer");
    List<Long> all = ids(viewer.get(EVENTS + "?max=1000" + object).with(200));
    assertThat(all).hasSizeGreaterThan(2).isSortedAccordingTo(Comparator.reverseOrder());

    var read = new ArrayList<Long>();
    String query = "?max=1&before=" + (all.get(0) + 1) + object;
    while (!query.isEmpty()) {
      Answer page = viewer.get(EVENTS + query).with(200);
      read.addAll(ids(page));
      assertThat(read).hasSizeLessThanOrEqualTo(all.size());
      assertThat(page.http().headers().firstValue("X-Total-Count")).isEmpty();
      query = page.header("Link").replaceFirst("^<(.*)>; rel=\"next\"$", "$1");
    }

    assertThat(read).isEqualTo(all);
  }

  private static List<Long> ids(Answer page) {
    var ids = new ArrayList<Long>();
    page.json().forEach(entry -> ids.add(entry.path("id").asLong()));
    return ids;
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

  @ParameterizedTest
  @CsvSource({"from,yesterday", "to,2026-02-30T00:00:00Z", "before,-1", "before,1x", "max,0"})
  void aFilterThatCannotBeIsNamed(String parameter, String value, TestServer server) {
    Answer answer = server.as("insight_viewer").get(EVENTS + "?" + parameter + "=" + value);

    answer.problem(400, "INVALID_PARAMETER");
    assertThat(answer.json().path("detail").asText()).startsWith(parameter + " must be ");
  }
}
