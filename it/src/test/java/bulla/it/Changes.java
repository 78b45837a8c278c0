package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * All calls of the tests that changed something, so that each can be looked for in the journal: no
 * operation changes anything without its entry, whichever test calls it.
 */
final class Changes {
  private static final long LONGEST_WAIT_MILLIS = 5_000;
  private static final Queue<Change> MADE = new ConcurrentLinkedQueue<>();

  /** Every test may begin with it, and what is initialized already stays as it is. */
  private static final String REPEATED = "/pty/v2/pim/init";

  private record Change(String url, String call, String correlationId) {}

  private Changes() {}

  /** Remembers a call that was answered. */
  static void answered(String url, String method, String path, Answer answer) {
    if (List.of("POST", "PUT", "DELETE").contains(method)
        && answer.status() / 100 == 2
        && !path.equals(REPEATED)) {
      MADE.add(new Change(url, method + " " + path, answer.header("X-Correlation-ID")));
    }
  }

  /** Asserts that the server's journal has an entry of each, and forgets them. */
  static void requireEntries(TestServer server) throws InterruptedException {
    Api auditor = server.as("insight_admin");
    var missing = new ArrayList<Change>();
    for (Change made = MADE.poll(); made != null; made = MADE.poll()) {
      if (made.url().equals(auditor.url())) {
        missing.add(made);
      }
    }
    long end = System.currentTimeMillis() + LONGEST_WAIT_MILLIS;
    while (!missing.isEmpty() && System.currentTimeMillis() < end) {
      String journal = auditor.get("/pty/v1/auth/audit/export").with(200).text();
      missing.removeIf(
          change -> journal.contains("\"correlationId\":\"" + change.correlationId() + "\""));
      Thread.sleep(missing.isEmpty() ? 0 : 250);
    }
    assertThat(missing).as("calls that changed something without an entry").isEmpty();
  }
}
