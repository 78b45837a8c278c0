package bulla.it;

import static bulla.it.Samples.PIM;
import static bulla.it.TestServer.unique;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that synchronises by itself, every minute. */
class AutomaticRolesIT {
  private static final Path DIRECTORY =
      Path.of(System.getProperty("it.directory"), "automatic").toAbsolutePath();

  @Test
  @Tag("slow")
  void whoComesToAGroupGetsWhatItsRoleMayWithoutAnybodysDoing() throws IOException {
    try (TestServer server = TestServer.fresh(DIRECTORY, Map.of("BULLA_ROLE_SYNC_MINUTES", "1"))) {
      server.start();
      Api officer = server.officer();
      Path groups = DIRECTORY.resolve("sources/groups.txt");
      Files.writeString(groups, "[team]\nalice\n");
      String source = officer.create(PIM + "/sources", Samples.source(unique("source")));
      String role =
          officer.create(PIM + "/roles", Map.of("name", unique("role"), "mode", "AUTOMATIC"));
      officer
          .post(
              PIM + "/roles/" + role + "/members",
              List.of(Map.of("name", "team", "type", "GROUP", "source", source)))
          .with(201);
      String element =
          officer.create(PIM + "/dataelements", Samples.dataElement(unique("element")));
      String policy = officer.create(PIM + "/policies", Samples.policy(unique("policy")));
      officer
          .post(PIM + "/policies/" + policy + "/rules", Samples.rule(role, element, "EXCEPTION"))
          .with(201);
      String store = officer.create(PIM + "/datastores", Samples.dataStore(unique("store")));
      officer.post(PIM + "/datastores/" + store + "/deploy", Samples.deploy(policy)).with(200);

      Files.writeString(groups, "[team]\nalice\nbob\n");

      long end = System.nanoTime() + Duration.ofMinutes(4).toNanos();
      while (!inPolicy(officer) && System.nanoTime() < end) {
        LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
      }
      assertThat(inPolicy(officer)).isTrue();
    }
  }

  private static boolean inPolicy(Api officer) {
    return officer
        .get(PIM + "/members/bob/access")
        .with(200)
        .json()
        .at("/dataStores/0/inPolicy")
        .asBoolean();
  }
}
