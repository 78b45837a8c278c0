package bulla.pim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import bulla.pim.dataelement.CreateDataElement;
import bulla.pim.deployment.DeployStore;
import bulla.pim.role.RoleMode;
import bulla.pim.role.WriteRole;
import bulla.protection.AlphaNumericToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Who waits for whom: changes for each other, and readers for nobody. */
class HeldChangeTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  @Test
  void readersDoNotWaitForAChangeThatHasWrittenNothing() throws Exception {
    try (var server = new PimOnDerby();
        var held = new Held(server, fill(server), () -> server.changes().begin())) {
      assertTimeoutPreemptively(AT_ONCE, server::deployed);
      assertTimeoutPreemptively(AT_ONCE, held::export);
      assertTimeoutPreemptively(AT_ONCE, () -> server.call("deployment.DeploymentService", "all"));
      assertThat(held.change).isNotDone();
      held.commit();
    }
  }

  /**
   * Derby locks what a change has written until it is committed. That is why whatever takes long
   * comes before.
   */
  @Test
  void ofADeployOnlyWhoReadsWhatItHasWrittenWaits() throws Exception {
    try (var server = new PimOnDerby();
        var held =
            new Held(
                server,
                fill(server),
                () -> server.deploy("1", new DeployStore(List.of("1"), List.of())))) {
      for (Runnable other :
          List.<Runnable>of(
              () -> server.call("policy.RuleService", "list", "1", null, null),
              () -> server.call("role.MemberService", "list", "1"),
              () -> server.call("dataelement.DataElementService", "get", "1"))) {
        assertTimeoutPreemptively(AT_ONCE, other::run);
      }
      assertThat(held.change).isNotDone();
      for (Callable<Object> reader : List.<Callable<Object>>of(server::deployed, held::export)) {
        Future<Object> waiting = held.threads.submit(reader);
        assertThatThrownBy(() -> waiting.get(200, TimeUnit.MILLISECONDS))
            .isInstanceOf(TimeoutException.class);
        held.readers.add(waiting);
      }
      held.commit();
      for (Future<Object> reader : held.readers) {
        assertThat(reader.get()).asString().contains("revision=2");
      }
    }
  }

  /** Otherwise a package of what is no more would be kept. */
  @Test
  void whoAsksWhatIsDeployedWhileADeployIsHeldIsToldThatItIsNoMore() throws Exception {
    try (var server = new PimOnDerby()) {
      String fingerprint = fill(server);
      Object sealed = server.call("deployment.DeploymentService", "get", fingerprint);
      try (var held =
          new Held(
              server,
              fingerprint,
              () -> server.deploy("1", new DeployStore(List.of("1"), List.of())))) {
        Future<Object> waiting =
            held.threads.submit(
                () -> server.call("deployment.DeploymentService", "holdCurrent", sealed));
        assertThatThrownBy(() -> waiting.get(200, TimeUnit.MILLISECONDS))
            .isInstanceOf(TimeoutException.class);
        held.commit();
        assertThat(waiting.get()).isEqualTo(false);
      }
    }
  }

  /** A change that is not committed before a test says so. */
  private static final class Held implements AutoCloseable {
    private final PimOnDerby server;
    private final String fingerprint;
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<Object>> readers = new ArrayList<>();
    private final Future<Object> change;

    Held(PimOnDerby server, String fingerprint, Runnable work) throws InterruptedException {
      this.server = server;
      this.fingerprint = fingerprint;
      var begun = new CountDownLatch(1);
      change =
          threads.submit(
              () ->
                  server.transaction(
                      () -> {
                        try {
                          work.run();
                        } finally {
                          begun.countDown();
                        }
                        awaited(over);
                        return null;
                      }));
      begun.await();
    }

    void commit() throws Exception {
      over.countDown();
      change.get();
    }

    Object export() {
      return server.call("deployment.DeploymentService", "get", fingerprint);
    }

    @Override
    public void close() {
      over.countDown();
      threads.shutdown();
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
