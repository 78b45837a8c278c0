package bulla.it;

import static org.assertj.core.api.Assertions.assertThat;

import bulla.auditchain.Checkpoint;
import bulla.auditchain.JournalVerifier;
import bulla.auditchain.TrustedKeys;
import bulla.auditchain.Verification;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The chain over the journal of a running server, and what its reader can prove with it. */
@SharedServer
class AuditChainIT {
  private static final String AUDIT = "/pty/v1/auth/audit/";

  @Test
  void whatHappensIsInTheChainWithinASecondAndSignedSoonAfter(TestServer server) throws Exception {
    Api auditor = server.as("insight_admin");
    TestUser user = server.user("can_create_token");
    Instant begin = Instant.now();
    String export = auditor.get(AUDIT + "export").with(200).text();
    while (!export.contains(user.id()) && begin.plusSeconds(5).isAfter(Instant.now())) {
      Thread.sleep(100);
      export = auditor.get(AUDIT + "export").with(200).text();
    }
    assertThat(export).contains(user.id()).doesNotContain(user.password());

    long seq = entries(auditor.get(AUDIT + "verify").with(200).json());
    Checkpoint checkpoint = waitFor(seq, auditor, trusted(auditor));
    String whole = auditor.get(AUDIT + "export").with(200).text();
    Verification found = verify(whole, trusted(auditor), checkpoint);
    assertThat(found.broken()).isEmpty();
    assertThat(found.entries()).isGreaterThanOrEqualTo(seq);

    Verification altered =
        verify(whole.replace(user.id(), "00000000"), trusted(auditor), checkpoint);
    assertThat(altered.broken()).isPresent();
    String cut = whole.substring(0, whole.lastIndexOf("{\"entry\"", whole.indexOf(user.id())));
    assertThat(verify(cut, trusted(auditor), checkpoint).broken()).isPresent();
  }

  @Test
  void theServerVerifiesItsOwnJournal(TestServer server) {
    JsonNode found = server.as("insight_admin").get(AUDIT + "verify").with(200).json();
    assertThat(found.path("valid").asBoolean()).isTrue();
    assertThat(found.path("firstBroken").isNull()).isTrue();
    assertThat(found.path("journal").asText()).hasSize(36);
  }

  @Test
  void anExportIsInTheJournal(TestServer server) {
    Api auditor = server.as("insight_admin");
    auditor.get(AUDIT + "export").with(200);
    JsonNode entries =
        auditor.get(AUDIT + "events?action=EXPORT&object=audit/journal&max=1").with(200).json();
    assertThat(entries).hasSize(1);
  }

  @Test
  void whoMayReadEntriesMayNotExportAll(TestServer server) {
    Api viewer = server.as("insight_viewer");
    viewer.get(AUDIT + "export").problem(403, "FORBIDDEN");
    viewer.get(AUDIT + "verify").problem(403, "FORBIDDEN");
    viewer.get(AUDIT + "jwks").with(200);
    server.nobody().get(AUDIT + "checkpoint").problem(401, "UNAUTHENTICATED");
  }

  private static long entries(JsonNode verification) {
    assertThat(verification.path("valid").asBoolean()).isTrue();
    return verification.path("entries").asLong();
  }

  private static Checkpoint waitFor(long seq, Api auditor, TrustedKeys trusted) throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(75));
    while (true) {
      Answer answer = auditor.get(AUDIT + "checkpoint");
      if (answer.status() == 200) {
        Checkpoint checkpoint =
            Checkpoint.verified(answer.json().path("checkpoint").asText(), trusted);
        if (checkpoint.seq() >= seq) {
          return checkpoint;
        }
      }
      assertThat(Instant.now()).as("a checkpoint of entry %d", seq).isBefore(end);
      Thread.sleep(250);
    }
  }

  private static TrustedKeys trusted(Api auditor) {
    return TrustedKeys.ofJwks(
        auditor.get(AUDIT + "jwks").with(200).text().getBytes(StandardCharsets.UTF_8));
  }

  private static Verification verify(String export, TrustedKeys trusted, Checkpoint anchor)
      throws Exception {
    return JournalVerifier.verify(
        new ByteArrayInputStream(export.getBytes(StandardCharsets.UTF_8)),
        trusted,
        Optional.of(anchor));
  }
}
