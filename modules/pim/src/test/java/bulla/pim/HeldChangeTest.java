package bulla.pim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import bulla.pim.dataelement.CreateDataElement;
import bulla.pim.deployment.DeployStore;
import bulla.pim.role.RoleMode;
import bulla.pim.role.WriteRole;
import bulla.protection.AlphaNumericToken;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Who waits for whom: changes for each other, and readers for nobody. */
class HeldChangeTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  @Test
  void readersDoNotWaitForAChange() throws Exception {
    try (var server = new PimOnDerby()) {
      String fingerprint = fill(server);
      var begun = new CountDownLatch(1);
      var over = new CountDownLatch(1);
      ExecutorService other = Executors.newSingleThreadExecutor();
      try {
        Future<Object> held =
            other.submit(
                () ->
                    server.transaction(
                        () -> {
                          server.changes().begin();
                          begun.countDown();
                          awaited(over);
                          return null;
                        }));
        begun.await();
        assertTimeoutPreemptively(AT_ONCE, server::deployed);
        assertTimeoutPreemptively(
            AT_ONCE, () -> server.call("deployment.DeploymentService", "get", fingerprint));
        assertTimeoutPreemptively(
            AT_ONCE, () -> server.call("deployment.DeploymentService", "all"));
        assertThat(held).isNotDone();
        over.countDown();
        held.get();
      } finally {
        over.countDown();
        other.shutdown();
      }
    }
  }

  @Test
  void twoFirstInitialisationsAreOne() throws Exception {
    try (var server = new PimOnDerby(false)) {
      ExecutorService two = Executors.newFixedThreadPool(2);
      try {
        var together = new CountDownLatch(2);
        Callable<Object> first =
            () -> {
              together.countDown();
              together.await();
              return server.call("initialization.InitializationService", "initialize");
            };
        for (Future<Object> done : two.invokeAll(List.of(first, first))) {
          assertThat(done.get()).hasToString("InitializationView[initialized=true]");
        }
      } finally {
        two.shutdown();
      }
      assertThat(server.journal()).extracting(PimOnDerby.Entry::action).containsExactly("INIT");
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static String fill(PimOnDerby server) throws Exception {
    server.call("role.RoleService", "create", new WriteRole("r", null, RoleMode.MANUAL, false));
    server.call(
        "dataelement.DataElementService",
        "create",
        new CreateDataElement("e", null, new AlphaNumericToken(null, null, null, null, null)));
    String fingerprint = server.policyAndStore();
    server.deploy("1", new DeployStore(List.of("1"), List.of()));
    return fingerprint;
  }
}
