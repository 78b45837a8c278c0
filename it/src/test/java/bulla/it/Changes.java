package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * All calls of the tests that changed something, so that each can be looked for in the journal: no
 * operation changes anything without its entry, whichever test calls it.
 */
final class Changes {
  private static final String EVENTS = "/pty/v1/auth/audit/events";
  private static final int PAGE = 1000;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /** No call takes longer from its entry to its answer. */
  private static final Duration LONGEST_CALL = Duration.ofMinutes(2);

  private static final Queue<Change> MADE = new ConcurrentLinkedQueue<>();

  /** Every test may begin with it, and what is initialized already stays as it is. */
  private static final String REPEATED = "/pty/v2/pim/init";

  private record Change(String url, String call, String correlationId, Instant answered) {}

  private Changes() {}

  /** Remembers a call that was answered. */
  static void answered(String url, String method, String path, Answer answer) {
    if (List.of("POST", "PUT", "DELETE").contains(method)
        && answer.status() / 100 == 2
        && !path.equals(REPEATED)) {
      MADE.add(
          new Change(url, method + " " + path, answer.header("X-Correlation-ID"), Instant.now()));
    }
  }

  /** Asserts that the server's journal has an entry of each, and forgets them. */
  static void requireEntries(TestServer server) throws InterruptedException {
    Api auditor = server.as("insight_viewer");
    var missing = new HashMap<String, Change>();
    Instant from = Instant.now();
    for (Change made = MADE.poll(); made != null; made = MADE.poll()) {
      if (made.url().equals(auditor.url())) {
        missing.put(made.correlationId(), made);
        from = made.answered().isBefore(from) ? made.answered() : from;
      }
    }
    Instant end = Instant.now().plus(LONGEST_WAIT);
    takeAway(missing, auditor, from.minus(LONGEST_CALL));
    while (!missing.isEmpty() && Instant.now().isBefore(end)) {
      Thread.sleep(250);
      takeAway(missing, auditor, from.minus(LONGEST_CALL));
    }
    assertThat(missing.values()).as("calls that changed something without an entry").isEmpty();
  }

  /** Reads the entries since {@code from}, the newest first, until none is missing. */
  private static void takeAway(Map<String, Change> missing, Api auditor, Instant from) {
    int first = 0;
    int read = PAGE;
    while (!missing.isEmpty() && read == PAGE) {
      JsonNode entries =
          auditor
              .get(EVENTS + "?first=" + first + "&max=" + PAGE + "&from=" + from)
              .with(200)
              .json();
      for (JsonNode entry : entries) {
        missing.remove(entry.path("correlationId").asText());
      }
      read = entries.size();
      first += read;
    }
  }
}
